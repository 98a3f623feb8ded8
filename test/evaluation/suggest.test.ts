import { suggestCommand } from '../../config/evaluation/suggesting.ts';
import { installed } from '../../config/evaluation/settings.ts';
import { removeFiles } from '../import/files.ts';
import { listener, movielensFolder } from './data.ts';

afterAll(removeFiles);

const noSite = (): never => {
  throw new Error('The site is not to be asked.');
};

test('weights and figures for newcomers come from a data set alike each time, without a site', async () => {
  const folder = movielensFolder({ timed: false }),
    [first, second] = [listener(), listener()];
  for (const terminal of [first, second]) await suggestCommand(['--data', folder], terminal, noSite);
  const text = first.printed.join('');
  expect(text).toMatch(/^Regulars: .*; measured on \d+ other viewers\.$/m);
  expect(text).toContain('| NDCG@10 with so many ratings known | 0 | 1 | 3 | 5 | 10 |');
  for (const { algorithm } of installed.filter((one) => !one.algorithm.predict)) expect(text).toContain(`\n| ${algorithm.id} | `);
  expect(second.printed.join('')).toBe(text);
}, 120_000);

test('metadata without films, and options that there are not, are refused in words', async () => {
  await expect(suggestCommand(['--metadata', 'x'], listener(), noSite)).rejects.toThrow('give that folder, too');
  await expect(suggestCommand(['--films', 'x'], listener(), noSite)).rejects.toThrow('Usage: npm run suggest');
  await expect(suggestCommand(['--data', '/nowhere'], listener(), noSite)).rejects.toMatchObject({ status: 400 });
});
