import { Router, type Request } from 'express';
import type { Sql } from '../../core/database/sql.ts';
import { notFound } from '../../core/errors.ts';
import { languageOf } from '../../i18n/languages.ts';
import type { Profile } from '../accounts/api.ts';
import type { FilmsService } from '../catalogue/api.ts';
import type { ProfilesService } from '../social/api.ts';
import { barsOf, columnsOf, decadesOf } from './charts.ts';
import { favouriteGenres, favouritePeople, leastCommon, matchOf, starsOf, totalsOf, yearsOf } from './store.ts';
import { bestOf, firstAndLast, monthsOf, mostGenres, mostPeople, totalsOfYear, yearsWithFilms, type YearFilm } from './year.ts';

export interface Parts {
  readonly sql: Sql;
  readonly profiles: ProfilesService;
  readonly films: FilmsService;
}
const shownFavourites = 8,
  shownBest = 12,
  shownMost = 5;
const hours = (minutes: number): number => Math.round(minutes / 60);

/** /people/{handle}/statistics and …/statistics/{year}, for whoever may see what the person does. */
export const statisticsRoutes = (parts: Parts): Router =>
  Router()
    .get('/people/:handle/statistics', (request, response) =>
      parts.profiles.send(request, response, 'statistics/page', (person) => statisticsOf(parts, request, person)),
    )
    .get('/people/:handle/statistics/:year', (request, response) =>
      parts.profiles.send(request, response, 'statistics/year', (person) => yearOf(parts, request, person)),
    );

async function statisticsOf({ sql }: Parts, request: Request, { id, unit }: Profile): Promise<object> {
  const me = request.account,
    compare = me !== undefined && me.id !== id;
  const [totals, stars, years, genres, directors, actors, past, match] = await Promise.all([
    totalsOf(sql, unit),
    starsOf(sql, unit),
    yearsOf(sql, unit),
    favouriteGenres(sql, unit, shownFavourites),
    favouritePeople(sql, unit, 'director', shownFavourites),
    favouritePeople(sql, unit, 'cast', shownFavourites),
    yearsWithFilms(sql, unit),
    compare ? matchOf(sql, await request.unit(), unit) : undefined,
  ]);
  return {
    at_statistics: true,
    totals: { ...totals, hours: hours(totals.minutes) },
    stars: barsOf(stars),
    years: columnsOf(years),
    decades: barsOf(decadesOf(years)),
    genres,
    directors,
    actors,
    past,
    match,
    compare,
    leastCommon,
  };
}

async function yearOf({ sql, films }: Parts, request: Request, { unit, handle }: Profile): Promise<object> {
  const year = /^(19|20)\d\d$/.test(String(request.params['year'])) ? Number(request.params['year']) : 0;
  if (year === 0) throw notFound('year');
  const totals = await totalsOfYear(sql, unit, year);
  if (totals.films === 0) throw notFound('year');
  const [months, best, ends, genres, directors, past] = await Promise.all([
    monthsOf(sql, unit, year),
    bestOf(sql, unit, year, shownBest),
    firstAndLast(sql, unit, year),
    mostGenres(sql, unit, year, shownMost),
    mostPeople(sql, unit, year, shownMost),
    yearsWithFilms(sql, unit),
  ]);
  const cards = await films.cards([...best, ...ends].map(({ film }) => film)),
    known = (list: readonly YearFilm[]) => list.flatMap((entry) => (cards.has(entry.film) ? [{ ...entry, card: cards.get(entry.film)! }] : []));
  return {
    at_statistics: true,
    year,
    totals: { ...totals, hours: hours(totals.minutes), days: Math.round(totals.minutes / 1440) },
    months: columnsOf(months, monthNames(request)),
    best: known(best).map(({ card }) => card),
    ends: known(ends),
    genres: barsOf(genres),
    directors: barsOf(directors),
    earlier: past.find((other) => other < year),
    later: past.toReversed().find((other) => other > year),
    address: `${request.protocol}://${request.headers.host}/people/${handle}/statistics/${year}`,
  };
}

function monthNames(request: Request): (month: number) => string {
  const short = new Intl.DateTimeFormat(languageOf(request), { month: 'short', timeZone: 'UTC' });
  return (month) => short.format(new Date(Date.UTC(2000, month - 1, 1)));
}
