import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { evaluateCommand, sayWhoIsSilent } from '../../config/evaluation/command.ts';
import { readDataSet } from '../../config/evaluation/read.ts';
import { projectRoot } from '../../config/paths.ts';
import { installed } from '../../config/evaluation/settings.ts';
import { Report } from '../../config/import/report.ts';
import type { Evaluation } from '../../jobs/evaluation/plan.ts';
import { AppError } from '../../core/errors.ts';
import { fileWith, removeFiles } from '../import/files.ts';
import { sharedPath } from '../shared-data.ts';
import { listener, movielensFolder, ncfFolder, rows } from './data.ts';

const folder = movielensFolder(),
  untimed = movielensFolder({ timed: false });
afterAll(removeFiles);

const run = (...args: readonly string[]): Promise<Evaluation> => evaluateCommand(args, listener());
const ncf = (from: string): string[] =>
  ['train', 'test', 'negatives'].flatMap((name) => [
    `--${name}`,
    join(from, { train: 'train.rating', test: 'test.rating', negatives: 'test.negative' }[name]!),
  ]);
const values = ({ results }: Evaluation, name: string): number[] => results.map(({ metrics }) => metrics[name]!.value);

describe('every protocol, from files to numbers', () => {
  test.each(['leave-one-out', 'full-ranking', 'temporal'])('%s', async (protocol) => {
    const terminal = listener();
    const found = await evaluateCommand(['--data', folder, '--protocol', protocol, '--algorithm', 'popularity,user-knn,blend'], terminal);
    expect(found).toMatchObject({ protocol, films: 100, data: 'made-up', preferring: protocol === 'temporal' ? 'stars' : 'equal' });
    expect(found.results.map(({ name }) => name)).toEqual(['popularity', 'user-knn', 'blend']);
    expect(found.viewers).toBeGreaterThan(protocol === 'temporal' ? 3 : 59);
    for (const { metrics } of found.results)
      for (const [name, { value, low, high }] of Object.entries(metrics)) {
        expect([name, low <= value && value <= high]).toEqual([name, true]);
        if (name !== 'novelty' && name !== 'miscalibration') expect([name, value >= 0 && value <= 1]).toEqual([name, true]);
      }
    expect(terminal.printed.join('')).toMatch(/NDCG@10.*\n.*popularity/);
  });

  test('user-kNN beats popularity where viewers have tastes', async () => {
    const [popularity, knn] = values(await run('--data', folder, '--protocol', 'full-ranking', '--algorithm', 'popularity,user-knn'), 'ndcg');
    expect(knn).toBeGreaterThan(popularity! + 0.05);
  });

  test('rating, where an algorithm foretells stars; the others are left out, and said to be', async () => {
    const able = installed.filter(({ algorithm }) => algorithm.predict).map(({ algorithm }) => algorithm.id);
    if (able.length === 0)
      return expect(run('--data', folder, '--protocol', 'rating', '--algorithm', 'all')).rejects.toThrow(/none of them foretells stars/);
    const terminal = listener();
    const { results } = await evaluateCommand(['--data', folder, '--protocol', 'rating', '--algorithm', [able[0], 'popularity'].join(',')], terminal);
    expect(results.map(({ name }) => name)).toEqual([able[0]]);
    expect(results[0]!.metrics.rmse!.value).toBeLessThan(2);
    expect(terminal.said).toEqual(['popularity is left out: it does not foretell stars.']);
  });
});

