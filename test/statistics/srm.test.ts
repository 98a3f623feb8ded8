import { sampleRatio } from '../../plugins/experiments/statistics/srm.ts';
import type { ArmSize } from '../../plugins/experiments/statistics/srm.ts';
import { describeWith } from '../shared-data.ts';

interface Split {
  users: number[];
  weights: number[];
}
interface Vectors {
  growthbook_recorded: { input: Split; output: number }[];
  flagsmith_asserted: (Split & { p: number | string | null })[];
  scipy_reference: (Split & { chi2: number; p: number; 'alert_p_lt_0.001': boolean })[];
}
const arms = ({ users, weights }: Split): ArmSize[] => users.map((units, arm) => ({ units, share: weights[arm]! }));

describeWith<Vectors>('vectors/srm_chi_square.json', (vectors) => {
  test.each(vectors.growthbook_recorded)('GrowthBook $input.users', ({ input, output }) =>
    expect(sampleRatio(arms(input)).pValue).toBeCloseTo(output, 12),
  );
  test.each(vectors.flagsmith_asserted)('Flagsmith $users', (split) => {
    const { pValue } = sampleRatio(arms(split));
    if (split.p === '<0.001') expect(pValue).toBeLessThan(0.001);
    else expect(pValue).toBeCloseTo((split.p as number | null) ?? 1, 5);
  });
  test.each(vectors.scipy_reference)('SciPy $users', (split) => {
    const found = sampleRatio(arms(split));
    expect(found.chiSquare).toBeCloseTo(split.chi2, 9);
    expect(found.pValue).toBeCloseTo(split.p, 12);
    expect(found.alarm).toBe(split['alert_p_lt_0.001']);
  });
});

test('few units raise no alarm; an arm that gets nobody does', () => {
  expect(
    sampleRatio([
      { units: 15, share: 1 },
      { units: 0, share: 1 },
    ]),
  ).toMatchObject({ alarm: false });
  expect(
    sampleRatio([
      { units: 16, share: 1 },
      { units: 0, share: 1 },
    ]),
  ).toMatchObject({ alarm: true });
});

test('units in an arm that should have none raise the alarm; an empty one is left out', () => {
  expect(
    sampleRatio([
      { units: 500, share: 0.5 },
      { units: 500, share: 0.5 },
      { units: 3, share: 0 },
    ]),
  ).toMatchObject({ pValue: 0, alarm: true });
  expect(
    sampleRatio([
      { units: 520, share: 0.5 },
      { units: 480, share: 0.5 },
      { units: 0, share: 0 },
    ]),
  ).toEqual(
    sampleRatio([
      { units: 520, share: 0.5 },
      { units: 480, share: 0.5 },
    ]),
  );
});
