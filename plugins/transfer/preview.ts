import type { Brought } from '../../recommend/brought.ts';
import type { FilmSummary } from '../catalogue/api.ts';
import type { Parts, Ticks } from './routes.ts';
import { countsOf, rowsIn, type ImportFile, type ImportRow } from './store.ts';

const names: Readonly<Record<Brought, string>> = {
  ratings: 'transfer.kinds.ratings',
  watched: 'transfer.kinds.watched',
  diary: 'transfer.kinds.diary',
  watchlist: 'transfer.kinds.watchlist',
  reviews: 'transfer.kinds.reviews',
};
/** Lines shown of each group. */
const shownSure = 20,
  // a form may have 200 fields
  shownUnsure = 90,
  shownUnmatched = 500;

/**
 * A file as its owner sees it before and after the import: what is sure, what to look at, what cannot be taken and why.
 * @param ticks of a form that comes back; without them everything is ticked but what is only probable
 */
export async function previewOf({ sql, films, personal }: Parts, file: ImportFile, ticks?: Ticks): Promise<object> {
  const [counts, sure, unsure, probable, unmatched] = await Promise.all([
    countsOf(sql, file.id),
    rowsIn(sql, file.id, 'sure', shownSure),
    rowsIn(sql, file.id, 'unsure', shownUnsure),
    rowsIn(sql, file.id, 'probable', shownUnsure),
    rowsIn(sql, file.id, 'unmatched', shownUnmatched),
  ]);
  const cards = await films.cards([...sure, ...unsure, ...probable].flatMap(({ film }) => film ?? []));
  const taken = new Set([...personal.values()].flatMap(({ brings = [] }) => brings));
  const kinds = (Object.entries(counts.kinds) as [Brought, number][])
    .filter(([kind, n]) => n > 0 && taken.has(kind))
    .map(([kind, n]) => ({ kind, n, name: names[kind], ticked: ticks?.kind.includes(kind) ?? true }));
  const withFilm = (rows: readonly ImportRow[], ticked = true) =>
    rows.map((row) => ({
      ...row,
      card: cards.get(row.film ?? 0) satisfies FilmSummary | undefined,
      ticked: ticks?.line.includes(String(row.line)) ?? ticked,
    }));
  return {
    counts,
    kinds,
    replace: ticks?.replace === 'on',
    sure: withFilm(sure),
    unsure: withFilm(unsure),
    probable: withFilm(probable, false),
    unmatched,
    moreSure: Math.max(0, counts.sure - sure.length),
    moreUnsure: Math.max(0, counts.unsure - unsure.length),
    moreProbable: Math.max(0, counts.probable - probable.length),
    moreUnmatched: Math.max(0, counts.unmatched - unmatched.length),
    percent: file.state === 'done' ? 100 : Math.floor((100 * file.taken) / Math.max(1, counts.last)),
    results: Object.entries(file.result).map(([kind, n]) => ({ n, name: names[kind as Brought] })),
    [file.state]: true,
  };
}