describe('the files of a published split', () => {
  test('are read as they are, without knowing the films', async () => {
    const found = await run(...ncf(ncfFolder()), '--protocol', 'leave-one-out', '--algorithm', 'popularity', '--set', 'by=count');
    expect(found).toMatchObject({ viewers: 60, films: 100, ratings: rows.length - 60 });
  });

  test('take titles and genres from the data set', async () => {
    const from = ncfFolder(),
      [, train, , test] = ncf(from);
    const { films, ratings, timed } = await readDataSet(
      { data: folder, metadata: undefined, split: { train: train!, test: test!, negatives: undefined } },
      new Report(),
      () => {},
    );
    expect([films[0]!.title, films[99]!.title]).toEqual(['Film 99', 'Film 0']);
    expect(films[99]!.genres).toContain('common genre');
    expect([ratings.value.length, timed]).toEqual([rows.length, true]);
  });

  test('give the same as the data set that they were made from', async () => {
    const args = ['--protocol', 'temporal', '--algorithm', 'user-knn'];
    const [train, test] = [ncf(ncfFolder()).slice(0, 2), ncf(ncfFolder()).slice(2, 4)];
    const [whole, split] = [await run('--data', folder, ...args), await run(...train, ...test, ...args)];
    expect(values(split, 'ndcg')[0]).toBeCloseTo(values(whole, 'ndcg')[0]!, 5);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['ids below 0', { 'train.rating': '0\t-1\t3\t0\n' }, /train.rating, line 1: it must be user, item, rating and time/],
    ['commas', { 'test.rating': '0,1,3\n' }, /test.rating, line 1/],
    ['negatives without a pair', { 'test.negative': '0\t1\t2\n' }, /test.negative, line 1: it must be \(user,item\)/],
    ['negatives that are no numbers', { 'test.negative': '(0,1)\tx\n' }, /test.negative, line 1: it must be/],
    ['negatives of another split', { 'test.negative': '(0,500)\t1\n' }, /line 1: the test file holds out another film of user 0/],
    ['negatives of some viewers', { 'test.negative': '' }, /no line for 60 viewers/],
  ])('are refused with %s', async (_name, files, message) => {
    await expect(run(...ncf(ncfFolder(files)), '--protocol', 'leave-one-out', '--algorithm', 'popularity')).rejects.toThrow(message);
  });

  test('without a map nobody knows which film is which', async () => {
    const train = fileWith('0\t0\t4\t0\n', 'train.rating'),
      test = fileWith('0\t1\t4\t0\n', 'test.rating');
    await expect(run('--data', folder, '--train', train, '--test', test, '--protocol', 'full-ranking', '--algorithm', 'popularity')).rejects.toThrow(
      /item_id_map.csv is missing/,
    );
  });
});

describe('numbers come again', () => {
  const numbers = async (...args: string[]): Promise<object[]> =>
    (await run('--data', untimed, '--algorithm', 'popularity,svd', ...args)).results.map(({ metrics }) => metrics);

  test.each(['leave-one-out', 'full-ranking'])('%s: the same with the same seed, intervals too; others with another', async (protocol) => {
    const first = await numbers('--protocol', protocol, '--seed', '4');
    expect(await numbers('--protocol', protocol, '--seed', '4')).toEqual(first);
    expect(await numbers('--protocol', protocol, '--seed', '5')).not.toEqual(first);
  });
});

describe('what a site is like between trainings', () => {
  const measured = (...args: string[]): Promise<Evaluation> =>
    run('--data', folder, '--protocol', 'full-ranking', '--algorithm', 'popularity,svd,ials', '--set', 'ials.epochs=3', ...args);

  test('ratings after the training are known to viewers alone', async () => {
    const [before, later] = [await measured(), await measured('--later', '2')];
    expect(later.ratings).toBe(before.ratings - 2 * 60);
    expect(later.viewers).toBe(before.viewers);
    expect(values(later, 'ndcg')).not.toEqual(values(before, 'ndcg'));
  });

  test('a large catalogue, served from rounded rows, ranks the films that are known almost as a small one', async () => {
    const [small, large] = [await measured(), await measured('--films', '17000')];
    values(small, 'ndcg').forEach((ndcg, i) => expect(values(large, 'ndcg')[i]).toBeCloseTo(ndcg, 1));
    expect(values(large, 'ndcg')).not.toEqual(values(small, 'ndcg'));
    expect(values(large, 'coverage').every((share) => share <= 1)).toBe(true);
  });
});

describe('settings and weights', () => {
  const base = ['--data', folder, '--protocol', 'leave-one-out'];

  test('a setting changes what it names', async () => {
    const { results } = await run(...base, '--algorithm', 'popularity,user-knn', '--set', 'neighbours=3', '--set', 'popularity.by=count');
    expect(results.map(({ settings }) => settings)).toMatchObject([{ by: 'count' }, { neighbours: 3 }]);
  });

  test('a blend of one algorithm ranks as that algorithm', async () => {
    const found = await run(...base, '--algorithm', 'user-knn,blend', '--weights', 'user-knn=2');
    expect(values(found, 'ndcg')[0]).toBeCloseTo(values(found, 'ndcg')[1]!, 6);
  });

  test('JSON is all of it', async () => {
    const terminal = listener();
    const found = await evaluateCommand([...base, '--algorithm', 'popularity', '--json'], terminal);
    expect(JSON.parse(terminal.printed.join(''))).toEqual(JSON.parse(JSON.stringify(found)));
  });

  test('Markdown is a table with intervals', async () => {
    const terminal = listener();
    await evaluateCommand([...base, '--algorithm', 'popularity', '--markdown'], terminal);
    expect(terminal.printed.join('')).toMatch(/\n\| {2}\| HR@10 \| NDCG@10 .*\n\| --- \| --: .*\n\| popularity \| 0\.\d{4}<br>0\.\d{4}–0\.\d{4} \|/);
  });
});

