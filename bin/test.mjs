// npm test: everything that must be right before a commit. npm test -- ARGUMENT …: jest alone, with these arguments.
import './lib/node-version.mjs';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { node, run } from './lib/child.mjs';
import { ensureBuilt } from './lib/compile.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { step } from './lib/steps.mjs';

const args = process.argv.slice(2);
const checks =
  args.length > 0
    ? []
    : [
        ['Format', () => node(['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'])],
        ['Lint', () => run('npm', ['run', '--silent', 'lint'])],
        ['Types', () => node(['node_modules/typescript/bin/tsc', '--noEmit'])],
      ];

await ensureInstalled();
await ensureBuilt();
const failed = [];
for (const [title, check] of checks) {
  if ((await step(title, check)) !== 0) failed.push(title);
}
const { code, passed, broken, skipped } = await jest();
if (failed.length > 0) console.log(`Failed: ${failed.join(', ')}`);
console.log(`${passed} passed, ${broken + failed.length} failed, ${skipped} skipped`);
process.exitCode = failed.length > 0 ? 1 : code;

/** A test file that cannot even be loaded has no failed test, but counts as one. */
async function jest() {
  const folder = mkdtempSync(join(tmpdir(), 'marquee-test-'));
  const report = join(folder, 'report.json');
  const code = await step('Tests', () =>
    node([
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      '--json',
      `--outputFile=${report}`,
      ...args,
    ]),
  );
  const found = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
  rmSync(folder, { recursive: true, force: true });
  if (!found) return { code: code || 1, passed: 0, broken: 1, skipped: 0 };
  return {
    code,
    passed: found.numPassedTests,
    broken: found.numFailedTests + found.numRuntimeErrorTestSuites,
    skipped: found.numPendingTests + found.numTodoTests,
  };
}
