import { Router } from 'express';
import { z } from 'zod';
import type { Sql } from '../../../core/database/sql.ts';
import type { Blends } from '../../../recommend/blends.ts';
import type { Recommender } from '../../../recommend/index.ts';
import { requireRole } from '../../../core/http/request.ts';
import { read } from '../../../core/http/form.ts';
import { performance, windows, type Achieved, type Hours } from '../performance.ts';
import type { PerformanceAnswer } from './answer.ts';

interface Parts {
  readonly sql: Sql;
  readonly blends: Pick<Blends, 'version'>;
  readonly recommender: Pick<Recommender, 'algorithms'>;
}
const Query = z.object({ hours: z.enum(Object.keys(windows), 'Choose 24, 168 or 720 hours.').default('24') });

/** The figures of the page "Live performance". */
export function performanceRoutes({ sql, blends, recommender }: Parts): Router {
  const router = Router();
  router.get('/performance', async (request, response) => {
    requireRole(request, 'manager');
    const { algorithms, blends: versions, ...rest } = await performance(sql, Number(read(Query, request.query).hours) as Hours, request.clock);
    const titles = new Map<string, string>(recommender.algorithms().map(({ algorithm }) => [algorithm.id, algorithm.title]));
    const named = (name: (id: Achieved['id']) => string) => (row: Achieved) => ({ ...row, id: String(row.id), name: name(row.id) });
    const answer: PerformanceAnswer = {
      ...rest,
      lists: rest.lists.map(({ at, perHour }) => ({ at: at.toISOString(), perHour })),
      algorithms: algorithms.map(named((id) => titles.get(String(id)) ?? (id === 'browse' ? 'Search and genre pages' : String(id)))),
      blends: versions.map(named((id) => blendName(id === null ? undefined : blends.version(Number(id)), id))),
    };
    response.json(answer);
  });
  return router;
}

const blendName = (version: ReturnType<Parts['blends']['version']>, id: Achieved['id']): string =>
  version ? `${version.name}, version ${version.version}` : id === null ? 'Outside of blends' : `Version ${id}`;
