import type { Fragment } from '../../core/http/fragment.ts';
import type { Parts } from './routes.ts';
import { ofFilm } from './store.ts';

/** The form on a film's page with the days noted so far, and the tab of the own films. */
export const fragmentsOver = ({ sql }: Pick<Parts, 'sql'>): Fragment[] => [
  {
    slot: 'film.actions',
    order: 30,
    template: 'diary/film',
    async load(request, films) {
      const unit = await request.unit(),
        today = request.clock.toISOString().slice(0, 10);
      const found = await Promise.all(films.map(async (film) => [film, await ofFilm(sql, unit, film)] as const));
      return new Map(
        found.map(([film, entries]) => [film, { film, today, entries: entries.map((entry) => ({ ...entry, day: new Date(entry.watchedOn) })) }]),
      );
    },
  },
  {
    slot: 'own.tabs',
    order: 10,
    template: 'diary/tab',
    load: async ({ path }, subjects) => new Map(subjects.map((subject) => [subject, { current: path === '/diary' }])),
  },
];
