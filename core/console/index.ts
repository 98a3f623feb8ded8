import { Router, type Request, type RequestHandler } from 'express';
import { requireRole, signedIn, type Role } from '../http/request.ts';
import { viewOf, type View } from './admin.ts';
import { apiRoutes } from './api.ts';
import { assets } from './assets.ts';
import { loaderOf } from './components.ts';
import { corePart } from './core-part.ts';
import { partsOf, type Owned } from './owned.ts';
import { pageRoutes } from './pages.ts';
import type { ConsoleResource } from './part.ts';
import type { ConsoleDeps } from './ports.ts';
import { modelOf } from './resource/model.ts';
import type { ResourceParts } from './resource/audited.ts';
import { dataRoutes, jsonFailures, ownSiteOnly } from './routes/index.ts';

const ofCore: Owned = { owner: 'core', part: corePart };

/** The console, to be mounted at /admin behind session, identity and origin guard, ahead of every body parser. */
export function createConsole(deps: ConsoleDeps): RequestHandler {
  const view = views(deps);
  return Router()
    .use((request, _response, next) => {
      requireRole(request, 'manager');
      next();
    })
    .use(assets(deps.bundle))
    .use(['/api', '/data'], ownSiteOnly)
    .use('/data', dataRoutes(deps))
    .use('/api', apiRoutes(view))
    .use(pageRoutes(view))
    .use(['/api', '/data'], jsonFailures(deps.log));
}

/** What each role sees, made anew when a plugin was switched on or off since. */
function views({ plugins, host, sequelize, bus }: ConsoleDeps): (request: Request) => View {
  const installed = [ofCore, ...partsOf(plugins)],
    loader = loaderOf(installed);
  const models = new Map(installed.flatMap(({ part }) => part.resources ?? []).map((spec) => [spec.id, modelOf(sequelize, spec)]));
  const parts = (spec: ConsoleResource): ResourceParts => ({ spec, rows: models.get(spec.id)!, sequelize, bus });
  const made = new Map<Role, { readonly on: string; readonly view: View }>();
  return (request) => {
    const { role } = signedIn(request);
    const owned = installed.filter(({ owner }) => owner === ofCore.owner || host.status(owner) === 'on');
    const on = owned.map(({ owner }) => owner).join();
    const known = made.get(role);
    if (known?.on === on) return known.view;
    const view = viewOf({ owned, role, loader, parts });
    made.set(role, { on, view });
    return view;
  };
}
