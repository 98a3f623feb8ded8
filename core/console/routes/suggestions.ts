import { Router } from 'express';
import { z } from 'zod';
import { audit } from '../../audit.ts';
import { notFound } from '../../errors.ts';
import { read } from '../../http/form.ts';
import { requireRole } from '../../http/request.ts';
import type { ConsoleDeps } from '../ports.ts';

const asked = z.strictObject({ version: z.int('must be the version of a blend') });

/** Learned weights: asked for here, worked out by a job, taken over by nobody but an operator. */
export function suggestionRoutes({ blends, desk, jobs, sql, plugins, host }: ConsoleDeps): Router {
  const actions = () =>
    plugins
      .filter(({ id }) => host.status(id) === 'on')
      .flatMap(({ id, console: part }) =>
        (part?.actions ?? []).filter(({ at }) => at === 'suggestion').map(({ title, path }) => ({ title, path: `/admin/data/${id}${path}` })),
      );
  return Router()
    .get('/suggestion', async (_request, response) => {
      const [run] = await desk.runs({ name: desk.suggesting, limit: 1 });
      response.json({ run: run ?? null, actions: actions() });
    })
    .post('/suggestion', async (request, response) => {
      const operator = requireRole(request, 'manager').id,
        { version } = read(asked, request.body);
      if (!blends.version(version)) throw notFound('version of a blend');
      const run = await sql.transaction(async (tx) => {
        await audit(tx, { operator, action: 'blend.suggest', subject: `blend version ${version}` });
        return jobs.enqueue(tx, desk.suggesting, { version }, { key: 'one' });
      });
      response.status(202).json({ run });
    });
}
