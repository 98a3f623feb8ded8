import type { ConsoleResource } from '../../../core/console/part.ts';

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