describe('wrong arguments are told with what to do', () => {
  const some = (more: string): string[] => `--data ${folder} --protocol leave-one-out --algorithm popularity ${more}`.trim().split(' ');
  test.each<[string, readonly string[], RegExp]>([
    ['an unknown algorithm', [...some(''), '--algorithm', 'nothing'], /no algorithm "nothing": choose among .*popularity.*user-knn/],
    [
      'an unknown protocol',
      [...some(''), '--protocol', 'hold'],
      /--protocol hold is not known: choose among leave-one-out, full-ranking, temporal, rating/,
    ],
    ['no protocol', ['--data', folder, '--algorithm', 'popularity'], /--protocol is missing[^]*Usage: npm run evaluate/],
    ['no algorithm', ['--data', folder, '--protocol', 'temporal'], /--algorithm is missing[^]*Usage/],
    ['no data', ['--protocol', 'temporal', '--algorithm', 'popularity'], /--data is missing[^]*Usage/],
    ['a missing folder', ['--data', '/not/there', '--protocol', 'temporal', '--algorithm', 'popularity'], /no file or folder .*not.there/],
    ['a missing file', [...some('--train /not/there --test /not/there')], /no file .*not.there/],
    [
      'times that are not there',
      ['--data', untimed, '--protocol', 'temporal', '--algorithm', 'popularity'],
      /cannot be split by time. Choose another/,
    ],
    ['half a split', some('--train x'), /--train and --test go together/],
    ['negatives alone', some('--negatives x'), /--negatives needs --train and --test/],
    ['an unknown option', some('--algo x'), /--algo[^]*Usage: npm run evaluate/],
    ['an unknown setting', some('--set nothing=1'), /has the setting "nothing".\n {2}popularity: by, damping, halfLife/],
    ['a setting of another algorithm', some('--set svd.rank=1'), /None of popularity has the setting "svd.rank"/],
    ['a setting out of range', some('--set damping=-5'), /popularity.damping: .*>=0/],
    ['a setting without value', some('--set damping'), /"damping" must be NAME=VALUE/],
    ['weights without a blend', some('--weights svd=1'), /--weights are those of a blend/],
    ['weights of nobody', [...some('--weights nobody=1'), '--algorithm', 'blend'], /no algorithm "nobody": choose among/],
    ['weights that are none', [...some('--weights svd=x'), '--algorithm', 'blend'], /--weights: must be a number.*ease=1,ials=.3/],
    ['weights of 0', [...some('--weights svd=0'), '--algorithm', 'blend'], /at least one weight must be above zero/],
    ['threads that are none', some('--threads 0'), /--threads 0 must be a whole number from 1 to 256/],
    ['preferences that are none', some('--preferences all'), /--preferences all is not known: choose among equal, stars/],
  ])('%s', async (_name, args, message) => {
    const error = await run(...args).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(AppError);
    expect((error as Error).message).toMatch(message);
  });
});

const shared = sharedPath('data/ncf-ml-1m/ml-1m.');
(existsSync(`${shared}train.rating.gz`) ? test : test.skip)(
  'popularity on the split of the NCF papers is .454 / .254',
  async () => {
    const files = ['--train', `${shared}train.rating.gz`, '--test', `${shared}test.rating.gz`, '--negatives', `${shared}test.negative.gz`];
    const { results, viewers } = await run(...files, '--protocol', 'leave-one-out', '--algorithm', 'popularity', '--set', 'by=count');
    expect(viewers).toBe(6040);
    expect(results[0]!.metrics.hitRate!.value).toBeCloseTo(0.4538, 4);
    expect(results[0]!.metrics.ndcg!.value).toBeCloseTo(0.2543, 4);
  },
  180_000,
);

test('an algorithm that lists nothing is told of, with where its facts come from', () => {
  const measured = (name: string, value: number) => ({ name, settings: {}, seconds: 0, metrics: { coverage: { value, low: value, high: value } } });
  const told = (metadata: string | undefined): string[] => {
    const { said, say } = listener();
    sayWhoIsSilent([measured('faces', 0), measured('ease', 0.3)], { data: 'x', metadata, split: undefined }, say);
    return said;
  };
  expect(told(undefined)).toEqual([expect.stringMatching(/^faces lists no film for anybody\. .*--metadata/)]);
  expect(told('films.jsonl')).toEqual(['faces lists no film for anybody.']);
});

test('what is built before a command leaves no trace in the file that its result goes to', () => {
  const build = `Promise.all(['steps', 'child'].map((name) => import('./bin/lib/' + name + '.mjs')))
    .then(([{ step }, { node }]) => step('Build', () => node(['-e', 'console.log("bundled")'])))`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', build], { cwd: projectRoot, encoding: 'utf8' });
  expect(stderr).toMatch(/Build …\nbundled\n✓ Build/);
  expect(stdout).toBe('');
});
