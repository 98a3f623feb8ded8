import { Router } from 'express';
import { z } from 'zod';
import { notFound, unavailable } from '../../errors.ts';
import { cleanText, read } from '../../http/form.ts';
import { BlendSpec } from '../../../recommend/blend-spec.ts';
import { Catalogues, type Catalogue } from '../../../recommend/ports.ts';
import type { ConsoleDeps } from '../ports.ts';

const asked = z.strictObject({ unit: z.int32('choose a viewer').positive('choose a viewer'), film: z.int32('choose a film'), spec: BlendSpec });
const mostFound = 8;

/** Why a film stands where it does for a viewer, in full. */
export function whyRoutes({ host, recommender, refuseUnknown }: ConsoleDeps): Router {
  const catalogue = (): Catalogue => {
    const current = host.find(Catalogues)?.current();
    if (!current) throw unavailable('The catalogue is being loaded. Try again in a moment.');
    return current;
  };
  return (
    Router()
      .get('/films', (request, response) => {
        const text = typeof request.query['q'] === 'string' ? cleanText(request.query['q']).slice(0, 60).toLowerCase() : '';
        response.json({ films: text === '' ? [] : titled(catalogue(), text) });
      })
      // POST because of its size; it changes nothing.
      .post('/why', async (request, response) => {
        const { unit, film, spec } = read(asked, request.body),
          { cards, position, size } = catalogue();
        const at = position(film);
        if (at === undefined) throw notFound('film');
        await refuseUnknown(unit);
        const session = await recommender.open(unit, request.clock, { blend: spec });
        const { score, rank, films, algorithms } = session.explain(at);
        const titleOf = (own: number): string => cards[own]?.title ?? 'a film';
        response.json({
          title: cards[at]!.title,
          score: score ?? null,
          rank: rank ?? null,
          of: size,
          seen: session.viewer.films.includes(at),
          films: films.map((part) => ({ title: titleOf(part.film), share: part.share })),
          algorithms: algorithms.map(({ reasons, ...one }) => ({
            ...one,
            score: one.score ?? null,
            reasons: reasons.map((reason) => ('text' in reason ? reason : { text: titleOf(reason.film), share: reason.share })),
          })),
        });
      })
  );
}

/** Titles that begin like the text come before those that contain it. */
function titled({ cards }: Catalogue, text: string): { id: number; title: string; year: number | null }[] {
  const begins: (typeof cards)[number][] = [],
    contains: (typeof cards)[number][] = [];
  for (const card of cards) {
    const at = card.title.toLowerCase().indexOf(text);
    if (at === 0) begins.push(card);
    else if (at > 0) contains.push(card);
  }
  return [...begins, ...contains].slice(0, mostFound).map(({ id, title, year }) => ({ id, title, year }));
}
