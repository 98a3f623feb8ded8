import { teamDraft } from '../../recommend/interleaving.ts';
import type { Assigned } from '../../recommend/stages.ts';
import { makeFakes } from '../harness/fakes/index.ts';
import { describeWith } from '../shared-data.ts';

const seeds = Array.from({ length: 400 }, (_, i) => i * 7919);
const same = (item: number): number => item;

interface Vectors {
  readonly team_draft_allowed: readonly { readonly lists: number[][]; readonly k: number; readonly allowed: number[][] }[];
}
describeWith<Vectors>('vectors/interleaving.json', ({ team_draft_allowed: cases }) => {
  test.each(cases)('team draft of $lists gives the lists that it may give, and each of them', ({ lists, k, allowed }) => {
    const given = new Set(seeds.map((seed) => JSON.stringify(teamDraft(lists, k, seed, same).map(({ item }) => item))));
    expect([...given].sort()).toEqual(allowed.map((list) => JSON.stringify(list)).sort());
  });
});

describe('team draft', () => {
  test('each team has as many picks, and each is as often the first', () => {
    const a = [1, 2, 3, 4, 5, 6],
      b = [6, 5, 4, 3, 2, 1];
    const all = seeds.map((seed) => teamDraft([a, b], 6, seed, same));
    for (const list of all) expect(list.filter(({ team }) => team === 0)).toHaveLength(3);
    const firsts = all.filter(([first]) => first!.team === 0).length;
    expect(firsts / seeds.length).toBeGreaterThan(0.42);
    expect(firsts / seeds.length).toBeLessThan(0.58);
  });

  test('a longer list begins like a shorter one', () => {
    const lists = [
      [1, 2, 3, 4, 5, 6, 7, 8],
      [8, 1, 7, 2, 6, 3, 5, 4],
    ];
    for (const seed of seeds.slice(0, 50)) expect(teamDraft(lists, 8, seed, same).slice(0, 4)).toEqual(teamDraft(lists, 4, seed, same));
  });
});

describe('an interleaved list', () => {
  const arm = (name: string, weights: Record<string, number>): Assigned => ({
    experiment: 5,
    phase: 1,
    arm: name,
    blendVersion: null,
    overrides: { weights, diversity: 0, exploration: { temperature: 1, from: 0 } },
    models: new Map(),
    forced: false,
  });
  const session = async () => {
    const fakes = makeFakes({ films: 40 });
    fakes.recommender.addAlgorithm(
      {
        id: 'backwards',
        title: 'Backwards',
        description: 'The last films first.',
        train: () => ({}),
        score: (_model, _viewer, out) => out.forEach((_, i) => (out[i] = i)),
      },
      'fakes',
    );
    fakes.models.loaded.set('backwards', { ...fakes.models.loaded.get('by-id')!, id: 2 });
    const teams = [arm('control', { 'by-id': 1 }), arm('b', { backwards: 1 })];
    fakes.recommender.setAssigner({ load: () => () => [{ ...arm('interleaved', {}), overrides: {}, teams }] });
    return fakes.recommender.open(1, new Date('2026-03-01T12:00:00Z'));
  };

  test('holds films of both arms, each once, and says which arm picked it', async () => {
    const list = (await session()).forViewer({ surface: 'home.for-you', size: 10 });
    expect(list.assignments).toEqual([{ experiment: 5, phase: 1, arm: 'interleaved' }]);
    expect(list.exploration).toBeUndefined();
    const of = (team: string): number[] => list.films.filter((film) => film.team === team).map(({ position }) => position);
    expect(of('control')).toEqual([0, 1, 2, 3, 4]);
    expect(of('b')).toEqual([39, 38, 37, 36, 35]);
  });

  test('is the same list on every page of it, and keeps to filters', async () => {
    const open = await session(),
      page = (offset: number) => open.forViewer({ surface: 'home.for-you', size: 6, offset, only: (film) => film % 2 === 0 }).films;
    const whole = open.forViewer({ surface: 'home.for-you', size: 12, only: (film) => film % 2 === 0 }).films;
    expect([...page(0), ...page(6)]).toEqual(whole);
    expect(new Set(whole.map(({ film }) => film)).size).toBe(12);
    expect(whole.every(({ position }) => position % 2 === 0)).toBe(true);
  });

  test('leaves other lists as they are', async () => {
    const open = await session();
    expect(open.byAlgorithm('by-id', { surface: 'home.trending', size: 5 }).films.map(({ team }) => team)).toEqual(Array(5).fill(undefined));
  });
});
