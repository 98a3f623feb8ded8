import { z } from 'zod';
import type { Sql } from '../../../core/database/sql.ts';
import type { IdentityProvider } from '../../../core/http/request.ts';
import type { Context } from '../../../core/plugin.ts';
import { notFound } from '../../../core/errors.ts';
import { apiRoute, type ApiRoute } from '../../../core/http/api-route.ts';
import { Dismissed, Rated, ViewerName, Watched } from '../api.ts';
import { Batch, BatchAnswer } from './schema.ts';
import { storeInteractions, type Accepted } from './store.ts';
import { unitsByName } from './users.ts';

type Publish = Context<unknown, Record<never, never>>['publish'];
interface Parts {
  readonly sql: Sql;
  readonly identity: IdentityProvider;
  readonly publish: Publish;
}

const Mark = z.object({
  film: z.int(),
  kind: z.enum(['rating', 'watched', 'dismissed']),
  stars: z.number().nullable().describe('0.5 … 5 for ratings, else null.'),
  at: z.iso.datetime(),
});
interface Row {
  readonly film: number;
  readonly kind: string;
  readonly stars: number | null;
  readonly at: Date;
}

/** What programs may send and read of viewers' histories. */
export function interactionRoutes({ sql, identity, publish }: Parts): ApiRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: '/interactions',
      scope: 'write',
      summary: 'Ratings, watches and dismissals from elsewhere. Each row is accepted, a duplicate, or refused with a reason.',
      body: Batch,
      response: BatchAnswer,
      async handler({ body, request }) {
        const { stored, results } = await storeInteractions(sql, identity, body.interactions, request.clock);
        for (const row of stored) tell(publish, row);
        const count = (status: string): number => results.filter((result) => result.status === status).length;
        return { accepted: count('accepted'), duplicate: count('duplicate'), refused: count('refused'), results };
      },
    }),
    apiRoute({
      method: 'get',
      path: '/users/{id}/history',
      scope: 'read',
      summary: 'What a viewer rated, watched and dismissed, newest first.',
      params: z.object({ id: ViewerName }),
      query: z.object({
        limit: z.coerce.number().int().min(1).max(500).default(100),
        offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
      }),
      response: z.object({ items: z.array(Mark), next: z.int().nullable().describe('The offset of what follows; null at the end.') }),
      async handler({ params, query: { limit, offset } }) {
        const unit = (await unitsByName(sql, [params.id])).get(params.id);
        if (unit === undefined) throw notFound('user');
        const rows = await sql.rows<Row>(everything, [unit, limit + 1, offset]);
        const items = rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }));
        return { items, next: rows.length > limit ? offset + limit : null };
      },
    }),
  ];
}

const everything = `select film, 'rating' as kind, stars, rated_at as at from rating where unit = $1
  union all select film, 'watched', null, watched_at from watch where unit = $1
  union all select film, 'dismissed', null, at from dismissal where unit = $1
  order by at desc, film, kind limit $2 offset $3`;

function tell(publish: Publish, { kind, unit, film, stars, at }: Accepted): void {
  if (kind === 'rating' && stars !== undefined) publish(Rated, { unit, film, stars, at });
  if (kind === 'watched') publish(Watched, { unit, film, at });
  if (kind === 'dismissed') publish(Dismissed, { unit, film, at });
}
