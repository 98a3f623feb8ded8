import { CompiledExperiments } from '../../plugins/experiments/assignment/compiled.ts';
import { attributesOf, factsOf, running, withGrowthBook } from '../../bench/designs.ts';

const noon = new Date('2026-06-01T12:00:00Z');

test('ten thousand units are in the same arms of ten experiments as GrowthBook’s SDK puts them into', () => {
  const compiled = new CompiledExperiments(running),
    theirs = withGrowthBook();
  const sizes = new Map<number, number>();
  for (let unit = 1; unit <= 10_000; unit++) {
    const attributes = attributesOf(unit),
      ours = compiled.assign(unit, factsOf(unit), attributes, noon);
    expect(new Map(ours.map(({ experiment, arm }) => [experiment, arm]))).toEqual(theirs(unit, attributes));
    for (const { experiment } of ours) sizes.set(experiment, (sizes.get(experiment) ?? 0) + 1);
  }
  // Each of them takes some in and leaves some out, but the first two, which are for everybody.
  expect(running.map(({ id }) => sizes.get(id)! > 500 && sizes.get(id)! < 10_000)).toEqual(running.map((_, i) => i > 1));
});
