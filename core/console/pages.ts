import { Router as AdminRouter } from 'adminjs';
import { Router, type Request, type RequestHandler } from 'express';
import { notFound } from '../errors.ts';
import { signedIn } from '../http/request.ts';
import type { View } from './admin.ts';
import { securePage } from './html.ts';

interface Controller {
  index(): Promise<string>;
}
type ControllerClass = new (parts: { admin: View['admin'] }, who: object) => Controller;
const { Controller } = AdminRouter.routes.find(({ path }) => path === '')! as { Controller: unknown };

/** What the browser and the audit know of the operator: never a name, which AdminJS would write into a script. */
export const operatorOf = (request: Request): { id: string; role: string } => {
  const { id, role } = signedIn(request);
  return { id: String(id), role };
};

/** The console's addresses for people. All get the same page; scripts show what the address says. */
export function pageRoutes(view: (request: Request) => View): Router {
  const show: RequestHandler = async (request, response) => {
    const page = new (Controller as ControllerClass)({ admin: view(request).admin }, operatorOf(request));
    const nonce = response.locals['nonce'] as string;
    response
      .type('html')
      .setHeader('cache-control', 'private, no-store')
      .send(securePage(await page.index(), nonce));
  };
  const known =
    (kind: 'resources' | 'pages'): RequestHandler<{ id: string }> =>
    (request, _response, next) =>
      next(view(request as Request)[kind].has(request.params.id) ? undefined : notFound());
  return Router()
    .get('/', show)
    .get('/pages/:id', known('pages'), show as never)
    .get(['/resources/:id', '/resources/:id/*rest'], known('resources'), show as never);
}
