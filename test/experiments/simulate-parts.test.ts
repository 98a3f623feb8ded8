import { normal, seeded } from '../../math/random.ts';
import { clicksOn, deedFor, habitAfter, starsFor } from '../../plugins/experiments/simulate/behaviour.ts';
import { hasForm, listsOn, tokenOn, type Card } from '../../plugins/experiments/simulate/page.ts';
import { suitsOf } from '../../plugins/experiments/simulate/taste.ts';
import { builtInFilms } from '../../plugins/catalogue/seed.ts';
import { drawLiking, filmTastes, match } from '../../plugins/history/seed/tastes.ts';
import { watch } from '../../plugins/history/seed/watch.ts';

describe('what simulated viewers like', () => {
  test('is found from their ratings: it correlates with the hidden truth', () => {
    const films = builtInFilms(),
      tastes = filmTastes(films),
      now = 1.7e9,
      random = seeded(3);
    const world = {
      tastes,
      quality: Float64Array.from(films, () => normal(random)),
      fame: Float64Array.from(films, (_, i) => 1 / (i + 15) ** 0.8),
      trending: new Set<number>(),
    };
    const histories = Array.from({ length: 60 }, (_, viewer) => {
      const draws = seeded(100 + viewer),
        first = drawLiking(draws),
        later = drawLiking(draws).map((value, k) => 0.65 * first[k]! + 0.35 * value);
      return { truth: match(later, tastes), ratings: watch(world, { viewer, joined: now - 3e7, now, count: 40 }, seeded(100 + viewer)) };
    });
    const popularity = films.map(() => 0),
      stars = films.map(() => 3.3);
    for (const { ratings } of histories)
      for (const rating of ratings) {
        popularity[rating.film]!++;
        stars[rating.film]! += rating.stars;
      }
    const known = { ids: films.map((_, i) => i), tastes, popularity, mean: stars.map((sum, i) => sum / (popularity[i]! + 1)) };
    const found = histories.map(({ truth, ratings }) => correlation(truth, suitsOf(known, ratings))).sort((a, b) => a - b);
    expect(found[30]).toBeGreaterThan(0.8);
    expect(found[3]).toBeGreaterThan(0.6);
  });

  test('is nothing in particular without ratings, and films that are gone do no harm', () => {
    const films = { ids: [1, 2], tastes: [Float64Array.of(1, 0), Float64Array.of(0, 1)], popularity: [5, 1], mean: [3, 3] };
    expect([...suitsOf(films, [])].every(Number.isFinite)).toBe(true);
    expect([...suitsOf(films, [{ film: 99, stars: 5 }])].every(Number.isFinite)).toBe(true);
    const [first, second] = suitsOf(films, [
      { film: 2, stars: 5 },
      { film: 2, stars: 5 },
    ]) as unknown as [number, number];
    expect(second).toBeGreaterThan(first);
  });
});

/** Pearson's, of standardised values. */
const correlation = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0) / a.length;

describe('what simulated viewers do', () => {
  const lists = Array.from({ length: 4 }, (_, row) =>
    Array.from({ length: 20 }, (_unused, place): Card => ({ href: `${row}/${place}`, film: row * 20 + place })),
  );
  const many = (suit: number, knows = false) => {
    const random = seeded(1);
    return Array.from({ length: 3000 }, () => clicksOn(lists, { suit: () => suit, knows: () => knows }, random));
  };
  const total = (clicks: Card[][]) => clicks.reduce((sum, { length }) => sum + length, 0);

  test('they click more on what suits them, and hardly on what they know', () => {
    const none = total(many(0)),
      well = total(many(1.5));
    expect(well / none).toBeGreaterThan(2);
    expect(total(many(1.5, true)) / well).toBeLessThan(0.2);
    expect(Math.max(...many(3).map(({ length }) => length))).toBe(5);
  });

  test('they look at the upper rows and the first places most', () => {
    const clicks = many(0).flat(),
      share = (of: (card: Card) => boolean) => clicks.filter(of).length / clicks.length;
    expect(share(({ film }) => film < 20)).toBeGreaterThan(share(({ film }) => film >= 60) * 1.3);
    expect(share(({ film }) => film % 20 < 5)).toBeGreaterThan(share(({ film }) => film % 20 >= 15) * 1.5);
  });

  test('they rate what suits them higher, in halves from ½ to 5, and do more with it', () => {
    const random = seeded(2),
      mean = (suit: number) => Array.from({ length: 2000 }, () => starsFor(suit, 3.3, random)).reduce((a, b) => a + b, 0) / 2000;
    expect(mean(2) - mean(-2)).toBeGreaterThan(1.2);
    for (let i = 0; i < 500; i++) expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).toContain(starsFor(4 * (random() - 0.5), 3, random) * 2);
    const left = (suit: number) => Array.from({ length: 2000 }, () => deedFor(suit, random)).filter((deed) => deed === 'leave').length;
    expect(left(-1)).toBeGreaterThan(left(2) + 200);
  });

  test('who finds nothing comes less, and some never again', () => {
    const random = seeded(4),
      after = Array.from({ length: 1000 }, () => habitAfter(0.6, 0, random));
    expect(after.filter((habit) => habit === 0).length).toBeGreaterThan(30);
    expect(Math.max(...after)).toBeLessThan(0.6);
    expect(habitAfter(0.6, 2, random)).toBeGreaterThan(0.6);
    expect(habitAfter(0.9, 2, random)).toBe(0.9);
  });
});

describe('what a page says', () => {
  const list = '11111111-2222-4333-8444-555555555555';
  const html = `<form action="/film/7/rating"><input type="hidden" name="csrf" value="abc-_1"></form>
    <a class="card-link" href="/go/${list}/0">
      <img class="poster" src="/poster/7.svg?v=1a" alt=""></a><a class="card-link" href="/go/${list}/1"><img class="poster" src="/poster/9.svg"></a>
    <a class="card-link" href="/film/3"><img class="poster" src="/poster/3.svg"></a>`;

  test('its lists, its forms and their token', () => {
    expect(listsOn(html)).toEqual([
      [
        { href: `/go/${list}/0`, film: 7 },
        { href: `/go/${list}/1`, film: 9 },
      ],
    ]);
    expect(tokenOn(html)).toBe('abc-_1');
    expect([hasForm(html, '/film/7/rating'), hasForm(html, '/film/7/watchlist'), tokenOn('<p>')]).toEqual([true, false, undefined]);
  });
});
