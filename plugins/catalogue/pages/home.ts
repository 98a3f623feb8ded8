import { Router, type Request } from 'express';
import { badRequest } from '../../../core/errors.ts';
import type { Position } from '../../../recommend/algorithm.ts';
import { History } from '../../history/api.ts';
import { firstRows, homeRows, type Wanted } from '../home-rows.ts';
import { cardsOf } from '../lists.ts';
import type { Parts } from '../parts.ts';
import { parameter } from '../query.ts';
import { record } from '../record.ts';

/** Stars from which on a viewer liked a film. */
const liking = 4;
/** How many of a viewer's last ratings are looked through for liked ones, and how many of these get rows. */
const lately = 30,
  mostLiked = 6;
/** More films than that no page shows. */
const mostFilms = 1000;

/** `/`: rows of films for this viewer; `/more`: those that follow, on a page of their own or, by a script, on the same one. */
export function homePages(parts: Parts): Router {
  const router = Router();
  router.get('/', async (request, response) => {
    const { ids, stored, ...data } = await rowsFor(parts, request, { from: 0, count: firstRows, without: new Set() });
    await parts.pages.send(request, response, 'catalogue/home', data, {
      stored,
      slots: { 'card.actions': ids, 'home.top': [0], 'home.rows': [0] },
    });
  });
  router.get('/more', async (request, response) => {
    const { ids, stored, ...data } = await rowsFor(parts, request, wanted(parts, request));
    await parts.pages.send(request, response, 'catalogue/more', data, { stored, slots: { 'card.actions': ids } });
  });
  return router;
}

async function rowsFor(parts: Parts, request: Request, want: Wanted) {
  const { index, recommender } = parts,
    unit = await request.unit();
  const [session, liked] = await Promise.all([recommender.open(unit, request.clock), likedLately(parts, unit)]);
  const { rows, next } = homeRows(session, index.current(), liked, want);
  const shown = rows.map((row, i) => ({ ...row, id: `row-${want.from + i + 1}`, cards: cardsOf(row.list, index) })),
    ids = shown.flatMap(({ cards }) => cards.map(({ id }) => id));
  const above = Array.from(want.without, (film) => index.current().cards[film]!.id);
  return {
    rows: shown,
    more: next === undefined ? undefined : `/more?from=${next}&without=${[...above, ...ids].join('.')}`,
    isNew: session.viewer.films.length === 0,
    ids,
    stored: record(
      parts,
      rows.map(({ list }) => list),
    ),
  };
}

/** What the link at the end of the rows asks for: the rows from a place on, without the films above it. */
function wanted({ index }: Parts, request: Request): Wanted {
  const from = parameter(request, 'from') ?? '0',
    films = (parameter(request, 'without') ?? '').split('.').filter((id) => id !== '');
  if (!/^\d{1,3}$/.test(from)) throw badRequest('"from" is a whole number from 0 on.');
  if (films.length > mostFilms || films.some((id) => !/^\d{1,10}$/.test(id))) throw badRequest(`"without" is at most ${mostFilms} ids of films.`);
  const { position } = index.current();
  return {
    from: Number(from),
    count: firstRows,
    without: new Set(films.map((id) => position(Number(id))).filter((film): film is Position => film !== undefined)),
  };
}

/** Positions of films that the viewer liked, the latest first. */
async function likedLately({ find, index }: Parts, unit: number): Promise<Position[]> {
  const ratings = (await find(History)?.ratings([unit], { limit: lately })) ?? [];
  return ratings
    .filter(({ stars }) => stars >= liking)
    .map(({ film }) => index.current().position(film))
    .filter((film) => film !== undefined)
    .slice(0, mostLiked);
}
