import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const fine: Record<string, string> = {
  'core/host.ts': 'export const host = 1;\n',
  'core/worse.ts': "import { x } from './bad.ts';\nexport const y = Number(x);\n",
  'core/bad.ts': 'export const x = 1;\n',
  'core/plugin.ts': 'export const contract = 1;\n',
  'plugins/other/api.ts': 'export const api = 1;\n',
  'plugins/other/inside.ts': 'export const inside = 1;\n',
  'plugins/good/index.ts':
    "import { contract } from '../../core/plugin.ts';\nimport { api } from '../other/api.ts';\nexport const sum = contract + api;\n",
};
/** One deliberately bad file a rule: what it breaks, and what the linter must say. */
const bad: [rule: string, file: string, source: string, message: string][] = [
  ['core imports no plugin', 'core/bad.ts', "import { api } from '../plugins/other/api.ts';\nexport const x = api;\n", 'boundaries(dependencies)'],
  [
    'a plugin imports only the contract of the core',
    'plugins/bad/index.ts',
    "import { host } from '../../core/host.ts';\nexport const x = host;\n",
    'boundaries(dependencies)',
  ],
  [
    "a plugin imports only another's api.ts",
    'plugins/bad/index.ts',
    "import { inside } from '../other/inside.ts';\nexport const x = inside;\n",
    'boundaries(dependencies)',
  ],
  [
    'the recommender imports only the contract of the core',
    'recommend/bad.ts',
    "import { host } from '../core/host.ts';\nexport const x = host;\n",
    'boundaries(dependencies)',
  ],
  ['texts import nothing of ours', 'i18n/bad.ts', "import { host } from '../core/host.ts';\nexport const x = host;\n", 'boundaries(dependencies)'],
  ['math imports nothing of ours', 'math/bad.ts', "import { host } from '../core/host.ts';\nexport const x = host;\n", 'boundaries(dependencies)'],
  ['math does no I/O', 'math/bad.ts', "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;\n", 'no-restricted-imports'],
  ['statistics do no I/O', 'plugins/experiments/statistics/bad.ts', "import pg from 'pg';\nexport const x = pg;\n", 'no-restricted-imports'],
  ['process.env only in config/env.ts', 'core/bad.ts', "export const x = process.env['PORT'];\n", 'node(no-process-env)'],
  ['no cycles', 'core/bad.ts', "import { y } from './worse.ts';\nexport const x = (): number => y;\n", 'import(no-cycle)'],
  ['no floating promises', 'core/bad.ts', 'export function x(): void {\n  Promise.resolve(1);\n}\n', 'typescript(no-floating-promises)'],
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'marquee-lint-'));
  for (const file of ['.oxlintrc.json', 'tsconfig.json', 'package.json']) cpSync(join(root, file), join(folder, file));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [file, source] of Object.entries(fine)) write(file, source);
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the good files pass', () => expect(lint()).toMatch(/Found 0 warnings and 0 errors/));

test.each(bad)('%s', (_rule, file, source, message) => {
  write(file, source);
  expect(lint()).toContain(message);
});

function write(file: string, source: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), source);
}

function lint(): string {
  try {
    return execFileSync(
      process.execPath,
      [join(root, 'node_modules/oxlint/bin/oxlint'), '--type-aware', 'core', 'i18n', 'recommend', 'math', 'plugins'],
      {
        cwd: folder,
        encoding: 'utf8',
        stdio: 'pipe',
      },
    );
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
