import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadEnv, schema } from '../../config/env.ts';
import { root } from './tree.ts';

const pages = ['.', 'docs', 'docs/decisions'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);
const text = (page: string): string => readFileSync(join(root, page), 'utf8');

/** "Data that must be kept" is #data-that-must-be-kept */
const anchorsOf = (page: string): string[] =>
  [...text(page).matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );

test.each(pages)('%s links only to what is there', (page) => {
  for (const [, target] of text(page).matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^https?:/.test(target!)) continue;
    const [file, anchor] = target!.split('#') as [string, string?];
    const path = file === '' ? page : join(dirname(page), file);
    expect([target, existsSync(join(root, path))]).toEqual([target, true]);
    if (anchor !== undefined) expect([target, anchorsOf(path)]).toEqual([target, expect.arrayContaining([anchor])]);
  }
});

test.each(pages)('%s names only commands that there are', (page) => {
  const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };
  const named = [...text(page).matchAll(/npm run ([a-z:]+)/g)].map(([, name]) => name!);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test('every decision is a page with its number', () => {
  const files = readdirSync(join(root, 'docs/decisions')).filter((name) => name !== 'README.md');
  expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(files.map((_, index) => index + 1));
  for (const name of files) expect(text(`docs/decisions/${name}`)).toMatch(new RegExp(`^# ${Number(name.slice(0, 4))}\\. `));
});

test('pictures are small enough for a page', () => {
  const images = readdirSync(join(root, 'docs/images'), { recursive: true, encoding: 'utf8' });
  expect(images).toEqual(expect.arrayContaining(['architecture.svg', 'viewers/home-1440-light.webp', 'viewers/film-1440-light.webp', 'blend.png', 'experiment.png']));
  for (const image of images) expect([image, statSync(join(root, 'docs/images', image)).size <= 300_000]).toEqual([image, true]);
});

test('the README lists every variable with its default, as config/env.ts has it', () => {
  const listed = [...text('README.md').matchAll(/^\| `([A-Z_]+)` \| (?:`([^`]+)`|–) \| /gm)].map(([, name, value]) => [name, value]);
  const defaults: Record<string, unknown> = { ...loadEnv({}), DATA_DIR: 'var' };
  const expected = Object.keys(schema.shape).map((name) => [name, name in defaults ? String(defaults[name]) : undefined]);
  expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(expected));
});
