import type { Proof, ProofAnswer } from '../../plugins/experiments/proof/result.ts';
import { proofJob } from '../../plugins/experiments/proof/job.ts';
import { readPast } from '../../plugins/experiments/proof/past.ts';
import { Measures } from '../../core/services.ts';
import { silent } from '../../core/log.ts';
import type { Browser } from '../harness/app.ts';
import { bootSite, storeFilms, storeUnits, type Site } from './site.ts';

const data = '/admin/data/experiments/experiments';
type Sent<T> = { body: T & { error?: { message: string } }; status: number };

/** Some weeks of a site: each viewer saw ten films, and every fifth clicked on two of them. */
async function storePast(site: Site, viewers: number): Promise<void> {
  const films = await storeFilms(site.sql, 10),
    units = await storeUnits(site.sql, viewers);
  await site.sql.rows(
    `with list as (
      insert into served_list (id, unit, surface, blend_version, films, algorithms, served_at)
      select gen_random_uuid(), u.unit, 'home', (select min(id) from blend_version), $2, array_fill('svd'::text, array[10]), now() - interval '10 days'
      from unnest($1::integer[]) with ordinality as u (unit, n) returning id, unit
    ) insert into click (list, position, film, unit, at)
    select id, place, ($2::integer[])[place + 1], unit, now() - interval '10 days' from list, generate_series(0, 1) place where unit % 5 = 0`,
    [units, films],
  );
}

