import { Identity } from '../../core/services.ts';
import { Accounts, type AccountsService } from '../../plugins/accounts/api.ts';
import { Films, type FilmsService } from '../../plugins/catalogue/api.ts';
import { History, type HistoryService } from '../../plugins/history/api.ts';
import type { IdentityProvider } from '../../core/http/request.ts';
import { makeFakes } from '../harness/fakes/index.ts';
import { bootSite } from '../history/site.ts';

interface Parts {
  readonly history: HistoryService;
  readonly films: FilmsService;
  readonly people: AccountsService;
  readonly identity: IdentityProvider;
  readonly ids: readonly number[];
  readonly hidden: number;
  stop(): Promise<void>;
}
const real = async (): Promise<Parts> => {
  const site = await bootSite(6),
    find = site.host.find.bind(site.host);
  return {
    history: find(History)!,
    films: find(Films)!,
    people: find(Accounts)!,
    identity: find(Identity)!,
    ids: site.films,
    hidden: site.hidden,
    stop: site.stop,
  };
};
const fake = async (): Promise<Parts> => {
  const { history, films, people } = makeFakes({ films: 6, hidden: [6] });
  return { history, films, people, identity: people, ids: [1, 2, 3, 4, 5, 6], hidden: 6, stop: async () => {} };
};
const at = (hour: number): Date => new Date(Date.UTC(2026, 5, 1, hour));

/** What tests rely on when they use a fake: the same sentences hold for the real thing. */
describe.each([
  ['the real services', real],
  ['the fakes', fake],
])('%s', (_name, open) => {
  let parts: Parts, visitor: number, ida: { account: number; unit: number };
  beforeAll(async () => {
    parts = await open();
    visitor = await parts.identity.unit({ visitor: 'somebody-1' });
    ida = await parts.people.create({ name: 'Ida', handle: 'ida', email: 'ida@example.org', password: 'a long and odd pass phrase' });
  });
  afterAll(() => parts.stop());

  test('find accounts by how their handle or a word of their name begins', async () => {
    for (const [handle, name] of [
      ['bokim', 'Bo Kim'],
      ['kira', 'Kira 100%'],
    ] as const)
      await parts.people.create({ name, handle, email: `${handle}@example.org`, password: 'a long and odd pass phrase' });
    const found = async (text: string) => (await parts.people.search(text)).map(({ handle }) => handle);
    expect([await found('KI'), await found('bo'), await found('%'), await found('im')]).toEqual([['bokim', 'kira'], ['bokim'], [], []]);
    expect((await parts.people.search('ida'))[0]).toEqual({ unit: ida.unit, handle: 'ida', name: 'Ida', simulated: false });
  });

  test('know who is a viewer', async () => {
    for (const unit of [visitor, ida.unit]) await expect(parts.people.refuseUnknown(unit)).resolves.toBeUndefined();
    for (const unit of [0, -1, 2_000_000_000])
      await expect(parts.people.refuseUnknown(unit)).rejects.toMatchObject({ status: 404, message: 'There is no such viewer.' });
  });

  test('keep marks and take them back', async () => {
    const {
      history,
      ids: [first, second, third],
    } = parts;
    await history.rate(visitor, first!, '4.5', at(1));
    await history.rate(visitor, first!, 2, at(2));
    await history.watch(visitor, second!, at(3));
    await history.dismiss(visitor, third!, at(4));
    await history.undismiss(visitor, third!);
    await history.unwatch(visitor, third!);
    expect(await history.of(visitor, parts.ids)).toEqual(
      new Map([
        [first, { stars: 2, watched: false, dismissed: false }],
        [second, { stars: null, watched: true, dismissed: false }],
      ]),
    );
    expect(await history.of(ida.unit, parts.ids)).toEqual(new Map());
  });

  test('refuse wrong stars, unknown and hidden films, but let what is hidden be undone', async () => {
    const { history, ids, hidden } = parts;
    for (const stars of [0, 5.5, 3.3, NaN, '', 'x', undefined, null])
      await expect(history.rate(visitor, ids[0]!, stars, at(1))).rejects.toMatchObject({ status: 422, fields: { stars: expect.any(String) } });
    for (const film of [hidden, 999_999]) await expect(history.watch(visitor, film, at(1))).rejects.toMatchObject({ status: 404 });
    await expect(history.unrate(visitor, 999_999)).rejects.toMatchObject({ status: 404 });
    await history.unrate(visitor, hidden);
  });

  test('list ratings newest first, in slices, of the units asked for', async () => {
    const { history, ids } = parts;
    for (const [n, film] of ids.slice(0, 4).entries()) await history.rate(ida.unit, film, 3, at(n));
    const films = async (slice: { limit: number; offset?: number }) => (await history.ratings([ida.unit], slice)).map(({ film }) => film);
    expect(await films({ limit: 3 })).toEqual([ids[3], ids[2], ids[1]]);
    expect(await films({ limit: 3, offset: 3 })).toEqual([ids[0]]);
    expect(await history.ratings([], { limit: 3 })).toEqual([]);
  });

  test('know people by account, handle and visitor key', async () => {
    const { history, identity, people } = parts;
    expect([await history.unit(String(ida.account)), await history.unit('ida'), await history.unit('visitor:somebody-1')]).toEqual([
      ida.unit,
      ida.unit,
      visitor,
    ]);
    expect([await history.unit('nobody'), await history.unit('999999')]).toEqual([undefined, undefined]);
    const fresh = await history.unit('visitor:somebody-2');
    expect([fresh, await identity.unit({ visitor: 'somebody-2' })]).toEqual([expect.any(Number), fresh]);
    expect(await people.byHandle('IDA')).toMatchObject({ id: ida.account, unit: ida.unit, name: 'Ida' });
    expect([await people.byHandle('nobody'), await identity.account(999_999)]).toEqual([undefined, undefined]);
    expect([...(await people.publicProfiles([ida.account, 999_999])).keys()]).toEqual([ida.account]);
    await people.setRole(ida.account, 'manager', null);
    expect(await identity.account(ida.account)).toMatchObject({ role: 'manager', handle: 'ida' });
    await expect(people.setRole(999_999, 'admin', null)).rejects.toMatchObject({ status: 404 });
  });

  test('know which films viewers may see', async () => {
    const { films, ids, hidden } = parts;
    expect([films.exists(ids[0]!), films.exists(hidden), films.exists(999_999)]).toEqual([true, false, false]);
    const cards = await films.cards([ids[0]!, hidden, 999_999]);
    expect([...cards.values()].map(({ id, hidden: isHidden }) => [id, isHidden])).toEqual([
      [ids[0], false],
      [hidden, true],
    ]);
  });
});
