import { Router, type Request } from 'express';
import type { Sql } from '../../core/database/sql.ts';
import type { Pages } from '../../core/http/page.ts';
import type { FilmsService } from '../catalogue/api.ts';

interface Parts {
  readonly sql: Sql;
  readonly pages: Pages;
  readonly films: FilmsService;
}
interface Entry {
  readonly film: number;
  readonly stars: number | null;
  readonly at: Date;
}
/** One of a unit's own lists: what it reads and how it is called. */
interface Kind {
  readonly path: string;
  readonly template: string;
  readonly table: string;
  readonly columns: string;
  readonly time: string;
}

const pageSize = 30;
const kinds: readonly Kind[] = [
  { path: '/ratings', template: 'history/ratings', table: 'rating', columns: 'e.film, e.stars, e.rated_at as at', time: 'e.rated_at' },
  { path: '/ratings/dismissed', template: 'history/dismissed', table: 'dismissal', columns: 'e.film, null as stars, e.at', time: 'e.at' },
];

/** The viewer's own ratings, and what the viewer does not want to see; newest first. */
export function ownPages(parts: Parts): Router {
  const router = Router();
  for (const kind of kinds) {
    router.get(kind.path, async (request, response) => {
      await parts.pages.send(request, response, kind.template, await contents(parts, kind, request), { slots: { 'own.tabs': [0] } });
    });
  }
  return router;
}

async function contents({ sql, films }: Parts, { path, table, columns, time }: Kind, request: Request): Promise<object> {
  const unit = await request.unit(),
    visible = `from ${table} e join film f on f.id = e.film and not f.hidden where e.unit = $1`;
  const { total } = (await sql.one<{ total: number }>(`select count(*)::integer as total ${visible}`, [unit]))!;
  const pages = Math.max(1, Math.ceil(total / pageSize)),
    page = clamp(request.query['page'], pages);
  const rows = await sql.rows<Entry>(`select ${columns} ${visible} order by ${time} desc, e.film desc limit $2 offset $3`, [
    unit,
    pageSize,
    (page - 1) * pageSize,
  ]);
  const cards = await films.cards(rows.map(({ film }) => film));
  const at = (n: number): string | undefined => (n >= 1 && n <= pages ? `${path}?page=${n}` : undefined);
  return {
    total,
    page,
    pages,
    previous: at(page - 1),
    next: at(page + 1),
    entries: rows.flatMap((row) => {
      const card = cards.get(row.film);
      return card ? [{ ...row, card }] : [];
    }),
  };
}

/** A page number as typed: anything else than a number is the first page, too large is the last. */
function clamp(typed: unknown, pages: number): number {
  const page = typeof typed === 'string' && /^\d{1,9}$/.test(typed) ? Number(typed) : 1;
  return Math.min(Math.max(page, 1), pages);
}
