import { compare } from '../../jobs/weights/compare.ts';
import { scaled, searchWeights } from '../../jobs/weights/search.ts';
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
  const search = () => searchWeights(samples, { start, random: seeded(1), onTrial() {} });
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
