import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const core = fileURLToPath(new URL('../../core/', import.meta.url));

test('the host can be read in one sitting: without console and database boot it has at most 1,600 lines', () => {
  const files = readdirSync(core, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name) && !/^(console|database)[/\\]/.test(name));
  const lines = files.reduce((sum, name) => sum + readFileSync(join(core, name), 'utf8').split('\n').length - 1, 0);
  expect(files.length).toBeGreaterThan(20);
  expect(lines).toBeLessThanOrEqual(1600);
});
