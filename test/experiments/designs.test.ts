import { disturbance, touchedBy } from '../../plugins/experiments/conflicts.ts';
import { problemOf } from '../../plugins/experiments/assignment/targeting.ts';
import type { Arm, Experiment } from '../../plugins/experiments/model.ts';
import { running } from '../../bench/designs.ts';

const arm = (over: Partial<Arm>): Arm => ({
  key: 'b',
  name: 'B',
  share: 50,
  allocation: null,
  blend: null,
  blendVersion: null,
  overrides: {},
  ...over,
});
const experiment = (over: Partial<Experiment>, ...arms: readonly Partial<Arm>[]): Experiment => ({
  ...running[0]!,
  ...over,
  arms: [arm({ key: 'control' }), ...arms.map(arm)],
});

describe('what two experiments may do at the same time', () => {
  const weights = (name: string) => experiment({ id: 1, name }, { overrides: { weights: { svd: 1 } } });

  test('what an arm touches', () => {
    expect([...touchedBy(experiment({}, { blend: 1 }, { overrides: { diversity: 1, models: { svd: 3 } } }))].sort()).toEqual([
      'blend',
      'diversity',
      'models.svd',
    ]);
  });

  test('different things, and different models, do not disturb each other', () => {
    const mine = weights('A');
    expect(disturbance(mine, experiment({}, { overrides: { diversity: 0.5 } }))).toBeUndefined();
    expect(disturbance(mine, experiment({}, { overrides: { models: { svd: 3 } } }))).toBeUndefined();
    expect(disturbance(experiment({}, { blend: 3 }), experiment({}, { overrides: { models: { svd: 3 } } }))).toBeUndefined();
    expect(
      disturbance(experiment({}, { overrides: { models: { ease: 3 } } }), experiment({}, { overrides: { models: { svd: 3 } } })),
    ).toBeUndefined();
  });

  test('the same thing does, and a whole blend touches all of it', () => {
    expect(disturbance(weights('A'), weights('B'))).toMatch(/“B” is running and changes the weights, too.*ranges of one layer/);
    for (const [a, b] of [
      [weights('A'), experiment({}, { blend: 2 })],
      [experiment({}, { blend: 2 }), weights('A')],
      [experiment({}, { blend: 1 }), experiment({}, { blend: 2 })],
    ] as const)
      expect(disturbance(a, b)).toBeDefined();
    expect(disturbance(experiment({}, { overrides: { models: { svd: 1 } } }), experiment({}, { overrides: { models: { svd: 3 } } }))).toMatch(
      /model of svd/,
    );
  });

  test('in one layer only ranges count', () => {
    const part = (start: number, end: number) => ({ ...weights('Half'), layer: 1, layerKey: 'x', start, end });
    expect(disturbance(part(0, 0.5), part(0.5, 1))).toBeUndefined();
    expect(disturbance(part(0, 0.5), part(0.4, 1))).toMatch(/“Half” is running on 40 to 100 % of the same layer/);
    expect(disturbance(part(0, 0.5), { ...part(0.5, 1), layer: 2 })).toMatch(/changes the weights/);
    expect(disturbance({ ...experiment({}, { overrides: { diversity: 1 } }), layer: 1 }, { ...part(0, 1) })).toMatch(/overlaps/);
  });
});

describe('conditions', () => {
  test.each([
    {},
    { ratings: { $gte: 20, $lt: 50 } },
    { signedIn: true, staff: { $ne: true } },
    { signUpDate: { $gte: '2026-01-01' } },
    { favouriteGenres: { $in: ['Drama'] } },
    { $and: [{ ratings: 3 }, { $not: { $or: [{ simulated: true }, { daysSinceSignUp: { $lt: 7 } }] } }] },
  ])('%j is one', (targeting) => expect(problemOf(targeting)).toBeUndefined());

  test.each([
    [[], /is an object/],
    [{ shoeSize: 44 }, /no attribute "shoeSize".*ratings/],
    [JSON.parse('{"__proto__": 1}'), /no attribute/],
    [{ constructor: [] }, /no attribute/],
    [{ ratings: { $regex: 'a' } }, /not with \$regex/],
    [{ ratings: '20' }, /compared with a number/],
    [{ ratings: null }, /compared with a number/],
    [{ signUpDate: { $gt: 'yesterday' } }, /a day such as/],
    [{ favouriteGenres: 'Drama' }, /not with \$eq/],
    [{ favouriteGenres: { $in: [] } }, /^Choose at least one: .* names of genres/],
    [{ favouriteGenres: { $in: 'Drama' } }, /takes a list/],
    [{ $or: {} }, /list of conditions/],
    [{ $or: [] }, /list of conditions/],
    [{ $not: { $not: { $not: { $not: { $not: { $not: { $not: {} } } } } } } }, /five deep/],
  ])('%j is none', (targeting, sentence) => expect(problemOf(targeting)).toMatch(sentence));
});
