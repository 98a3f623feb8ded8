import { attributeTypes, ViewerAttributes } from '../../plugins/experiments/assignment/attributes.ts';
import { audienceOf } from '../../plugins/experiments/assignment/audience.ts';
import { isMeant } from '../../plugins/experiments/assignment/targeting.ts';
import { Facts, type UnitFacts } from '../../plugins/experiments/assignment/facts.ts';
import { silent } from '../../core/log.ts';
import { Catalogues } from '../../core/services.ts';
import { addFilms } from '../harness/app.ts';
import { bootSite, storeUnits, type Site } from './site.ts';

const now = new Date('2026-06-01T12:00:00Z');

describe('who would take part', () => {
  let site: Site, units: number[], films: number[];
  beforeAll(async () => {
    site = await bootSite();
    films = await addFilms(
      site,
      Array.from({ length: 12 }, (_, i) => ({ title: `Film ${i}` })),
    );
    await site.sql.rows(`insert into genre (name) values ('Drama'), ('Comedy'), ('Horror')`);
    await site.sql.rows(
      `insert into film_genre (film, genre, ord) select f, g.id, 0 from unnest($1::integer[]) with ordinality as t (f, n)
      join genre g on g.name = (array['Drama', 'Comedy', 'Horror'])[1 + n % 3]`,
      [films],
    );
    await site.sql.transaction((tx) => site.bus.notify(tx, 'catalogue'));
    while (site.host.find(Catalogues)!.current().cards[0]!.genres.length === 0) await new Promise((done) => setImmediate(done));
    units = await storeUnits(site.sql, 30);
    const staff = await storeUnits(site.sql, 4, { staff: true }),
      simulated = await storeUnits(site.sql, 6, { simulated: true }),
      [gone] = (await storeUnits(site.sql, 1)) as [number];
    await site.sql.rows(`update unit set created_at = $2::timestamptz - id * interval '1 day' where id = any($1)`, [units, now]);
    await site.sql.rows(
      `insert into rating (unit, film, stars, rated_at) select u, f, 1 + (u * f) % 5, $3 from unnest($1::integer[]) u, unnest($2::integer[]) f where (u + f) % 3 > 0 and u % 3 > 0`,
      [units, films, now],
    );
    await site.sql.rows(
      `insert into served_list (id, unit, surface, films, algorithms, served_at) select gen_random_uuid(), u, 'home', '{}', '{}', $2 from unnest($1::integer[]) u`,
      [[...units, ...staff, ...simulated], new Date(now.getTime() - 86_400_000)],
    );
    await site.sql.rows(
      `insert into served_list (id, unit, surface, films, algorithms, served_at) values (gen_random_uuid(), $1, 'home', '{}', '{}', $2)`,
      [gone, new Date(now.getTime() - 40 * 86_400_000)],
    );
  });
  afterAll(() => site.stop());

  test('those who came lately, without staff and simulated ones unless they are wanted', async () => {
    expect(await audienceOf(site.sql, {}, now)).toEqual({ units: 40, eligible: 30, targeted: 30, inRange: 30, takePart: 30, estimated: false });
    expect(await audienceOf(site.sql, { includeStaff: true, includeSimulated: true, coverage: 0.5 }, now)).toMatchObject({
      eligible: 40,
      takePart: 20,
    });
  });

  test('a condition counts the same units as serving takes in', async () => {
    const facts = new Facts(site.sql, silent);
    for (const targeting of [
      { ratings: { $gt: 0 } },
      { favouriteGenres: { $in: ['Drama'] } },
      { favouriteGenres: { $all: ['Drama', 'Horror'] } },
      { daysSinceSignUp: { $lt: 20 } },
      { signUpDate: { $gte: '2026-05-15' } },
      { signedIn: false },
    ]) {
      const { targeted } = await audienceOf(site.sql, { targeting }, now);
      let served = 0;
      for (const unit of units) {
        const { viewer } = await site.recommender.open(unit, now);
        served += Number(isMeant(new ViewerAttributes(await facts.of(unit), viewer, site.host.find(Catalogues)!.current(), now), targeting));
      }
      expect([targeting, targeted]).toEqual([targeting, served]);
    }
    expect((await audienceOf(site.sql, { targeting: { ratings: { $gt: 0 } } }, now)).targeted).toBe(20);
  });

  test('a wrong condition is refused with its sentence', async () => {
    await expect(audienceOf(site.sql, { targeting: { shoeSize: 44 } }, now)).rejects.toMatchObject({
      status: 422,
      fields: { targeting: expect.stringContaining(Object.keys(attributeTypes).join(', ')) },
    });
  });

  test('what is remembered of a unit is forgotten when it changes', async () => {
    const facts = new Facts(site.sql, silent),
      undo = facts.open(site.bus),
      unit = units[0]!;
    expect(await facts.of(unit)).toMatchObject({ staff: false, forced: [] });
    expect(facts.of(unit)).not.toBeInstanceOf(Promise);
    await site.sql.rows('update unit set staff = true where id = $1', [unit]);
    while (!(facts.of(unit) instanceof Promise)) await new Promise((done) => setImmediate(done));
    expect(await facts.of(unit)).toMatchObject({ staff: true });
    await site.sql.rows('update unit set staff = false where id = $1', [unit]);
    undo();
  });
});

test('what is kept of a history is made anew with the history', () => {
  const facts: UnitFacts = { staff: false, simulated: false, signedIn: true, since: now, country: null, forced: [], placed: [] };
  const catalogue = {
    size: 2,
    visible: new Uint8Array([1, 1]),
    position: (id: number) => id - 1,
    cards: ['Drama', 'Horror'].map((genre, i) => ({ id: i + 1, title: genre, year: 2000, genres: [genre], traits: new Int32Array() })),
  };
  const attributes = (stars: number[], films = [0, 1], of = catalogue) => {
    const viewer = { unit: 1, films: Int32Array.from(films), stars: Float32Array.from(stars), dismissed: new Int32Array(), preferences: none };
    const { ratings, favouriteGenres } = new ViewerAttributes(facts, viewer, of, now);
    return [ratings, ...favouriteGenres];
  };
  expect(attributes([5, 1])).toEqual([2, 'Drama']);
  expect(attributes([5, 1])).toEqual([2, 'Drama']);
  expect(attributes([1, 5])).toEqual([2, 'Horror']);
  expect(attributes([5, Number.NaN])).toEqual([1, 'Drama']);
  expect(attributes([5], [1])).toEqual([1, 'Horror']);
  expect(attributes([5], [1], { ...catalogue, cards: catalogue.cards.toReversed() })).toEqual([1, 'Drama']);
});
const none = { films: new Int32Array(), weight: new Float32Array() };
