import { Router } from 'express';
import { notFound } from '../../../core/errors.ts';
import { idFrom } from '../../../core/http/form.ts';
import type { Explanation } from '../../../recommend/index.ts';
import type { Parts } from '../parts.ts';

/** Films that are named; the rest is added up. */
const named = 12;

/** `/film/:id/why`: what of the viewer's history speaks for the film, exactly. */
export const whyPage = (parts: Parts): Router =>
  Router().get('/film/:id/why', async (request, response) => {
    const { pages, index, recommender } = parts;
    const id = idFrom(request.params.id, 'film'),
      film = index.film(id),
      position = index.current().position(id);
    if (!film || film.hidden || position === undefined) throw notFound('film');
    const session = await recommender.open(await request.unit(), request.clock);
    const explanation = session.explain(position);
    await pages.send(request, response, 'catalogue/why', {
      film,
      blend: session.blend.name,
      own: session.viewer.films.length,
      said: explanation.said,
      ...filmsOf(explanation, parts),
      algorithms: explanation.algorithms
        .filter(({ share }) => share >= 0.005)
        .map((one) => ({ ...one, ...wordsOf(one, parts), percent: percent(one.share) })),
    });
  });

const percent = (share: number): number => Math.round(share * 100);

function filmsOf({ films }: Explanation, { index }: Parts) {
  const rows = films.slice(0, named).map(({ film, share }) => ({ ...index.current().cards[film]!, percent: percent(share) })),
    rest = percent(films.slice(named).reduce((sum, { share }) => sum + share, 0));
  return { films: rows.filter((row) => row.percent > 0), others: films.length - named, rest };
}

/** The strongest reasons of one algorithm, each as a few words. */
const wordsOf = ({ reasons }: Explanation['algorithms'][number], { index }: Parts) => ({
  words: reasons
    .slice(0, 3)
    .map((reason) => ('text' in reason ? reason.text : `${index.current().cards[reason.film]!.title} ${percent(reason.share)} %`)),
});
