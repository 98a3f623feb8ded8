import type { ConsoleResource } from '../../core/console/part.ts';

/** No column with a secret is named here, so the console does not know of any. */
export const accountResource: ConsoleResource = {
  id: 'account',
  title: 'Accounts',
  group: 'People',
  fields: {
    name: { type: 'string' },
    handle: { type: 'string' },
    email: { type: 'string', title: 'E-mail' },
    role: { type: 'string', editable: true, required: true, choices: ['viewer', 'manager', 'admin'] },
    simulated: { type: 'boolean' },
    created_at: { type: 'date', title: 'Joined' },
  },
  allow: { list: 'manager', edit: 'admin' },
};

/** Letters that an operator hands on, on a site without a mail server. A link in one lets its reader into the account. */
export const letterResource: ConsoleResource = {
  id: 'unsent_letter',
  title: 'Letters not sent',
  group: 'People',
  fields: {
    recipient: { type: 'string' },
    subject: { type: 'string' },
    body: { type: 'text', list: false },
    at: { type: 'date', title: 'Written' },
  },
  allow: { list: 'admin', delete: 'admin' },
};
