import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AnyPlugin } from '../../core/plugin.ts';
import { algorithmContract } from '../algorithms/contract.ts';
import { root, temporaryTree } from './tree.ts';

/** The example of the guide, and its test: code blocks that begin with the name of their file. */
const guide = readFileSync(join(root, 'docs/developers.md'), 'utf8');
const [example, itsTest] = [...guide.matchAll(/```ts\n\/\/ ((?:plugins|test)\/\S+)\n([\s\S]*?)```/g)].map(([, path, code]) => ({ path: path!, code: code! }));
const tree = temporaryTree({
  copied: ['tsconfig.json', 'package.json', 'jest.config.mjs', 'test/algorithms/contract.ts', 'test/algorithms/synthetic.ts'],
  linked: ['core', 'i18n', 'recommend', 'math', 'node_modules', 'test/harness'],
});
for (const { path, code } of [example!, itsTest!]) {
  mkdirSync(dirname(join(tree.folder, path)), { recursive: true });
  writeFileSync(join(tree.folder, path), code);
}
const { default: plugin } = (await import(pathToFileURL(join(tree.folder, example!.path)).href)) as { default: AnyPlugin };
afterAll(() => tree.remove());

describe('the algorithm in the guide for developers', () => {
  test('is short, and of one file', () => {
    const lines = example!.code.split('\n').filter((line) => line.trim() !== '');
    expect(lines.length).toBeLessThanOrEqual(40);
  });

  test('passes the type checker', () => {
    const config = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as object;
    writeFileSync(join(tree.folder, 'tsconfig.json'), JSON.stringify({ ...config, include: ['plugins', 'core/app.ts', itsTest!.path] }));
    const { stdout, status } = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', tree.folder], { encoding: 'utf8' });
    expect([stdout, status]).toEqual(['', 0]);
  });

  test('does what its test says', () => {
    const jest = spawnSync(process.execPath, ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', itsTest!.path], { cwd: tree.folder, encoding: 'utf8' });
    expect([jest.stderr, jest.status]).toEqual([expect.stringContaining('1 passed, 1 total'), 0]);
  });
});
algorithmContract(plugin, plugin.algorithms![0]!);
