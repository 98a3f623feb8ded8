import { Router } from 'express';
import { z } from 'zod';
import type { Sql } from '../../../core/database/sql.ts';
import { notFound, unavailable } from '../../../core/errors.ts';
import { idFrom, read } from '../../../core/http/form.ts';
import { requireRole } from '../../../core/http/request.ts';
import type { BlendSpec } from '../../../recommend/blend-spec.ts';
import type { Blends } from '../../../recommend/blends.ts';
import type { Recommender } from '../../../recommend/index.ts';
import type { ModelRegistry } from '../../../recommend/models/registry.ts';
import { overridden } from '../../../recommend/overrides.ts';
import type { Catalogue } from '../../../recommend/ports.ts';
import type { AccountsService } from '../../accounts/api.ts';
import { modelsOf, pinnedModels } from '../assignment/pinned.ts';
import { experimentWith, type Arm } from '../model.ts';
import type { PreviewAnswer } from './answer.ts';

interface Parts {
  readonly sql: Sql;
  readonly accounts: Pick<AccountsService, 'refuseUnknown'>;
  readonly blends: Blends;
  readonly models: Pick<ModelRegistry, 'version'>;
  readonly recommender: Recommender;
  readonly catalogues: { current(): Catalogue | undefined };
}
const SIZE = 10;
const Asked = z.strictObject({ unit: z.int32('Choose a viewer.').positive('Choose a viewer.') });

/** What a viewer would see in each arm. POST because it is about a person; it changes nothing. */
export function previewRoutes({ sql, accounts, blends, models, recommender, catalogues }: Parts): Router {
  return Router().post('/experiments/:id/preview', async (request, response) => {
    requireRole(request, 'manager');
    const { unit } = read(Asked, request.body),
      experiment = await experimentWith(sql, idFrom(request.params.id, 'experiment')),
      catalogue = catalogues.current();
    if (!experiment) throw notFound('experiment');
    await accounts.refuseUnknown(unit);
    if (!catalogue) throw unavailable('The catalogue is being loaded. Try again in a moment.');
    const lost = new Set<number>(),
      loaded = await pinnedModels(models, experiment.arms, (id) => lost.add(id));
    const arms = experiment.arms.map(async (arm) => {
      const blend = specOf(blends, arm),
        pinned = modelsOf(arm, (id) => loaded.get(id)),
        session = await recommender.open(unit, request.clock, blend ? { blend, models: pinned } : {});
      const { films } = session.forViewer({ surface: 'console.preview', size: SIZE });
      const cards = films.map(({ film, position }) => ({ id: film, title: catalogue.cards[position]!.title, year: catalogue.cards[position]!.year }));
      const missing = Object.entries(arm.overrides.models ?? {}).flatMap(([algorithm, id]) => (lost.has(id) ? [algorithm] : []));
      return { key: arm.key, name: arm.name, missing, films: cards };
    });
    response.json({ arms: await Promise.all(arms) } satisfies PreviewAnswer);
  });
}

function specOf(blends: Blends, { blend, blendVersion, overrides }: Arm): BlendSpec | undefined {
  const version = blendVersion === null ? blends.latest().find((one) => one.blend === blend) : blends.version(blendVersion);
  const base = version ?? blends.current();
  return base && overridden(base.spec, overrides);
}
