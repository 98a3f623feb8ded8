import { addFilms, type Browser } from '../harness/app.ts';
import { ordered, publishOrder } from './ordered.ts';
import { bootSite, plugins, storeUnits, type Site } from './site.ts';

const films = 12;

describe('an arm that pins a version of a model', () => {
  let site: Site, manager: Browser, id: number, ids: number[];
  const versions: number[] = [];
  /** ids of the films as the older version has them, and as the newer one does */
  const older = () => [...ids].reverse(),
    newer = () => ids;

  /** @param up whether the last film is the best */
  const publish = async (up: boolean): Promise<void> => {
    const version = await publishOrder(
      site,
      Float32Array.from({ length: films }, (_, film) => (up ? film : -film)),
    );
    versions.push(version);
  };

  beforeAll(async () => {
    site = await bootSite([...plugins, ordered]);
    manager = await site.signedIn('manager');
    ids = await addFilms(
      site,
      Array.from({ length: films }, (_, i) => ({ title: `Film ${i}` })),
    );
    for (const up of [true, false]) await publish(up);
    const draft = await site.service.create(
      site.draft({
        arms: [
          { key: 'control', share: 50, blend: site.personal },
          { key: 'b', share: 50, blend: site.personal, name: 'The version before', overrides: { models: { svd: versions[0] } } },
        ],
      }),
      null,
    );
    ({ id } = await site.service.launch(draft.id, { version: 1, operator: null, at: new Date() }));
  });
  afterAll(() => site.stop());

  /** Visits as new people until somebody is in the arm. @returns the films that were served first on the home page, best first */
  async function servedIn(arm: string): Promise<number[]> {
    for (let visits = 0; visits < 60; visits++) {
      await site.browser().get('/');
      const row = await site.sql.one<{ films: number[] }>(
        `select l.films from served_list l join list_assignment a on a.list = l.id where a.arm = $1 and l.surface = 'home.for-you' order by l.served_at limit 1`,
        [arm],
      );
      if (row) return row.films;
    }
    throw new Error(`nobody came into ${arm}`);
  }

  test('viewers of the arm get lists of that version, the others those of the one in service', async () => {
    expect(await servedIn('b')).toEqual(older().slice(0, (await servedIn('b')).length));
    expect(await servedIn('control')).toEqual(newer().slice(0, (await servedIn('control')).length));
    expect((await servedIn('b')).length).toBeGreaterThan(3);
  });

  async function preview(experiment: number) {
    const [unit] = await storeUnits(site.sql, 1);
    const { body } = await manager.agent
      .post(`/admin/data/experiments/experiments/${experiment}/preview`)
      .set('sec-fetch-site', 'same-origin')
      .send({ unit });
    return (body as { arms: { missing: string[]; films: { id: number }[] }[] }).arms;
  }

  test('the preview shows each arm with the version that it serves', async () => {
    const [control, b] = await preview(id);
    expect(control!.films.map((film) => film.id)).toEqual(newer().slice(0, 10));
    expect(b!.films.map((film) => film.id)).toEqual(older().slice(0, 10));
    expect([control!.missing, b!.missing]).toEqual([[], []]);
  });

  test('the page names the version, as everything else that an arm changes', async () => {
    const serves = async (experiment: number) =>
      (
        (await manager.agent.get(`/admin/data/experiments/experiments/${experiment}`)).body as { experiment: { arms: { serves: string }[] } }
      ).experiment.arms.map((arm) => arm.serves);
    expect(await serves(id)).toEqual(['Personal, version 1', 'Personal, version 1, with version 1 of svd']);
    const { id: other } = await site.service.create(
      site.draft({
        arms: [
          { key: 'control', share: 50, blend: null },
          {
            key: 'b',
            share: 50,
            blend: null,
            overrides: { weights: { svd: 2, popularity: 1 }, diversity: 0.5, rows: ['home.trending'], exploration: { temperature: 0.3, from: 0 } },
          },
        ],
      }),
      null,
    );
    expect(await serves(other)).toEqual([
      'House, as it is',
      'House, with weight of svd 1 → 2, exploration 0 → 0.3, its own rows of the home page, diversity 0 → 0.5',
    ]);
  });

  test('it cannot be thrown away, and where one is damaged the preview says that the one in service stands in', async () => {
    await expect(site.sql.rows('delete from model where id = $1', [versions[0]])).rejects.toThrow();
    await publish(true);
    await site.sql.rows(`update model_chunk set bytes = '\\x00' where model = $1`, [versions[1]]);
    const arms = [
      { key: 'control', share: 50, blend: site.personal },
      { key: 'b', share: 50, blend: site.personal, overrides: { models: { svd: versions[1] } } },
    ];
    const { id: other } = await site.service.create(site.draft({ arms }), null);
    expect((await preview(other)).map(({ missing, films: shown }) => [missing, shown[0]!.id])).toEqual([
      [[], older()[0]],
      [['svd'], older()[0]],
    ]);
  });
});
