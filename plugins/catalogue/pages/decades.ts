import { Router } from 'express';
import { notFound } from '../../../core/errors.ts';
import type { Snapshot } from '../load.ts';
import type { Parts } from '../parts.ts';
import { decadeOf, ofDecade } from '../selections.ts';
import { subGenresOf } from '../sub-genres.ts';
import { sendSelected } from './selected.ts';
import { tilesOf } from './tiles.ts';

export interface Decade {
  /** its first year */
  readonly start: number;
  readonly films: number;
}

/** The decades that viewers can see films of, the newest first. */
export function decadesOf({ cards }: Snapshot): Decade[] {
  const films = new Map<number, number>();
  for (const { year, hidden } of cards) {
    const start = hidden ? undefined : decadeOf(year);
    if (start !== undefined) films.set(start, (films.get(start) ?? 0) + 1);
  }
  return [...films].map(([start, count]) => ({ start, films: count })).sort((a, b) => b.start - a.start);
}

/** `/decades` and `/decade/:start`. */
export function decadePages(parts: Parts): Router {
  const { pages, index } = parts,
    router = Router();
  router.get('/decades', async (request, response) => {
    const tiles = decadesOf(index.current()).map(({ start, films }) => ({
      name: `${start}s`,
      films,
      href: `/decade/${start}`,
      some: ofDecade(start),
    }));
    await pages.send(request, response, 'catalogue/decades', { tiles: tilesOf(parts, tiles) }, { slots: { 'browse.tabs': [0] } });
  });
  router.get('/decade/:start', async (request, response) => {
    const decade = decadesOf(index.current()).find(({ start }) => String(start) === request.params.start);
    if (!decade) throw notFound('decade');
    const some = ofDecade(decade.start);
    const narrower = subGenresOf(index.current(), some).map(({ name, slug, films }) => ({ title: name, films, href: `/keyword/${slug}` }));
    await sendSelected(parts, request, response, {
      heading: `${decade.start}s`,
      above: [{ title: 'Decades', href: '/decades' }],
      surface: 'decade',
      some,
      narrower,
    });
  });
  return router;
}
