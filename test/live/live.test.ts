import { plugins } from '../../config/plugins.ts';
import { train } from '../../jobs/training/train.ts';
import { loadTrainingData } from '../../jobs/training/training-data.ts';
import { click } from '../../plugins/tracking/clicks.ts';
import { History, type HistoryService } from '../../plugins/history/api.ts';
import { addFilms, bootApp, type Booted } from '../harness/app.ts';

const algorithms = plugins.flatMap((plugin) => (plugin.algorithms ?? []).map((algorithm) => ({ id: algorithm.id, algorithm, plugin })));
/** These say the same to everybody, so only what may be listed follows the viewer. */
const impersonal = ['popularity', 'trending'];
/** iALS learns from what speaks for films alone; biased-mf from stars alone, so a click is nothing to it, either. */
const positive = ['ials', 'biased-mf'];
const groups = 3,
  films = 60;

/** Viewers of three tastes, and one more whom the tests act for. */
async function fill({ sql }: Booted, ids: readonly number[]): Promise<number> {
  await sql.rows('insert into unit (visitor) select gen_random_uuid() from generate_series(1, 90)');
  await sql.rows(
    `insert into rating (unit, film, stars, rated_at)
    select u.id, f.id, case when f.place % $2 = u.id % $2 then 4.5 else 2 end, now() - interval '1 day' * ((u.id * 7 + f.place) % 300)
    from unit u, unnest($1::integer[]) with ordinality f (id, place)
    where (u.id * 31 + f.place * 17) % 5 < case when f.place % $2 = u.id % $2 then 4 else 1 end`,
    [ids, groups],
  );
  const [{ id }] = (await sql.rows<{ id: number }>('insert into unit (visitor) values (gen_random_uuid()) returning id')) as [{ id: number }];
  await sql.rows('insert into rating (unit, film, stars, rated_at) select $1, f, 5, now() from unnest($2::integer[]) f', [
    id,
    [ids[0], ids[3], ids[6]],
  ]);
  return id;
}

describe('a web process knows at once what a viewer did on another one', () => {
  let one: Booted, other: Booted, history: HistoryService, unit: number, ids: readonly number[];
  beforeAll(async () => {
    one = await bootApp({ plugins });
    ids = await addFilms(
      one,
      Array.from({ length: films }, (_, i) => ({ title: `Film ${i}`, year: 1990 + (i % 30) })),
    );
    await one.sql.rows(
      `update film set plot = concat_ws(' ', (array['sailors', 'gardeners', 'spies'])[1 + id % $1],
        (array['harbour', 'castle', 'desert', 'island', 'railway', 'forest', 'theatre'])[1 + id % 7],
        (array['winter', 'summer', 'autumn', 'night', 'morning'])[1 + id % 5])`,
      [groups],
    );
    unit = await fill(one, ids);
    const loaded = await loadTrainingData(one.sql, plugins, one.recommender.signals());
    for (const { algorithm, plugin } of algorithms) {
      const settings = (plugin.config?.parse({}) ?? {}) as object;
      await one.models.publish(await train(algorithm, loaded, { settings, seed: 1, signal: new AbortController().signal, progress() {} }));
    }
    other = await bootApp({ plugins, databaseUrl: one.databaseUrl });
    history = one.host.find(History)!;
  }, 120_000);
  afterAll(async () => {
    await other.stop();
    await one.stop();
  });

  const listed = async (id: string): Promise<ReadonlyMap<number, number>> => {
    const session = await other.recommender.open(unit, new Date());
    return new Map(session.byAlgorithm(id, { surface: 'test', size: films }).films.map(({ film, score }) => [film, score]));
  };
  const changed = (before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): boolean =>
    [...after].some(([film, score]) => before.has(film) && Math.abs(before.get(film)! - score) > 1e-6);

  describe.each(algorithms)('$id', ({ id }) => {
    test('follows a rating, in what it lists and (where it is personal) in its scores', async () => {
      const before = await listed(id),
        rated = [...before.keys()][0]!;
      await history.rate(unit, rated, 1, new Date());
      const after = await listed(id);
      await history.unrate(unit, rated);
      expect(before.has(rated)).toBe(true);
      expect(after.has(rated)).toBe(false);
      expect(changed(before, after)).toBe(!impersonal.includes(id));
      expect(await listed(id)).toEqual(before);
    });

    test('follows a dismissal', async () => {
      const before = await listed(id),
        dismissed = [...before.keys()][1]!;
      await history.dismiss(unit, dismissed, new Date());
      const after = await listed(id);
      await history.undismiss(unit, dismissed);
      expect(after.has(dismissed)).toBe(false);
      expect(changed(before, after)).toBe(![...impersonal, ...positive].includes(id));
    });

    test('follows a click', async () => {
      const session = await one.recommender.open(unit, new Date());
      const list = session.forViewer({ surface: 'home.for-you', size: 5 });
      const before = await listed(id);
      await one.sql.rows(
        `insert into served_list (id, unit, surface, films, algorithms, served_at) values ($1, $2, 'test', $3, array_fill('svd'::text, array[5]), now())`,
        [list.id, unit, list.films.map(({ film }) => film)],
      );
      await click(one.sql, { list: list.id, position: 0, unit, at: new Date() });
      const clicked = (await other.recommender.open(unit, new Date())).viewer.preferences.films.length;
      const after = await listed(id);
      await one.sql.rows('delete from click where unit = $1', [unit]);
      expect(clicked).toBe(session.viewer.preferences.films.length + 1);
      expect(changed(before, after)).toBe(!impersonal.includes(id) && id !== 'biased-mf');
    });
  });
});