describe('a proof on the site’s own past', () => {
  let site: Site, manager: Browser;
  beforeAll(async () => {
    site = await bootSite();
    manager = await site.signedIn('manager');
  });
  afterAll(() => site.stop());
  const draft = async (over: object = {}): Promise<number> => (await site.service.create(site.draft({ mde: 0.5, ...over }), null)).id;
  const post = async (id: number, body: object = { version: 1 }): Promise<Sent<{ run: number }>> =>
    manager.agent.post(`${data}/${id}/proof`).set('sec-fetch-site', 'same-origin').send(body);
  const get = async (id: number): Promise<ProofAnswer> => (await manager.agent.get(`${data}/${id}/proof`)).body as ProofAnswer;
  const message = async (answer: Promise<Sent<unknown>>): Promise<[number, string]> => {
    const { status, body } = await answer;
    return [status, body.error!.message];
  };
  const prove = (experiment: number, runs: number, signal = new AbortController().signal, progress: (fraction: number) => void = () => {}) =>
    proofJob(site.sql, site.host.find(Measures)!, runs).run({ id: 1, payload: { experiment }, signal, progress, log: silent });

  test('is refused with a sentence where it cannot work', async () => {
    expect(await message(post(await draft()))).toEqual([409, expect.stringContaining('There were 0 viewers in the last 28 days')]);
    await storePast(site, 600);
    const [first, second] = [site.house, site.personal].map((blend, i) => ({ key: i ? 'b' : 'control', share: 50, blend }));
    const refused: [object, string][] = [
      [{ metric: 'page-time-p90' }, 'cannot be drawn anew'],
      [{ kind: 'bandit' }, 'Only an A/B test'],
      [{ kind: 'interleaving', arms: [first, second] }, 'Only an A/B test'],
      [{ metric: 'conversion' }, 'did the same'],
      [{ plannedUnits: 150 }, 'Plan more viewers'],
      [{ mde: 0.0001 }, 'Look for a larger change'],
    ];
    for (const [over, words] of refused)
      expect([over, ...(await message(post(await draft(over))))]).toEqual([over, 409, expect.stringContaining(words)]);
    const launched = await draft();
    await site.service.launch(launched, { version: 1, operator: null, at: new Date() });
    expect(await message(post(launched, { version: 2 }))).toEqual([409, expect.stringContaining('Copy it to a new draft')]);
    expect((await post(launched, { version: 'x' })).status).toBe(422);
    expect((await post(99_999)).status).toBe(404);
    expect((await post(await draft(), { version: 7 })).body.error).toMatchObject({ code: 'STALE' });
    expect(await site.sql.rows(`select from audit_log where action = 'experiment.prove'`)).toEqual([]);
    const viewer = await site.signedIn('viewer');
    expect((await viewer.agent.post(`${data}/1/proof`).set('sec-fetch-site', 'same-origin').send({ version: 1 })).status).toBe(403);
  });

  test('reads what each viewer did, nothing included, as it would be counted', async () => {
    const measures = site.host.find(Measures)!,
      past = (id: string) => readPast(site.sql, measures.metric(id)!, { includeSimulated: false, now: new Date() });
    const [clicks, ctr, back] = [await past('clicks'), await past('ctr'), await past('return-7-days')];
    const sum = (all: Float64Array): number => all.reduce((total, each) => total + each, 0);
    expect([clicks.m.length, clicks.d.length, Math.max(...clicks.m)]).toEqual([600, 0, 2]);
    expect([ctr.m.length, sum(ctr.m), sum(ctr.d)]).toEqual([600, sum(clicks.m), 6_000]);
    // Somebody who came today for the first time cannot be back within a week yet.
    expect(back.m.length).toBe(600);
    const [late] = (await storeUnits(site.sql, 1)) as [number];
    await site.sql.rows(
      `insert into served_list (id, unit, surface, blend_version, films, algorithms, served_at)
      select gen_random_uuid(), $1, 'home', (select min(id) from blend_version), array[(select min(id) from film)], array['svd'], now() - interval '1 day'`,
      [late],
    );
    expect([(await past('return-7-days')).m.length, (await past('clicks')).m.length]).toEqual([600, 601]);
    const capped = await readPast(site.sql, { ...measures.metric('clicks')!, cap: { value: 1 } }, { includeSimulated: false, now: new Date() });
    expect([Math.max(...capped.m), sum(capped.m)]).toEqual([1, sum(clicks.m) / 2]);
  });

  test('is asked for on record, worked out by a job and kept, until the draft is another one', async () => {
    const id = await draft({ name: 'To be proved' });
    const { status, body } = await post(id);
    expect(status).toBe(202);
    expect(site.memoryJobs.queue.find((job) => job.id === body.run)).toMatchObject({ name: 'experiments.prove', payload: { experiment: id } });
    expect(await site.sql.one(`select subject, operator is not null as known from audit_log where action = 'experiment.prove'`)).toEqual({
      subject: `experiment ${id}`,
      known: true,
    });
    expect(await get(id)).toEqual({ proof: null, run: null });

    const parts: number[] = [];
    expect(await prove(id, 300, undefined, (part) => parts.push(part))).toMatchObject({ runs: 300 });
    expect(parts[0]).toBe(0);
    const { proof } = await get(id);
    expect(proof).toMatchObject({
      current: true,
      own: 'fixed',
      viewers: 601,
      effect: 0.5,
      alpha: 0.05,
      runs: 300,
      metric: 'Click rate',
      without: [],
    });
    const of = (way: Proof['own']) => proof!.ways.find(({ id: one }) => one === way)!;
    for (const way of ['fixed', 'sequential', 'group-sequential'] as const) expect(of(way).falseAlarms.low).toBeLessThanOrEqual(0.05);
    expect(of('fixed-peeking').falseAlarms.low).toBeGreaterThan(0.05);
    // Half as many clicks more vary more, too, which planning leaves out: somewhat less than the planned 80 % are found.
    expect(proof!.planned).toBeCloseTo(0.8, 2);
    expect(Math.abs(of('fixed').found.share - 0.8)).toBeLessThan(0.1);
    expect(proof!.says.map(({ level }) => level)).toEqual(['good', 'warn', 'warn']);
    for (const { text } of proof!.says) expect(text).not.toMatch(/p-value|signific|power|null/i);

    await site.service.edit(id, site.draft({ name: 'To be proved', mde: 0.6 }), { version: 1, operator: null, at: new Date() });
    expect((await get(id)).proof).toMatchObject({ current: false, effect: 0.5 });
  });

  test('of planned looks without planned viewers is judged as the results would be', async () => {
    const id = await draft({ engine: 'group-sequential' });
    await prove(id, 20);
    expect((await get(id)).proof).toMatchObject({ own: 'sequential' });
    const planned = await draft({ engine: 'group-sequential', plannedUnits: 1_001, settings: { looks: 3 } });
    await prove(planned, 20);
    expect((await get(planned)).proof).toMatchObject({ own: 'group-sequential', units: 1_001, looks: 3, runs: 20 });
  });

  test('of a metric that should fall, the change is a fall, and is told as one', async () => {
    await site.sql.rows(`insert into dismissal (unit, film, at)
      select unit, (select min(id) from film), now() - interval '9 days' from served_list where unit % 4 = 0 on conflict do nothing`);
    const id = await draft({ metric: 'dismissals', mde: 0.15 });
    await prove(id, 200);
    const { proof } = await get(id);
    expect(proof).toMatchObject({ effect: -0.15, past: null });
    expect(proof!.says[1]!.text).toContain('15.0 % fewer films dismissed per viewer');
    expect(proof!.ways.find(({ id: way }) => way === 'fixed')!.found.share).toBeGreaterThan(0.6);
    expect(await message(post(await draft({ metric: 'dismissals', mde: 1 })))).toEqual([409, expect.stringContaining('cannot become 100.0')]);
  });

  test('uses what is known of viewers beforehand where the draft does, in the way that the results do', async () => {
    // Those who click clicked before: it explains most of what differs.
    for (const table of ['served_list set served_at', 'click set at']) await site.sql.rows(`update ${table} = now() - interval '27 days'`);
    await site.sql.rows(`with list as (
        insert into served_list (id, unit, surface, blend_version, films, algorithms, served_at)
        select gen_random_uuid(), unit, surface, blend_version, films, algorithms, now() - interval '30 days' from served_list
        returning id, unit, films
      ) insert into click (list, position, film, unit, at)
      select id, place, films[place + 1], unit, now() - interval '30 days' from list, generate_series(0, 1) place where unit % 5 = 0`);
    await site.sql.rows(`insert into rating (unit, film, stars, rated_at)
      select unit, (select min(id) from film), 4, now() - interval '30 days' from served_list where unit % 2 = 0 group by unit`);
    const shares = async (over: object): Promise<[Proof, number]> => {
      const id = await draft({ plannedUnits: 900, mde: 0.3, ...over });
      await prove(id, 400);
      const { proof } = await get(id);
      return [proof!, proof!.ways.find(({ id: way }) => way === 'fixed')!.found.share];
    };
    const [plain, without] = await shares({ cuped: false }),
      [known, using] = await shares({ cuped: true });
    expect([plain.past, known.past]).toEqual([null, { days: 14, groups: 2 }]);
    expect(known.planned).toBeGreaterThan(plain.planned + 0.2);
    expect(using).toBeGreaterThan(without + 0.2);
    expect(known.ways.find(({ id: way }) => way === 'fixed')!.falseAlarms.low).toBeLessThanOrEqual(0.05);
  });

  test('stops when it is cancelled, and nothing is kept', async () => {
    const id = await draft(),
      stop = new AbortController();
    await expect(prove(id, 100_000, stop.signal, (part) => part > 0 && stop.abort())).rejects.toThrow('aborted');
    expect((await get(id)).proof).toBeNull();
  });
});
