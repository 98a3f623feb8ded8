import { changedUnits, loadBatch } from '../../jobs/training/batch.ts';
import { updateOnNewFilms } from '../../jobs/training/update.ts';
import { addFilms } from '../harness/app.ts';
import { bootTraining, plugins, type TrainingSite } from './site.ts';

let site: TrainingSite;
beforeEach(async () => {
  site = await bootTraining();
});
afterEach(() => site.stop());

const train = () => site.memoryJobs.run('models.train', { algorithm: 'counted' });
const snapshot = async (): Promise<string> => (await site.sql.one<{ now: string }>('select pg_current_snapshot()::text as now'))!.now;

describe('a training', () => {
  test('is published with its figures; the second one says how far the first had drifted', async () => {
    expect(await train()).toMatchObject({ version: 1, served: true, verdict: expect.stringMatching(/^The first/) });
    await site.models.refresh();
    await train();
    const [second, first] = await site.models.versions();
    expect(first).toMatchObject({ version: 1, films: 40, update: null });
    expect(first!.peakBytes).toBeGreaterThan(1e6);
    expect(first!.metrics.drift).toBeUndefined();
    expect(second).toMatchObject({ fingerprint: first!.fingerprint, metrics: { drift: { overlap20: 1, viewers: 8, version: 1, revision: 0 } } });
  });

  test('that got worse is refused: the job says so, and the champion stays', async () => {
    await train();
    const { version } = await site.settings.state('counted');
    await site.settings.change('counted', { settings: { turned: true }, version }, null);
    const result = (await train()) as { served: boolean; verdict: string };
    const [second] = await site.models.versions();
    expect(second).toMatchObject({ version: 2, active: false, refused: true, verdict: result.verdict, settings: { turned: true } });
    expect(result).toMatchObject({ served: false, verdict: expect.stringMatching(/ below .* of version 1; the tolerance is 10 %/) });
  });
});

describe('micro-batches', () => {
  const updateAll = () => site.memoryJobs.run('models.update-all') as Promise<Record<string, string>>;
  const update = () => site.memoryJobs.run('models.update', { algorithm: 'counted' });
  const queued = () => site.memoryJobs.queue.map(({ name, payload }) => ({ name, payload }));

  test('ask for nothing while nothing changed, and say why some are left alone', async () => {
    expect(await updateAll()).toEqual({ counted: 'no model', whole: 'only trained as a whole' });
    await train();
    expect(await updateAll()).toEqual({ counted: 'nothing changed', whole: 'only trained as a whole' });
    expect(await update()).toEqual({ updated: false, why: 'nothing changed' });
    expect(queued()).toEqual([]);
  });

  test('bring a film that was added, and its ratings, into the lists', async () => {
    await train();
    const [film] = await addFilms(site, [{ title: 'Brand new' }]);
    for (const unit of [2, 3, 5, 7, 8]) await site.rate(unit, [film!]);
    expect(await updateAll()).toMatchObject({ counted: '5 viewers changed, 1 films are new' });
    expect(queued()).toEqual([{ name: 'models.update', payload: { algorithm: 'counted' } }]);
    const result = await update();
    expect(result).toMatchObject({ updated: true, units: 5, films: 41 });
    await site.models.refresh();
    expect(site.models.loaded.get('counted')).toMatchObject({ version: 1, revision: 1, films: 41 });
    const list = (await site.recommender.open(1, new Date())).byAlgorithm('counted', { surface: 'test', size: 41 });
    const place = list.films.findIndex((one) => one.film === film);
    expect(list.films[place]!.score).toBeGreaterThan(list.films[place + 1]!.score);
    expect(await updateAll()).toMatchObject({ counted: 'nothing changed' });
  });

  test('are asked for when a film came, without waiting for the clock', async () => {
    const undo = updateOnNewFilms({ ...site, jobs: site.memoryJobs });
    await addFilms(site, [{ title: 'Brand new' }]);
    expect(queued()).toEqual([{ name: 'models.update-all', payload: {} }]);
    undo();
    await addFilms(site, [{ title: 'Newer still' }]);
    expect(queued()).toHaveLength(1);
  });

  test('go on from the last update, and the next training starts anew', async () => {
    await train();
    await site.rate(1, [site.films[9]!]);
    await update();
    await site.rate(2, [site.films[9]!]);
    expect(await update()).toMatchObject({ units: 1 });
    expect(await site.models.versions()).toEqual([expect.objectContaining({ update: expect.objectContaining({ revision: 2, units: 1 }) })]);
    await train();
    expect(await site.models.versions()).toEqual([
      expect.objectContaining({ version: 2, update: null, metrics: expect.objectContaining({ drift: expect.objectContaining({ revision: 2 }) }) }),
      expect.objectContaining({ version: 1 }),
    ]);
    expect(await updateAll()).toMatchObject({ counted: 'nothing changed' });
  });

  test('are dropped when a training overtook them', async () => {
    await train();
    await site.rate(1, [site.films[9]!]);
    const { publishUpdate } = site.models;
    site.models.publishUpdate = async (updated) => {
      await train();
      return publishUpdate.call(site.models, updated);
    };
    expect(await update()).toEqual({ updated: false, why: 'another model came into service meanwhile' });
    expect((await site.models.versions()).map(({ version, active, update: own }) => [version, active, own])).toEqual([
      [2, true, null],
      [1, false, null],
    ]);
  });
});

