import { Router } from 'express';
import { z } from 'zod';
import { audit } from '../../audit.ts';
import { notFound } from '../../errors.ts';
import { idFrom, read } from '../../http/form.ts';
import { requireRole } from '../../http/request.ts';
import type { ConsoleDeps } from '../ports.ts';

const statuses = ['queued', 'running', 'done', 'failed', 'dead', 'cancelled'] as const;
const pageSize = 50;
const query = z.object({
  status: z.enum(statuses, `must be one of ${statuses.join(', ')}`).optional(),
  name: z.string().max(100, 'must have at most 100 characters').optional(),
  routine: z.enum(['true', 'false'], 'must be true or false').default('true'),
  before: z.coerce.number('must be the number of a run').int('must be the number of a run').min(1).max(2_147_483_647).optional(),
});

export function jobRoutes({ sql, jobs, desk }: ConsoleDeps): Router {
  return Router()
    .get('/jobs', async (request, response) => {
      const { status, name, before, routine } = read(query, request.query);
      const runs = await desk.runs({
        ...(status && { status }),
        ...(name && { name }),
        ...(before && { before }),
        routine: routine === 'true',
        limit: pageSize,
      });
      response.json({ runs, jobs: desk.definitions(), more: runs.length === pageSize });
    })
    .post('/jobs/:id/cancel', async (request, response) => {
      const operator = requireRole(request, 'manager').id,
        id = idFrom(request.params.id, 'run');
      await sql.transaction(async (tx) => {
        await jobs.cancel(tx, id);
        await audit(tx, { operator, action: 'job.cancel', subject: `run ${id}` });
      });
      response.json({});
    })
    .post('/jobs/:id/retry', async (request, response) => {
      const operator = requireRole(request, 'manager').id,
        id = idFrom(request.params.id, 'run');
      const run = await sql.transaction(async (tx) => {
        await audit(tx, { operator, action: 'job.retry', subject: `run ${id}` });
        return desk.retry(tx, id);
      });
      response.status(202).json({ run });
    })
    .post('/schedules/:name/run', async (request, response) => {
      const operator = requireRole(request, 'manager').id,
        { name } = request.params;
      if (!desk.definitions().some((job) => job.name === name && job.every)) throw notFound('schedule');
      const run = await sql.transaction(async (tx) => {
        await audit(tx, { operator, action: 'job.start', subject: `job ${name}` });
        return jobs.enqueue(tx, name, {}, { key: 'by hand' });
      });
      response.status(202).json({ run });
    });
}
