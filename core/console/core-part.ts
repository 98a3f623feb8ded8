import type { ConsolePart } from './part.ts';

const page = (name: string): URL => new URL(`./pages/${name}.tsx`, import.meta.url);

/** What the core itself puts into the console. */
export const corePart: ConsolePart = {
  pages: [
    { id: 'blend', title: 'Algorithms and blend', icon: 'Sliders', role: 'manager', component: page('blend') },
    { id: 'models', title: 'Models', icon: 'Layers', role: 'manager', component: page('models') },
    { id: 'plugins', title: 'Plugins and settings', icon: 'Package', role: 'manager', component: page('plugins') },
    { id: 'jobs', title: 'Jobs', icon: 'Clock', role: 'manager', component: page('jobs') },
  ],
  resources: [
    {
      id: 'audit_log',
      title: 'Audit log',
      group: 'Site',
      fields: {
        at: { type: 'date', title: 'When' },
        operator: { type: 'integer', title: 'Who', reference: 'account', empty: 'the site itself' },
        action: { type: 'string', title: 'What was done' },
        subject: { type: 'string', title: 'To what' },
        before: { type: 'json' },
        after: { type: 'json' },
      },
      allow: { list: 'manager' },
    },
  ],
};
