import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AnyPlugin } from '../../core/plugin.ts';
import { algorithmContract, scores, train } from '../algorithms/contract.ts';
import { trainingData, viewerOf, world } from '../algorithms/synthetic.ts';
import { root, temporaryTree } from './tree.ts';

/** The example of the guide: a code block that begins with the name of its file. */
const guide = readFileSync(join(root, 'docs/developers.md'), 'utf8');
const [, path, code] = /```ts\n\/\/ (plugins\/\S+)\n([\s\S]*?)```/.exec(guide)!;
const tree = temporaryTree({ copied: ['tsconfig.json', 'package.json'], linked: ['core', 'i18n', 'recommend', 'math', 'node_modules'] });
const file = join(tree.folder, path!);
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, code!);
const { default: plugin } = (await import(pathToFileURL(file).href)) as { default: AnyPlugin };
const [example] = plugin.algorithms!;
afterAll(() => tree.remove());

describe('the algorithm in the guide for developers', () => {
  test('is short, and of one file', () => {
    const lines = code!.split('\n').filter((line) => line.trim() !== '');
    expect(lines.length).toBeLessThanOrEqual(40);
  });

  test('passes the type checker', () => {
    const config = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as object;
    writeFileSync(join(tree.folder, 'tsconfig.json'), JSON.stringify({ ...config, include: ['plugins', 'core/app.ts'] }));
    const { stdout, status } = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', tree.folder], { encoding: 'utf8' });
    expect([stdout, status]).toEqual(['', 0]);
  });

  test('does what it says: films with people of liked films first, of disliked ones last', async () => {
    const film = (director: string) => ({ ...world(1).data.films[0]!, directors: [director], cast: [] });
    const model = await train(plugin, example!, trainingData(['Varda', 'Tati', 'Varda', 'Tati', 'Ozu'].map(film), []));
    const viewer = viewerOf([{ film: 0, stars: 5 }, { film: 1, stars: 1 }]);
    const [, , varda, tati, ozu] = scores(example!, model, viewer, 5);
    expect([varda, tati, ozu]).toEqual([2.5, -1.5, NaN]);
    expect(example!.explain!(model, viewer, 2)).toEqual([{ film: 0, share: 1 }]);
    expect(example!.explain!(model, viewer, 4)).toEqual([]);
  });
});
algorithmContract(plugin, example!);
