import type { Fragment } from '../../core/http/fragment.ts';
import type { HistoryService } from './api.ts';

/** What history puts on others' pages. */
export const fragmentsOver = (history: HistoryService): Fragment[] => [
  {
    slot: 'film.actions',
    order: 10,
    template: 'history/film-actions',
    async load(request, films) {
      const marks = await history.of(await request.unit(), films);
      return new Map(films.map((film) => [film, { film, ...marks.get(film) }]));
    },
  },
  {
    slot: 'card.actions',
    order: 900,
    template: 'history/card-actions',
    async load(request, films) {
      const marks = await history.of(await request.unit(), films);
      return new Map(films.map((film) => [film, { film, dismissed: marks.get(film)?.dismissed ?? false }]));
    },
  },
  {
    slot: 'nav',
    order: 300,
    template: 'history/nav',
    load: async (request, subjects) => new Map(subjects.map((subject) => [subject, { current: request.path.startsWith('/ratings') }])),
  },
];
