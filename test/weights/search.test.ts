import { compare } from '../../jobs/weights/compare.ts';
import { asFarAsAllowed, holds, limitsOf, margins } from '../../jobs/weights/guardrails.ts';
import { figuresOf } from '../../jobs/weights/measured.ts';
import { searchWeights } from '../../jobs/weights/search.ts';
import { rounded, scaled } from '../../jobs/weights/simplex.ts';
import { bestOf, gains, mean, type Sample } from '../../jobs/weights/task.ts';
import { normal, seeded } from '../../math/random.ts';

const films = 60;
/** The first two algorithms see different halves of what is wanted, the third one sees nothing. */
function sample(random: () => number): Sample {
  const wanted = new Uint8Array(films);
  for (let i = 0; i < 6; i++) wanted[Math.floor(random() * films)] = 1;
  const scores = new Float32Array(3 * films);
  for (let film = 0; film < films; film++) {
    scores[film] = normal(random) + (film % 2 === 0 ? 3 * wanted[film]! : 0);
    scores[films + film] = normal(random) + (film % 2 === 1 ? 3 * wanted[film]! : 0);
    scores[2 * films + film] = 3 * normal(random);
  }
  return { scores, films: Int32Array.from({ length: films }, (_, i) => i), wanted, held: wanted.reduce((sum, one) => sum + one, 0) };
}
const random = seeded(4),
  samples = Array.from({ length: 120 }, () => sample(random)),
  start = Float64Array.of(0, 0, 1);

test('NDCG is 1 for a perfect list, 0 for a useless one, and counts what no list could show', () => {
  const one: Sample = { scores: Float32Array.of(3, 2, 1), films: Int32Array.of(5, 6, 7), wanted: Uint8Array.of(1, 0, 0), held: 1 };
  expect([...gains([one], Float64Array.of(1))]).toEqual([1]);
  expect([...gains([{ ...one, wanted: Uint8Array.of(0, 1, 0) }], Float64Array.of(1))]).toEqual([expect.closeTo(1 / Math.log2(3))]);
  expect([...gains([{ ...one, held: 2 }], Float64Array.of(1))]).toEqual([expect.closeTo(1 / (1 + 1 / Math.log2(3)))]);
});

test('the best films come first, the earlier one of equals; one without opinion is not listed', () => {
  const top = new Int32Array(10);
  const size = bestOf(
    { scores: Float32Array.of(1, 5, 5, 0), films: Int32Array.of(1, 2, 3, 4), wanted: new Uint8Array(4), held: 0 },
    Float64Array.of(2),
    top,
  );
  expect([...top.subarray(0, size)]).toEqual([1, 2, 0]);
});

test('finds the weights that serve the samples, the same ones for the same seed', () => {
  const popularity = new Float64Array(films).fill(0.5);
  const search = () => searchWeights({ start, figures: (weights) => figuresOf(samples, weights, popularity), random: seeded(1), onTrial() {} });
  const found = search();
  expect(found).toEqual(search());
  expect(found.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1);
  expect(found[2]!).toBeLessThan(0.1);
  expect(Math.min(found[0]!, found[1]!)).toBeGreaterThan(0.25);
  expect(mean(gains(samples, found))).toBeGreaterThan(mean(gains(samples, Float64Array.of(1, 0, 0))) + 0.1);
});

test('a comparison has its interval around the difference, and none where nothing changes', () => {
  const fresh = Array.from({ length: 120 }, () => sample(random)),
    popularity = new Float64Array(films).fill(0.5);
  const { changes, viewers } = compare(fresh, start, scaled(Float64Array.of(1, 1, 0)), popularity);
  const [ndcg] = changes;
  expect(viewers).toBe(120);
  expect(ndcg!.low).toBeGreaterThan(0);
  expect(ndcg!.high).toBeGreaterThan(ndcg!.after - ndcg!.before);
  expect(ndcg!.low).toBeLessThan(ndcg!.after - ndcg!.before);
  expect(changes.find(({ metric }) => metric === 'novelty10')).toMatchObject({ before: 1, after: 1, low: 0, high: 0 });
  for (const { low, high, metric } of compare(fresh, start, start, popularity).changes)
    if (metric !== 'coverage10') expect([low, high]).toEqual([0, 0]);
});

describe('guardrails', () => {
  /** The first algorithm is the better one, and shows the same few well-known films to everybody. */
  const known = Float64Array.from({ length: films }, (_, film) => (film % 2 === 0 ? 0.9 : 0.1));
  const figures = (weights: Float64Array) => figuresOf(samples, weights, known),
    now = Float64Array.of(0, 1, 0);

  test('no weights are proposed that cost more novelty or coverage than allowed, though some would be better', () => {
    const free = searchWeights({
      start: now,
      figures: (weights) => figuresOf(samples, weights, new Float64Array(films).fill(0.5)),
      random: seeded(1),
      onTrial() {},
    });
    const kept = searchWeights({ start: now, figures, random: seeded(1), onTrial() {} });
    expect(holds(figures(free), limitsOf(figures(now)))).toBe(false);
    expect(figures(kept).novelty).toBeGreaterThanOrEqual(figures(now).novelty * (1 - margins.novelty));
    expect(figures(kept).coverage).toBeGreaterThanOrEqual(figures(now).coverage * (1 - margins.coverage));
    expect(figures(kept).ndcg).toBeGreaterThanOrEqual(figures(now).ndcg);
    expect(figures(kept).ndcg).toBeLessThan(figures(free).ndcg);
  });

  test('where they break for viewers whom the search did not see, the proposal goes back towards the weights in use', () => {
    const broken = Float64Array.of(1, 0, 0),
      back = asFarAsAllowed(now, broken, figures);
    expect(holds(figures(broken), limitsOf(figures(now)))).toBe(false);
    expect(holds(figures(back), limitsOf(figures(now)))).toBe(true);
    expect(asFarAsAllowed(now, broken, ({ 0: first }) => ({ ndcg: 1, novelty: 1, coverage: first! > 0 ? 0 : 1 }))).toBe(now);
    expect(asFarAsAllowed(now, broken, () => ({ ndcg: 1, novelty: 1, coverage: 1 }))).toEqual(broken);
  });

  test('where it would serve the others worse, nothing is proposed', () => {
    const lucky = (weights: Float64Array) => ({ ndcg: weights === now ? 1 : 0.99, novelty: 1, coverage: 1 });
    expect(asFarAsAllowed(now, Float64Array.of(1, 0, 0), lucky)).toBe(now);
  });

  test('the weights that are checked are those that are saved, with two digits', () => {
    /** Coverage holds up to .334 of the first algorithm, which .334 itself would become .33 of, and .335 would become .34 of. */
    const upTo = ({ 0: first }: Float64Array) => ({ ndcg: 1, novelty: 1, coverage: first! > 0.334 ? 0 : 1 }),
      wished = (first: number) => Float64Array.of(first, 1 - first, 0);
    expect(asFarAsAllowed(now, wished(0.3339), upTo, rounded)).toEqual(Float64Array.of(0.33, 0.67, 0));
    expect(asFarAsAllowed(now, wished(0.4468), upTo, rounded)[0]).toBeLessThanOrEqual(0.334);
  });
});
