import type { Fragment } from '../../core/http/fragment.ts';
import type { Parts } from './parts.ts';

/** What social puts on everybody's pages. */
export const fragmentsOver = (_parts: Parts): Fragment[] => [
  {
    slot: 'nav',
    order: 250,
    template: 'social/nav',
    load: async ({ account, path }, subjects) => {
      const data = { account, feed: path === '/feed', people: path.startsWith('/people') };
      return new Map(subjects.map((subject) => [subject, data]));
    },
  },
];