describe('who changed', () => {
  const changed = async (since: string): Promise<number[]> => [...(await changedUnits(site.sql, plugins, since))];

  test('is told of ratings, watches and dismissals that come, change or go, whenever they say that they happened', async () => {
    const since = await snapshot(),
      { films, sql } = site;
    expect(await changed(since)).toEqual([]);
    await site.rate(1, [films[10]!]);
    await sql.rows('update rating set stars = 1 where unit = 2');
    await sql.rows('delete from rating where unit = 3');
    await sql.rows('insert into watch (unit, film, watched_at) values (4, $1, now())', [films[0]!]);
    await sql.rows('insert into dismissal (unit, film, at) values (5, $1, now())', [films[0]!]);
    await sql.rows('delete from unit where id = 6');
    expect(await changed(since)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await changed(await snapshot())).toEqual([]);
  });

  test('holds those whose transaction was under way when the data was read', async () => {
    let since = '';
    await site.sql.transaction(async (tx) => {
      await tx.rows('update rating set stars = 1 where unit = 7');
      since = await snapshot();
      expect(await changed(since)).toEqual([]);
    });
    expect(await changed(since)).toEqual([7]);
  });

  test('is everybody when the snapshot comes from another cluster', async () => {
    expect(await changed('900000000:900000000:')).toHaveLength(8);
  });

  test('are read with all that they did; whoever has nothing left has an empty row', async () => {
    const { sql, films, recommender } = site;
    await sql.rows('delete from rating where unit in (3, 4)');
    await sql.rows('insert into watch (unit, film, watched_at) values (4, $1, now())', [films[11]!]);
    const { units, ratings, preferences, ...batch } = await loadBatch(sql, plugins, recommender.signals(), Int32Array.of(2, 3, 4));
    const rowsOf = ({ start, index }: typeof ratings) =>
      Object.fromEntries([...units].map((unit, row) => [unit, [...index.subarray(start[row], start[row + 1])]]));
    expect(batch.films).toHaveLength(40);
    expect(rowsOf(ratings)).toEqual({ 2: [0, 1, 2, 3, 4], 3: [], 4: [] });
    expect(rowsOf(preferences)).toEqual({ 2: [0, 1, 2, 3, 4], 3: [], 4: [11] });
    expect([units.length, ratings.rows, ratings.start.length]).toEqual([3, 3, 4]);
  });
});
