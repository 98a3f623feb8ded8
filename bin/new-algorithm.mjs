// npm run new:algorithm -- NAME: writes an algorithm that works, its test, and its line in config/plugins.ts.
import './lib/node-version.mjs';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { fail } from './lib/steps.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const list = 'config/plugins.ts';

const [name = '', ...more] = process.argv.slice(2);
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 40 || more.length > 0) {
  fail('Usage: npm run new:algorithm -- NAME, in lower-case words with hyphens, at most 40 letters: late-night-films');
}
const variable = name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
const title = name[0].toUpperCase() + name.slice(1).replaceAll('-', ' ');
const files = { [`plugins/algorithms/${name}/index.ts`]: algorithm(), [`test/algorithms/${name}.test.ts`]: test() };
for (const file of Object.keys(files)) if (existsSync(join(root, file))) fail(`${file} is there already. Choose another name.`);
files[list] = registered(readFileSync(join(root, list), 'utf8'));

for (const [file, text] of Object.entries(files)) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
  console.log(`✓ ${file}`);
}
console.log(`\nNext: npm run format, npm test -- test/algorithms, and npm run dev; then give "${title}" a weight in the console.`);

/** The list of plugins with one more import and one more name. */
function registered(source) {
  if (!isName(variable) || new RegExp(`\\b${variable}\\b`).test(source)) fail(`"${variable}" is taken in ${list}. Choose another name.`);
  const lastImport = source.lastIndexOf('\nimport ') + 1;
  const end = source.indexOf('\n', lastImport) + 1;
  const imported = `${source.slice(0, end)}import ${variable} from '../plugins/algorithms/${name}/index.ts';\n${source.slice(end)}`;
  const closed = /,?(\s*)\];\s*$/.exec(imported);
  if (!closed) fail(`${list} does not end with the list of plugins. Add the import and the name by hand.`);
  const added = closed[1].includes('\n') ? `,\n  ${variable},\n];\n` : `, ${variable}];\n`;
  return imported.slice(0, closed.index) + added;
}

function isName(text) {
  try {
    return Boolean(new Script(`let ${text};`));
  } catch {
    return false;
  }
}

function algorithm() {
  return `import { z } from 'zod';
import { defineAlgorithm } from '../../../core/plugin.ts';

type Counts = { readonly score: Float32Array };

/** Say here what the idea is and where it comes from. To begin with: how many viewers rated a film highly. */
export default defineAlgorithm({
  id: '${name}',
  title: '${title}',
  description: 'Films that most viewers rated highly.',
  settings: z.object({
    high: z.number().min(0.5).max(5).default(4).describe('From how many stars on a rating counts as high'),
  }),

  train({ films, ratings }, { settings: { high }, signal, progress }): Counts {
    progress(0, 'counting high ratings');
    signal.throwIfAborted();
    const score = new Float32Array(films.length).fill(NaN);
    ratings.index.forEach((film, entry) => {
      if (ratings.value[entry]! >= high) score[film] = (score[film]! || 0) + 1;
    });
    progress(1, 'done');
    return { score };
  },

  score: ({ score }, _viewer, out) => void out.fill(NaN).set(score),

  explain: ({ score }, _viewer, film) => (score[film]! > 0 ? [{ text: \`Rated highly by \${score[film]} viewers\` }] : []),
});
`;
}

function test() {
  return `import plugin from '../../plugins/algorithms/${name}/index.ts';
import { scores, train } from './contract.ts';
import { trainingData, viewerOf, world } from './synthetic.ts';

// The contract of all algorithms is checked by contract.test.ts; here stands what only this one does.
const [algorithm] = plugin.algorithms!;

test('prefers the film that more viewers rated highly', async () => {
  const everybody = [{ film: 0, stars: 5 }];
  const model = await train(plugin, algorithm!, trainingData(world(1).data.films.slice(0, 3), [everybody, [...everybody, { film: 1, stars: 4 }]]));
  const [loved, liked, unrated] = scores(algorithm!, model, viewerOf([]), 3);
  expect([loved, liked, unrated]).toEqual([2, 1, NaN]);
  expect(algorithm!.explain!(model, viewerOf([]), 0)).toEqual([{ text: 'Rated highly by 2 viewers' }]);
});
`;
}
