import { Router } from 'express';
import { atLeast, signedIn, type Account } from '../../http/request.ts';
import type { ConsoleDeps } from '../ports.ts';
import type { Figure } from '../part.ts';

/** What is running, on one page. A plugin whose figures fail is left out. */
export const overviewRoutes = (deps: ConsoleDeps): Router =>
  Router().get('/overview', async (request, response) => {
    const [figures, versions, running, failed] = await Promise.all([
      figuresOf(deps, request.clock),
      deps.models.versions(),
      deps.desk.runs({ status: 'running', limit: 20 }),
      failedRuns(deps, request.clock),
    ]);
    const titles = new Map(deps.recommender.algorithms().map(({ algorithm }) => [algorithm.id, algorithm.title]));
    const jobTitles = new Map(deps.desk.definitions().map(({ name, title }) => [name, title]));
    const { name, version, blend } = deps.blends.current() ?? { name: null, version: 0, blend: 0 };
    response.json({
      figures: figures.map((figure) => withoutClosed(deps, figure, signedIn(request))),
      failedRuns: failed,
      plugins: deps.plugins.map(({ id, title }) => ({ id, title, status: deps.host.status(id), failure: deps.host.failure(id) ?? null })),
      models: versions
        .filter(({ active, algorithm }) => active && titles.has(algorithm))
        .map(({ algorithm, version: number, created_at, metrics }) => ({
          algorithm,
          title: titles.get(algorithm),
          version: number,
          trained: created_at,
          metrics,
        })),
      missing: deps.recommender
        .algorithms()
        .filter(({ model }) => model === undefined)
        .map(({ algorithm }) => algorithm.title),
      running: running.map((run) => ({ ...run, title: jobTitles.get(run.name) ?? run.name })),
      blend: name === null ? null : { id: blend, name, version },
    });
  });

/** The figure without a link to a page that is for others. */
function withoutClosed({ plugins }: ConsoleDeps, { page, ...figure }: Figure, reader: Account): Figure {
  const closed = plugins.some(({ console: part }) => part?.pages?.some(({ id, role }) => id === page && !atLeast(reader, role)));
  return page === undefined || closed ? figure : { ...figure, page };
}

async function figuresOf({ plugins, host, sql, log }: ConsoleDeps, now: Date): Promise<Figure[]> {
  const asked = plugins
    .filter(({ id }) => host.status(id) === 'on')
    .map(async ({ id, console: part }) => {
      try {
        return (await part?.figures?.(sql, now)) ?? [];
      } catch (error) {
        log.error(`the figures of plugin ${id} failed`, error);
        return [];
      }
    });
  return (await Promise.all(asked)).flat();
}

async function failedRuns({ desk }: ConsoleDeps, now: Date): Promise<number> {
  const since = now.getTime() - 24 * 3600 * 1000;
  const ended = await Promise.all((['dead', 'failed'] as const).map((status) => desk.runs({ status, limit: 100 })));
  return ended.flat().filter(({ finishedAt }) => finishedAt && finishedAt.getTime() > since).length;
}
