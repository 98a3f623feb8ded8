import { Router as AdminRouter } from 'adminjs';
import { Router, type Request, type Response } from 'express';
import { badRequest, forbidden, notFound } from '../errors.ts';
import { signedIn } from '../http/request.ts';
import type { View } from './admin.ts';
import { operatorOf } from './pages.ts';
import { formBody, payloadOf, queryOf } from './payload.ts';
import { mayDo, type Verb } from './resource/options.ts';

interface Answer {
  readonly notice?: { readonly type?: string };
}
interface Controller {
  resourceAction(request: object, response: Response): Promise<Answer>;
  recordAction(request: object, response: Response): Promise<Answer>;
}
type ControllerClass = new (parts: { admin: View['admin'] }, who: object) => Controller;
const { Controller } = AdminRouter.routes.find(({ path }) => path === '/api/dashboard')! as { Controller: unknown };
/** GET reads, POST writes; nothing else reaches AdminJS. */
const ways: Record<keyof Controller, Partial<Record<Verb, readonly string[]>>> = {
  resourceAction: { list: ['GET'], search: ['GET'], new: ['POST'] },
  recordAction: { show: ['GET'], edit: ['GET', 'POST'], delete: ['POST'] },
};

type Params = { resource: string; verb: string; record?: string; query?: string };

/** AdminJS's own API behind a gate: known resource, granted action, right method, checked input. Bulk actions have no route. */
export function apiRoutes(view: (request: Request) => View): Router {
  const handle =
    (kind: keyof Controller) =>
    async (request: Request<Params>, response: Response): Promise<void> => {
      const { admin, resources } = view(request as unknown as Request);
      const { resource: id, verb, record, query } = request.params;
      const resource = resources.get(id);
      if (`${record}${query}`.includes('\0')) throw badRequest('The address holds a character that cannot be stored.');
      if (!resource) throw notFound('kind of record');
      if (!mayDo(resource, verb, signedIn(request as unknown as Request).role) || !ways[kind][verb]?.includes(request.method)) {
        throw forbidden('The console does not allow this.');
      }
      const asked = request as unknown as Request;
      const controller = new (Controller as ControllerClass)({ admin }, operatorOf(asked));
      response.json(
        await controller[kind](
          {
            params: { resourceId: id, action: verb, ...(record !== undefined && { recordId: record }), ...(query !== undefined && { query }) },
            query: queryOf(asked, resource),
            method: request.method.toLowerCase(),
            payload: request.method === 'POST' ? await payloadOf(asked, resource) : {},
          },
          response,
        ),
      );
    };
  return Router()
    .all(['/resources/:resource/actions/:verb', '/resources/:resource/actions/:verb/:query'], formBody, handle('resourceAction') as never)
    .all('/resources/:resource/records/:record/:verb', formBody, handle('recordAction') as never)
    .use(() => {
      throw notFound('address in the console');
    });
}
