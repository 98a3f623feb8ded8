import { tuneCommand, type Tuned } from '../../config/evaluation/tuning.ts';
import { seeded } from '../../math/random.ts';
import { pointsOf } from '../../jobs/evaluation/search.ts';
import { validation } from '../../jobs/evaluation/validation.ts';
import { alone } from '../../jobs/evaluation/contestants.ts';
import type { AnyAlgorithm, TrainingData } from '../../recommend/algorithm.ts';
import { leaveOneOut } from '../../jobs/evaluation/protocols/leave-one-out.ts';
import { fullRanking } from '../../jobs/evaluation/protocols/full-ranking.ts';
import { rowIndex } from '../../math/sparse.ts';
import { removeFiles } from '../import/files.ts';
import { dataSet, listener, movielensFolder, rows } from './data.ts';

const folder = movielensFolder();
afterAll(removeFiles);
const base = ['--data', folder, '--protocol', 'leave-one-out', '--algorithm', 'user-knn'];
const run = async (...args: string[]): Promise<Tuned & { printed: string }> => {
  const terminal = listener();
  return { ...(await tuneCommand(args, terminal)), printed: terminal.printed.join('') };
};

describe('points of a space', () => {
  const space = new Map([
    ['a', ['1', '2']],
    ['b', ['x', 'y', 'z']],
  ]);

  test('are all combinations', () => {
    expect(pointsOf(space, 6, seeded(1)).map(({ a, b }) => `${a}${b}`)).toEqual(['1x', '1y', '1z', '2x', '2y', '2z']);
  });

  test('or a seeded part of them, none twice', () => {
    const four = pointsOf(space, 4, seeded(1));
    expect(new Set(four.map((point) => JSON.stringify(point))).size).toBe(4);
    expect(pointsOf(space, 4, seeded(1))).toEqual(four);
  });
});

describe('validation never sees the test part', () => {
  const set = dataSet(
    100,
    rows.map(([viewer, film, stars, at]) => [viewer, film, stars, (1_500_000_000 - at) / 86_400]),
  );
  test.each([
    ['leave-one-out', leaveOneOut(set, 'equal', 1)],
    ['full-ranking', fullRanking(set, 'equal', 1)],
  ] as const)('%s', async (protocol, { held, train }) => {
    let seen: TrainingData | undefined;
    const spy: AnyAlgorithm = {
      id: 'spy',
      title: '',
      description: '',
      train: (data) => ((seen = data), {}),
      score: (_model, _viewer, out) => void out.fill(1),
    };
    await validation(set, { protocol, preferring: 'equal', seed: 1, threads: 1 })(alone({ algorithm: spy, settings: {} }), () => {});
    for (const [row, films] of held) for (const film of films) expect(rowIndex(seen!.ratings, row)).not.toContain(film);
    expect(seen!.ratings.value.length).toBeLessThan(train.ratings.value.length);
  });
});

test('finds the best settings, says them as a command, and finds the same again', async () => {
  const args = [...base, '--space', 'neighbours=1,40', '--set', 'shrinkage=5'];
  const { best, trials, printed } = await run(...args);
  expect(best).toEqual({ neighbours: '40' });
  expect(trials.map(({ name, settings }) => [name, (settings as { shrinkage: number }).shrinkage])).toEqual([
    ['neighbours=40', 5],
    ['neighbours=1', 5],
  ]);
  expect(trials[0]!.metrics.ndcg!.value).toBeGreaterThan(trials[1]!.metrics.ndcg!.value);
  expect(printed).toContain(
    `npm run evaluate -- --data ${folder} --protocol leave-one-out --algorithm user-knn --set shrinkage=5 --set neighbours=40`,
  );
  const metricsOf = (tuned: Tuned) => tuned.trials.map(({ metrics }) => metrics);
  expect(metricsOf(await run(...args))).toEqual(metricsOf({ best, trials }));
});

test('weighs a blend', async () => {
  const { best, trials, printed } = await run(...base.slice(0, 4), '--algorithm', 'blend', '--space', 'user-knn=1', '--space', 'trending=0,5');
  expect(trials).toHaveLength(2);
  expect(printed).toContain(`--algorithm blend --weights user-knn=1,trending=${best.trending}`);
});

test('JSON holds every trial and the command', async () => {
  const { printed } = await run(...base, '--space', 'neighbours=1,5,40', '--trials', '2', '--json');
  const { trials, command } = JSON.parse(printed) as { trials: unknown[]; command: string };
  expect(trials).toHaveLength(2);
  expect(command).toMatch(/^npm run evaluate -- .*--set neighbours=/);
});

test.each<[string, string[], RegExp]>([
  ['no space', base, /--space is missing[^]*user-knn: neighbours, shrinkage/],
  ['an unknown setting', [...base, '--space', 'k=1,2'], /has the setting "user-knn.k".\n {2}user-knn: neighbours, shrinkage/],
  ['an impossible value', [...base, '--space', 'neighbours=10,none'], /user-knn.neighbours/],
  ['an unknown algorithm', [...base, '--algorithm', 'none', '--space', 'k=1'], /no algorithm "none": choose among/],
  ['several algorithms', [...base, '--algorithm', 'svd,user-knn', '--space', 'rank=1'], /no algorithm "svd,user-knn"/],
  ['no trials', [...base, '--space', 'neighbours=1', '--trials', '0'], /--trials 0 must be a whole number/],
  ['a blend without weight', [...base, '--algorithm', 'blend', '--space', 'svd=0'], /--space svd=0: at least one weight must be above zero/],
  [
    'stars that nobody foretells',
    ['--data', folder, '--protocol', 'rating', '--algorithm', 'trending', '--space', 'halfLife=1'],
    /trending does not foretell stars/,
  ],
])('wrong arguments are told with what to do: %s', async (_name, args, message) => {
  await expect(run(...args)).rejects.toThrow(message);
});
