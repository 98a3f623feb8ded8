import type { Request } from 'express';
import type { Sql } from '../../core/database/sql.ts';
import type { Fragment } from '../../core/http/fragment.ts';
import { askedOnce, type FilmsService } from '../catalogue/api.ts';
import type { HistoryService, Mark } from './api.ts';
import { histogramOf, spreadOf } from './histogram.ts';
import { doneLast, undoOf } from './undo.ts';

export interface Parts {
  readonly sql: Sql;
  readonly history: HistoryService;
  readonly films: FilmsService;
}
type Subjects = readonly number[];
type Own = (request: Request, films: Subjects) => Promise<ReadonlyMap<number, Mark>>;

/** What history puts on others' pages. */
export function fragmentsOver(parts: Parts): Fragment[] {
  const { history } = parts;
  const own = askedOnce<ReadonlyMap<number, Mark>>(async (request, films) => history.of(await request.unit(), films));
  const marks = async (request: Request, films: Subjects): Promise<ReadonlyMap<number, object>> => {
    const known = await own(request, films);
    return new Map(films.map((film) => [film, { film, ...known.get(film) }]));
  };
  return [
    { slot: 'film.actions', order: 10, template: 'history/film-actions', load: marks },
    { slot: 'card.actions', order: 900, template: 'history/card-actions', load: marks },
    { slot: 'film.facts', order: 10, template: 'history/histogram', load: (request, films) => histograms(parts, own, request, films) },
    { slot: 'notices', template: 'history/undo', load: (request, subjects) => notices(parts, request, subjects) },
    {
      slot: 'nav',
      order: 300,
      template: 'history/nav',
      load: async (request, subjects) => new Map(subjects.map((subject) => [subject, { current: request.path.startsWith('/ratings') }])),
    },
  ];
}

async function histograms({ sql }: Parts, own: Own, request: Request, films: Subjects): Promise<ReadonlyMap<number, object>> {
  const [known, spreads] = await Promise.all([own(request, films), Promise.all(films.map((film) => spreadOf(sql, film)))]);
  return new Map(
    films.flatMap((film, i) => {
      const bars = histogramOf(spreads[i]!, known.get(film)?.stars ?? null);
      return bars ? [[film, { bars }] as const] : [];
    }),
  );
}

/** The offer to take back what was done last; most pages have none, and ask the database for nothing. */
async function notices({ history, films }: Parts, request: Request, subjects: Subjects): Promise<ReadonlyMap<number, object>> {
  const done = request.method === 'GET' ? doneLast(request) : undefined;
  const card = done && (await films.cards([done.film])).get(done.film);
  const offer = done && card && (await undoOf(history, await request.unit(), done));
  return new Map(offer ? subjects.map((subject) => [subject, { film: card.id, title: card.title, offer }]) : []);
}
