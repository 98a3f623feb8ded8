import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AnyPlugin } from '../../core/plugin.ts';
import { algorithmContract } from '../algorithms/contract.ts';
import { root, temporaryTree } from './tree.ts';

const others = readdirSync(join(root, 'plugins')).filter((name) => name !== 'algorithms');
const tree = temporaryTree({
  copied: ['bin/new-algorithm.mjs', 'bin/lib', 'config/plugins.ts', 'plugins/algorithms', 'test/algorithms/contract.ts', 'test/algorithms/contract.test.ts', 'test/algorithms/synthetic.ts', 'tsconfig.json', 'package.json', 'jest.config.mjs'],
  linked: ['core', 'i18n', 'recommend', 'math', 'node_modules', 'test/harness', ...others.map((name) => `plugins/${name}`)],
});
const node = (...args: string[]) => spawnSync(process.execPath, args, { cwd: tree.folder, encoding: 'utf8' });
const create = (...args: string[]) => node('bin/new-algorithm.mjs', ...args);
const text = (file: string): string => readFileSync(join(tree.folder, file), 'utf8');

const first = create('late-night-films');
const { default: plugin } = (await import(pathToFileURL(join(tree.folder, 'plugins/algorithms/late-night-films/index.ts')).href)) as { default: AnyPlugin };
afterAll(() => tree.remove());

describe('npm run new:algorithm', () => {
  test('writes the algorithm, its test and its registration, and says what is next', () => {
    expect([first.status, first.stderr]).toEqual([0, '']);
    for (const file of ['plugins/algorithms/late-night-films/index.ts', 'test/algorithms/late-night-films.test.ts', 'config/plugins.ts']) expect(first.stdout).toContain(`✓ ${file}`);
    const list = text('config/plugins.ts');
    expect(list).toContain("import lateNightFilms from '../plugins/algorithms/late-night-films/index.ts';\n\n");
    expect(list).toMatch(/,\s*lateNightFilms,?\s*\];\n$/);
    expect(list.replace(/import lateNight.*\n/, '').replace(/\s*lateNightFilms,/, '')).toBe(readFileSync(join(root, 'config/plugins.ts'), 'utf8'));
    expect(plugin).toMatchObject({ id: 'late-night-films', title: 'Late night films' });
  });

  test('what it writes passes the type checker and its own test', () => {
    const config = JSON.parse(text('tsconfig.json')) as object;
    writeFileSync(join(tree.folder, 'tsconfig.json'), JSON.stringify({ ...config, include: ['core/app.ts', 'core/console/kit', 'config', 'test/algorithms/late-night-films.test.ts'] }));
    const types = node('node_modules/typescript/bin/tsc', '--noEmit');
    expect([types.stdout, types.status]).toEqual(['', 0]);
    const jest = node('--experimental-vm-modules', 'node_modules/jest/bin/jest.js', 'test/algorithms/late-night-films');
    expect([jest.stderr, jest.status]).toEqual([expect.stringContaining('1 passed, 1 total'), 0]);
  });

  test('what it writes is formatted', () => {
    const { stderr, status } = node('node_modules/prettier/bin/prettier.cjs', '--config', join(root, '.prettierrc.json'), '--check', 'plugins/algorithms/late-night-films', 'test/algorithms/late-night-films.test.ts');
    expect([stderr, status]).toEqual(['', 0]);
  });

  test('also fits a list on one line', () => {
    writeFileSync(join(tree.folder, 'config/plugins.ts'), "import a from './a.ts';\n\nexport const plugins = [a, b];\n");
    expect(create('one-more').status).toBe(0);
    expect(text('config/plugins.ts')).toBe("import a from './a.ts';\nimport oneMore from '../plugins/algorithms/one-more/index.ts';\n\nexport const plugins = [a, b, oneMore];\n");
  });

  test.each([[[]], [['Late Night']], [['../escape']], [['a'.repeat(41)]], [['two', 'names']], [['class']], [['a']], [['svd']], [['late-night-films']]])('refuses %j and writes nothing', (args) => {
    const before = text('config/plugins.ts'), { status, stderr } = create(...args);
    expect([status, stderr]).toEqual([1, expect.stringMatching(/Usage|another name/)]);
    expect(text('config/plugins.ts')).toBe(before);
  });
});
for (const algorithm of plugin.algorithms!) algorithmContract(plugin, algorithm);
