import { readFileSync } from 'node:fs';
import { shortcuts } from '../../plugins/accounts/pages/keyboard.ts';
import { views } from '../harness/app.ts';

test('the help page names every key that the script knows, and no other', () => {
  const script = readFileSync(new URL('assets/keys.js', views), 'utf8');
  const places = [...script.slice(0, script.indexOf('}')).matchAll(/(\w): '\//g)].map(([, key]) => `g ${key}`),
    single = [...script.matchAll(/event\.key === '([^g])'/g)].map(([, key]) => key!);
  expect(shortcuts.map(({ keys }) => keys.join(' ')).sort()).toEqual([...places, ...single].sort());
});
