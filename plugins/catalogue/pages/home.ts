import { Router } from 'express';
import { History } from '../../history/api.ts';
import { cardsOf } from '../lists.ts';
import { homeRows } from '../home-rows.ts';
import type { Parts } from '../parts.ts';
import { record } from '../record.ts';

/** Stars from which on a viewer liked a film. */
const liking = 4;
/** How many of a viewer's last ratings are looked through for liked ones. */
const lately = 30;

/** `/`: rows of films for this viewer. */
export const homePage = (parts: Parts): Router =>
  Router().get('/', async (request, response) => {
    const { pages, index, recommender } = parts;
    const unit = await request.unit();
    const [session, liked] = await Promise.all([recommender.open(unit, request.clock), likedLately(parts, unit)]);
    const rows = homeRows(session, index.current(), liked);
    const lists = rows.map(({ list }) => list);
    const shown = rows.map((row, i) => ({ ...row, id: `row-${i + 1}`, cards: cardsOf(row.list, index) }));
    const ids = shown.flatMap(({ cards }) => cards.map(({ id }) => id));
    await pages.send(
      request,
      response,
      'catalogue/home',
      { rows: shown, isNew: session.viewer.films.length === 0 },
      { stored: record(parts, lists), slots: { 'card.actions': ids, 'home.top': [0], 'home.rows': [0] } },
    );
  });

/** Positions of films that the viewer liked, the latest first. */
async function likedLately({ find, index }: Parts, unit: number): Promise<number[]> {
  const ratings = (await find(History)?.ratings([unit], { limit: lately })) ?? [];
  return ratings
    .filter(({ stars }) => stars >= liking)
    .map(({ film }) => index.current().position(film))
    .filter((film) => film !== undefined);
}
