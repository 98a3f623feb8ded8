import type { ConsoleResource } from '../../core/console/part.ts';

/** Texts of viewers. What is changed here stands in the audit log, and what it said before in the history of the review. */
export const reviewResource: ConsoleResource = {
  id: 'review',
  title: 'Reviews',
  group: 'People',
  fields: {
    id: { type: 'integer', title: 'Id' },
    film: { type: 'integer', title: 'Film', reference: 'film' },
    author: { type: 'integer', title: 'Author', reference: 'account' },
    text: { type: 'text', title: 'Text', editable: true, required: true },
    spoiler: { type: 'boolean', title: 'Spoiler', editable: true },
    version: { type: 'integer', title: 'Version' },
    at: { type: 'date', title: 'Written' },
    edited_at: { type: 'date', title: 'Edited', empty: 'never', list: false },
    deleted_at: { type: 'date', title: 'Deleted', empty: 'no' },
  },
  allow: { list: 'manager', edit: 'manager', delete: 'admin' },
};
