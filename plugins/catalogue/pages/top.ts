import { Router, type Request } from 'express';
import { damping } from '../film-orders.ts';
import type { Parts } from '../parts.ts';
import { choice } from '../query.ts';
import { allOf, ofDecade, ofGenre, type Selection } from '../selections.ts';
import { browsedCards } from './browsed.ts';
import { decadesOf } from './decades.ts';

const size = 100,
  fewestRatings = 5;

/** `/top?decade=&genre=`: the films that viewers rate highest. */
export const topPage = (parts: Parts): Router =>
  Router().get('/top', async (request, response) => {
    const { orders, index } = parts,
      { genres } = index.current(),
      decades = decadesOf(index.current()).map(({ start }) => String(start));
    const decade = choice(request, 'decade', ['', ...decades]),
      genre = choice(request, 'genre', ['', ...genres.map(({ slug }) => slug)]);
    const chosen: Selection[] = [
      ...(decade === '' ? [] : [ofDecade(Number(decade))]),
      ...genres.filter(({ slug }) => slug === genre).map(({ name }) => ofGenre(name)),
    ];
    const films = orders.known(orders.of('rating', chosen.length > 0 ? allOf(...chosen) : undefined), fewestRatings);
    const { ids } = orders.slice(films, { page: 1, size });
    await parts.pages.send(
      request,
      response,
      'catalogue/top',
      {
        cards: await ranked(parts, request, ids),
        damping,
        fewestRatings,
        decades: decades.map((value) => ({ value, selected: value === decade })),
        genres: genres.map(({ slug, name }) => ({ value: slug, title: name, selected: slug === genre })),
      },
      { slots: { 'card.actions': ids, 'browse.tabs': [0] } },
    );
  });

/** The cards with their place, and what it rests on. */
async function ranked(parts: Parts, request: Request, ids: readonly number[]) {
  const { position } = parts.index.current();
  const cards = await browsedCards(parts, request, 'top', ids);
  return cards.map((card, i) => ({ ...card, place: i + 1, rated: parts.orders.rated(position(card.id)!) }));
}
