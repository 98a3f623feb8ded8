import { Router } from 'express';
import { z } from 'zod';
import { costOfChance } from '../../../math/plackett-luce.ts';
import { unavailable } from '../../errors.ts';
import { cleanText, read } from '../../http/form.ts';
import type { Position, Reason } from '../../../recommend/algorithm.ts';
import { BlendSpec } from '../../../recommend/blend-spec.ts';
import type { RecommendSession } from '../../../recommend/index.ts';
import { Catalogues, type Catalogue } from '../../../recommend/ports.ts';
import type { ServedFilm, ServedList } from '../../../recommend/served.ts';
import type { ConsoleDeps } from '../ports.ts';

const size = 12;
const asked = z.strictObject({ unit: z.int32('choose a viewer').positive('choose a viewer'), before: BlendSpec, after: BlendSpec });

export function previewRoutes({ host, recommender, viewerSearch, refuseUnknown }: ConsoleDeps): Router {
  return (
    Router()
      .get('/viewers', async (request, response) => {
        const text = typeof request.query['q'] === 'string' ? cleanText(request.query['q']).slice(0, 60) : '';
        response.json({ viewers: await viewerSearch(text) });
      })
      // POST because of its size; it changes nothing.
      .post('/preview', async (request, response) => {
        const { unit, before, after } = read(asked, request.body),
          catalogue = host.find(Catalogues)?.current();
        if (!catalogue) throw unavailable('The catalogue is being loaded. Try again in a moment.');
        await refuseUnknown(unit);
        const [now, then, live] = await Promise.all([
          recommender.open(unit, request.clock, { blend: before }),
          recommender.open(unit, request.clock, { blend: after }),
          recommender.open(unit, request.clock),
        ]);
        response.json({
          before: filmsOf(now, catalogue),
          after: filmsOf(then, catalogue),
          cost: costOf(then.forViewer({ surface: 'console.preview', size })),
          history: historyOf(now, catalogue),
          // What this viewer really gets may be an experiment's arm.
          live: { name: live.blend.name, version: live.blend.version, experiments: live.assignments.length },
        });
      })
  );
}

const filmsOf = (session: RecommendSession, catalogue: Catalogue): object[] =>
  session.forViewer({ surface: 'console.preview', size }).films.map((film: ServedFilm) => {
    const { title, year } = catalogue.cards[film.position]!;
    return { id: film.film, title, year, score: film.score, shares: film.shares, algorithm: film.algorithm, reason: inWords(film.reason, catalogue) };
  });

/** What the draft's exploration costs this viewer, in mean score of the places shown; null without exploration. */
const costOf = ({ exploration, films }: ServedList): ReturnType<typeof costOfChance> | null =>
  exploration && films.length > 0
    ? costOfChance(
        exploration.blended.map((score) => score ?? 0),
        films.length,
        exploration,
      )
    : null;

function inWords(reason: Reason | undefined, { cards }: Catalogue): string | null {
  if (!reason) return null;
  return 'text' in reason ? reason.text : `Because of “${cards[reason.film]?.title ?? 'a film'}”`;
}

/** Who this viewer is, in films: how many, and the favourites. */
function historyOf({ viewer }: RecommendSession, { cards }: Catalogue): object {
  const rated = [...viewer.films].map((film: Position, at) => ({ film, stars: viewer.stars[at]! })).filter(({ stars }) => !Number.isNaN(stars));
  const favourites = rated.sort((a, b) => b.stars - a.stars).slice(0, 6);
  return { films: viewer.films.length, rated: rated.length, favourites: favourites.map(({ film, stars }) => ({ title: cards[film]!.title, stars })) };
}
