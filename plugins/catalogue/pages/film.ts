import { Router } from 'express';
import { notFound } from '../../../core/errors.ts';
import { idFrom } from '../../../core/http/form.ts';
import type { Position } from '../../../recommend/algorithm.ts';
import type { RecommendSession } from '../../../recommend/index.ts';
import { filmDetails, type FilmDetails } from '../details.ts';
import { likeness } from '../likeness.ts';
import { cardsOf, withoutReasons } from '../lists.ts';
import type { KnownFilm, KnownGenre } from '../load.ts';
import type { Parts } from '../parts.ts';
import { record } from '../record.ts';

const similarFilms = 18;

/** `/film/:id`: one film, what one can do with it, and films like it. */
export const filmPage = (parts: Parts): Router =>
  Router().get('/film/:id', async (request, response) => {
    const { sql, pages, index, recommender } = parts;
    const id = idFrom(request.params.id, 'film');
    const film = index.film(id),
      position = index.current().position(id);
    if (!film || film.hidden || position === undefined) throw notFound('film');
    const [details, session] = await Promise.all([filmDetails(sql, id), request.unit().then((unit) => recommender.open(unit, request.clock))]);
    if (!details) throw notFound('film');
    const list = session.similarTo(position, { surface: 'film.similar', size: similarFilms, seen: true });
    const similar = cardsOf(withoutReasons(list), index).map((card) => ({ ...card, note: likeness(film, index.film(card.id)!, index.current()) }));
    await pages.send(
      request,
      response,
      'catalogue/film',
      { ...facts(film, details, index.current().genres), similar, predicted: predicted(session, position) },
      {
        stored: record(parts, [list]),
        slots: { 'film.actions': [id], 'film.facts': [id], 'film.sections': [id], 'card.actions': similar.map((card) => card.id) },
      },
    );
  });

const facts = (film: KnownFilm, { credits, keywords, country, plot, ratings, mean }: FilmDetails, genres: readonly KnownGenre[]) => ({
  film,
  credits: credits.length > 0,
  keywords,
  country,
  plot,
  ratings,
  mean,
  length: film.runtime === null ? undefined : duration(film.runtime),
  genres: film.genres.map((name) => genres.find((genre) => genre.name === name)).filter((genre) => genre !== undefined),
  directors: credits.filter(({ job }) => job === 'director'),
  cast: credits.filter(({ job }) => job === 'cast'),
});

/** The stars that the viewer would give a film, while the viewer has not given any. */
function predicted(session: RecommendSession, film: Position): number | undefined {
  const stars = session.viewer.stars[session.viewer.films.indexOf(film)] ?? NaN;
  return Number.isNaN(stars) ? session.predict(film)?.stars : undefined;
}

/** 135 → "2 h 15 min" */
export const duration = (minutes: number): string =>
  [minutes >= 60 ? `${Math.floor(minutes / 60)} h` : '', minutes % 60 > 0 ? `${minutes % 60} min` : ''].filter(Boolean).join(' ');
