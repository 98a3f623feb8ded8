import { explore, noChance, poolSize, seedOf } from '../../recommend/exploration.ts';

const films = Array.from({ length: 120 }, (_, i) => 1000 + i);
const seeds = Array.from({ length: 20_000 }, (_, unit) => seedOf(unit + 1, new Date('2026-03-01T12:00:00Z')));

test('without temperature nothing moves', () => {
  expect(explore(films, noChance, 1)).toEqual({ films, propensities: new Map() });
});

test('one seed gives one list; the day changes it', () => {
  const at = (day: string) => explore(films, { temperature: 1, from: 0 }, seedOf(7, new Date(day))).films;
  expect(at('2026-03-01T00:00:00Z')).toEqual(at('2026-03-01T23:59:59Z'));
  expect(at('2026-03-01T00:00:00Z')).not.toEqual(at('2026-03-02T00:00:00Z'));
});

test('the first places, and what lies beyond the pool, are left alone; every film comes once', () => {
  const { films: drawn, propensities } = explore(films, { temperature: 2, from: 3 }, 99);
  expect(drawn.slice(0, 3)).toEqual(films.slice(0, 3));
  expect(drawn.slice(poolSize)).toEqual(films.slice(poolSize));
  expect(drawn.toSorted((a, b) => a - b)).toEqual(films);
  expect(films.slice(0, 3).map((film) => propensities.get(film))).toEqual([1, 1, 1]);
});

test.each([0.3, 1, 2])('at temperature %d a film comes first as often as its propensity says', (temperature) => {
  const three = films.slice(0, 3),
    worths = three.map((_, i) => (i + 1) ** (-1 / temperature)),
    total = worths.reduce((sum, worth) => sum + worth, 0);
  const firsts = seeds.map((seed) => explore(three, { temperature, from: 0 }, seed));
  three.forEach((film, i) => {
    const share = firsts.filter(({ films: [first] }) => first === film).length / seeds.length;
    expect(share).toBeCloseTo(worths[i]! / total, 1.7);
    const logged = firsts.find(({ films: [first] }) => first === film);
    if (logged) expect(logged.propensities.get(film)).toBeCloseTo(worths[i]! / total, 10);
  });
});

test('a later place is counted given the films before it: weighting by 1 / propensity counts every film once', () => {
  const four = films.slice(0, 4),
    sums = new Map(four.map((film) => [film, 0]));
  for (const seed of seeds) {
    const { films: drawn, propensities } = explore(four, { temperature: 1, from: 0 }, seed);
    // Of the films that are left for the second place, each gets weight 1 on average.
    sums.set(drawn[1]!, sums.get(drawn[1]!)! + 1 / propensities.get(drawn[1]!)!);
  }
  for (const [i, film] of four.entries()) {
    const first = (i + 1) ** -1 / four.reduce((sum, _, j) => sum + 1 / (j + 1), 0);
    expect(sums.get(film)! / seeds.length).toBeCloseTo(1 - first, 1);
  }
});
