import { Router } from 'express';
import type { Sql } from '../../../core/database/sql.ts';
import { AppError } from '../../../core/errors.ts';
import type { Pages } from '../../../core/http/page.ts';
import { experimentWith, type Status } from '../model.ts';
import { markLooking, unmarkLooking } from './fragment.ts';
import type { Links } from './links.ts';
import { force, release } from './store.ts';

interface Parts {
  readonly sql: Sql;
  readonly pages: Pages;
  readonly links: Links;
}
const over: readonly Status[] = ['stopped', 'archived'];

/** The page of a signed link. A link alone changes nothing: the button on its page does. */
export function lookRoutes({ sql, pages, links }: Parts): Router {
  const router = Router();
  router.post('/experiments/look/stop', async (request, response) => {
    await release(sql, await request.unit());
    unmarkLooking(response);
    response.redirect(303, '/');
  });
  const lookOf = async (token: string, now: Date) => {
    const look = links.open(token, now),
      experiment = look && (await experimentWith(sql, look.experiment)),
      arm = experiment?.arms.find(({ key }) => key === look?.arm);
    if (!look || !experiment || !arm || over.includes(experiment.status)) throw gone();
    return { look, experiment, arm };
  };
  router.get('/experiments/look/:token', async (request, response) => {
    const { look, experiment, arm } = await lookOf(request.params.token, request.clock);
    response.setHeader('x-robots-tag', 'noindex');
    await pages.send(request, response, 'experiments/look', { action: request.path, experiment: experiment.name, arm: arm.name, until: look.until });
  });
  router.post('/experiments/look/:token', async (request, response) => {
    const { look } = await lookOf(request.params.token, request.clock);
    await force(sql, await request.unit(), look);
    markLooking(response, look.until, request.secure);
    response.redirect(303, '/');
  });
  return router;
}

const gone = () => new AppError('NOT_FOUND', 404, 'This link is over, or was never right. Ask for a new one.');
