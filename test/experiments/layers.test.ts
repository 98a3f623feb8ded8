import { Layers } from '../../plugins/experiments/layers/service.ts';
import { CompiledExperiments } from '../../plugins/experiments/assignment/compiled.ts';
import { experimentsIn } from '../../plugins/experiments/model.ts';
import { nobodyKnown, somebody } from './people.ts';
import { bootSite, type Site } from './site.ts';

const at = new Date('2026-03-01T12:00:00Z');
const units = Array.from({ length: 4000 }, (_, i) => i + 1);

describe('layers and holdouts', () => {
  let site: Site, layers: Layers;
  const change = ({ version }: { version: number }) => ({ version, operator: null, at });
  const inLayer = async (layer: number, start: number, end: number, name = 'In a layer') => {
    const draft = await site.service.create(site.draft({ name, layer, start, end }), null);
    return site.service.launch(draft.id, change(draft));
  };
  const compiled = async () => new CompiledExperiments(await experimentsIn(site.sql, ['running']));
  beforeAll(async () => {
    site = await bootSite();
    layers = new Layers(site.sql, site.bus);
  });
  afterAll(() => site.stop());

  test('are made, changed and deleted, each with its audit row and only as they were looked at', async () => {
    const made = await layers.create({ name: 'Home page', description: 'Rows' }, null);
    const edited = await layers.edit(made.id, { name: 'Home' }, change(made));
    expect(edited).toMatchObject({ name: 'Home', key: made.key, version: 2 });
    await expect(layers.edit(made.id, { name: 'Late' }, change(made))).rejects.toMatchObject({ code: 'STALE' });
    await expect(layers.create({ name: 'Home' }, null)).rejects.toMatchObject({ status: 409 });
    await expect(layers.create({ name: '  ' }, null)).rejects.toMatchObject({ status: 422, fields: { name: expect.any(String) } });
    await layers.delete(made.id, change(edited));
    await expect(layers.delete(made.id, change(edited))).rejects.toMatchObject({ status: 404 });
    const rows = await site.sql.rows<{ action: string }>('select action from audit_log where subject = $1 order by id', [`layer ${made.id}`]);
    expect(rows.map(({ action }) => action)).toEqual(['layer.create', 'layer.edit', 'layer.delete']);
  });

  test('nobody is in two experiments of a layer; ranges that overlap are refused', async () => {
    const { id } = await layers.create({ name: 'Lists' }, null);
    const low = await inLayer(id, 0, 0.4, 'Low'),
      high = await inLayer(id, 0.4, 1, 'High');
    await expect(inLayer(id, 0.3, 0.5, 'Both')).rejects.toMatchObject({ status: 409, message: expect.stringContaining('same layer') });
    const experiments = await compiled(),
      counts = new Map<number, number>();
    for (const unit of units) {
      const assigned = experiments.assign(unit, somebody, nobodyKnown, at);
      expect(assigned).toHaveLength(1);
      counts.set(assigned[0]!.experiment, (counts.get(assigned[0]!.experiment) ?? 0) + 1);
    }
    expect(counts.get(low.id)! / units.length).toBeCloseTo(0.4, 1);
    const { layers: all } = await layers.all();
    expect(all.find((layer) => layer.id === id)!.experiments).toMatchObject([
      { name: 'Low', start: 0, end: 0.4 },
      { name: 'High', start: 0.4, end: 1 },
    ]);
    await expect(layers.delete(id, { version: 1, operator: null })).rejects.toMatchObject({ status: 409, message: expect.stringContaining('Both') });
    for (const one of [low, high]) await site.service.stop(one.id, { decision: 'keep', reason: 'x' }, change(one));
  });

  test('a holdout keeps its share out of the layer’s experiments, and both sides are recorded', async () => {
    const { id } = await layers.create({ name: 'Held' }, null);
    const experiment = await inLayer(id, 0, 1, 'All of it');
    const holdout = await layers.holdOut({ name: 'Winter', layer: id, share: 20 }, null, at);
    expect(holdout).toMatchObject({ kind: 'holdout', status: 'running', arms: [{ share: 20 }, { share: 80 }] });
    const experiments = await compiled();
    let out = 0;
    for (const unit of units) {
      const assigned = experiments.assign(unit, somebody, nobodyKnown, at),
        side = assigned.find((one) => one.experiment === holdout.id)!.arm;
      expect(assigned.some((one) => one.experiment === experiment.id)).toBe(side === 'b');
      out += Number(side === 'control');
    }
    expect(out / units.length).toBeGreaterThan(0.17);
    expect(out / units.length).toBeLessThan(0.23);
    await expect(layers.holdOut({ name: 'Second', layer: id, share: 5 }, null, at)).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining('Winter'),
    });
    const whole = await layers.holdOut({ name: 'Whole site', layer: null, share: 5 }, null, at);
    expect((await layers.all()).holdout).toMatchObject({ name: 'Whole site', share: 5 });
    for (const one of [experiment, holdout, whole]) await site.service.stop(one.id, { decision: 'keep', reason: 'Over.' }, change(one));
    expect((await layers.all()).holdout).toBeNull();
  });

  test('what no holdout can be is refused', async () => {
    for (const [input, field] of [
      [{ name: 'X', share: 60 }, 'share'],
      [{ name: '', share: 5 }, 'name'],
      [{ name: 'X', share: Number.NaN }, 'share'],
    ] as const)
      await expect(layers.holdOut(input, null, at)).rejects.toMatchObject({ status: 422, fields: { [field]: expect.any(String) } });
    await expect(layers.holdOut({ name: 'X', layer: 99_999, share: 5 }, null, at)).rejects.toMatchObject({ status: 404 });
  });
});
