import { gatherSignals, readEvents, type Signals } from '../../recommend/signals.ts';
import { loadTrainingData } from '../../jobs/training/training-data.ts';
import { rowIndex, rowValues } from '../../math/sparse.ts';
import { History } from '../../plugins/history/api.ts';
import { bootSite, type Site } from './site.ts';

const at = new Date(Date.UTC(2025, 0, 1));

/** Stars around 3, and what the history plugin tells of by itself. */
describe('preferences', () => {
  let site: Site, unit: number, shy: number, signals: Signals;
  beforeAll(async () => {
    site = await bootSite();
    const history = site.host.find(History)!,
      [a, b, c] = site.films as [number, number, number];
    [unit, shy] = (await site.units(2)) as [number, number];
    signals = site.recommender.signals();
    await history.rate(unit, a, 3.5, at);
    await history.watch(unit, a, at);
    await history.watch(unit, b, at);
    await history.dismiss(unit, c, at);
    await history.dismiss(shy, b, at);
  });
  afterAll(() => site.stop());

  test('are the same in a request and in training', async () => {
    const session = await site.recommender.open(unit, at);
    expect([...session.viewer.preferences.weight]).toEqual([1, 1, -0.5]);
    const { data } = await loadTrainingData(site.sql, site.plugins, signals);
    const row = data.units.indexOf(unit);
    expect(rowIndex(data.preferences, row)).toEqual(session.viewer.preferences.films);
    expect(rowValues(data.preferences, row)).toEqual(session.viewer.preferences.weight);
    expect(rowIndex(data.ratings, row).length).toBe(1);
  });

  test('know units that rated nothing, in training too', async () => {
    const { data } = await loadTrainingData(site.sql, site.plugins, signals);
    const row = data.units.indexOf(shy);
    expect([...rowValues(data.preferences, row)]).toEqual([-0.5]);
    expect(rowIndex(data.ratings, row).length).toBe(0);
  });

  test('leave out the kinds that an operator gave no weight, and name different data then', async () => {
    const fewer = { ...signals, events: signals.events.filter(({ kind }) => kind !== 'dismissed') };
    const [all, some] = [await loadTrainingData(site.sql, site.plugins, signals), await loadTrainingData(site.sql, site.plugins, fewer)];
    expect(some.data.units.indexOf(shy)).toBe(-1);
    expect(some.fingerprint).not.toBe(all.fingerprint);
    expect(await readEvents(site.sql, fewer, unit)).toEqual([[], site.films.slice(0, 2)]); // clicks, watched
    expect(await readEvents(site.sql, gatherSignals([]), unit)).toEqual([]);
  });
});
