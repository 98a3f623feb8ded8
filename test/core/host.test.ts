import { Router } from 'express';
import { z } from 'zod';
import { Events } from '../../core/events.ts';
import { Host, type Sinks } from '../../core/host.ts';
import { silent } from '../../core/log.ts';
import { definePlugin, event, on, service, type AnyPlugin } from '../../core/plugin.ts';

const Clock = service<{ now(): number }>('test.clock');
const Ticked = event('test.ticked', z.object({ n: z.number() }));

/** Sinks that note what comes and goes. */
function boot(plugins: AnyPlugin[]) {
  const diary: string[] = [],
    events = new Events(silent);
  const note = (kind: string) => (_part: unknown, owner: AnyPlugin) => {
    diary.push(`+${kind} ${owner.id}`);
    return () => void diary.push(`-${kind} ${owner.id}`);
  };
  const kinds = ['dispose', 'routes', 'api', 'consoleRoutes', 'fragments', 'jobs', 'algorithms', 'filters', 'assigner'] as const;
  const sinks = {
    ...Object.fromEntries(kinds.map((kind) => [kind, note(kind)])),
    on: (list: readonly { event: string }[]) => {
      const undos = list.map((s) => events.subscribe(s as never));
      return () => undos.forEach((undo) => undo());
    },
  } as unknown as Sinks;
  const host = new Host(plugins, { sinks, events, log: silent });
  const only = (...ids: string[]) => host.reconcile(new Map(ids.map((id) => [id, {}])));
  return { host, diary, events, only };
}
const plain = (id: string, more: Partial<AnyPlugin> = {}): AnyPlugin => ({ id, title: id, description: id, ...more });

test('live parts come and go with the toggle, in reverse order', async () => {
  const { only, diary, host } = boot([plain('a', { setup: () => ({ routes: Router(), filters: [] }) })]);
  await only('a');
  expect(host.status('a')).toBe('on');
  await only();
  expect(host.status('a')).toBe('off');
  expect(diary).toEqual(['+routes a', '+filters a', '-filters a', '-routes a']);
});

test('providers start before and stop after those who require them', async () => {
  const order: string[] = [];
  const user = definePlugin({
    id: 'user',
    title: '',
    description: '',
    requires: { clock: Clock },
    setup: ({ use }) => {
      order.push(`user sees ${use.clock.now()}`);
      return { dispose: () => void order.push('user stops') };
    },
  });
  const provider = definePlugin({
    id: 'provider',
    title: '',
    description: '',
    provides: { clock: Clock },
    setup: () => ({ services: { clock: { now: () => 7 } }, dispose: () => void order.push('provider stops') }),
  });
  const { only, host } = boot([user, provider]);
  await only('user', 'provider');
  await only('user');
  expect(order).toEqual(['user sees 7', 'user stops', 'provider stops']);
  expect(host.status('user')).toBe('waiting');
});

test('a plugin that fails to start is failed, says why, leaves nothing behind and stops nobody', async () => {
  const broken = plain('broken', {
    setup: () => {
      throw new Error('no ink');
    },
  });
  const late = plain('late', { provides: { clock: Clock }, setup: () => ({ routes: Router(), services: {} }) as never });
  const { only, host } = boot([broken, late, plain('fine')]);
  await only('broken', 'late', 'fine');
  expect([host.status('broken'), host.status('fine')]).toEqual(['failed', 'on']);
  expect(host.failure('broken')).toBe('no ink');
});

test('bad settings fail the plugin; good ones reach it with their defaults, and a change restarts it and its dependents only', async () => {
  const seen: unknown[] = [];
  const a = definePlugin({
    id: 'a',
    title: '',
    description: '',
    config: z.object({ n: z.number().default(3) }),
    provides: { clock: Clock },
    setup: ({ config }) => {
      seen.push(['a', config.n]);
      return { services: { clock: { now: () => config.n } } };
    },
  });
  const b = definePlugin({
    id: 'b',
    title: '',
    description: '',
    requires: { clock: Clock },
    setup: ({ use }) => {
      seen.push(['b', use.clock.now()]);
      return {};
    },
  });
  const c = plain('c', {
    setup: () => {
      seen.push(['c']);
      return {};
    },
  });
  const { host } = boot([a, b, c]);
  await host.reconcile(
    new Map([
      ['a', {}],
      ['b', {}],
      ['c', {}],
    ]),
  );
  await host.reconcile(
    new Map([
      ['a', { n: 5 }],
      ['b', {}],
      ['c', {}],
    ]),
  );
  expect(seen).toEqual([['a', 3], ['b', 3], ['c'], ['a', 5], ['b', 5]]);
  await host.reconcile(
    new Map([
      ['a', { n: 'many' }],
      ['b', {}],
      ['c', {}],
    ]),
  );
  expect([host.status('a'), host.status('b'), host.status('c')]).toEqual(['failed', 'waiting', 'on']);
});

test('of two changes at once the later one counts, and one that cannot be read stops nobody', async () => {
  const { host } = boot([plain('a'), plain('b')]);
  const wish = (...ids: string[]) => new Map(ids.map((id) => [id, {}]));
  let stored = wish('a');
  let answer!: () => void;
  const slow = new Promise<void>((resolve) => (answer = resolve));
  const first = host.reconcile(async () => {
    const seen = stored;
    await slow;
    return seen;
  });
  stored = wish('b');
  const second = host.reconcile(async () => stored);
  answer();
  await Promise.all([first, second]);
  expect([host.status('a'), host.status('b')]).toEqual(['off', 'on']);
  await expect(host.reconcile(() => Promise.reject(new Error('the database is away')))).rejects.toThrow('away');
  await host.reconcile(wish('a'));
  expect([host.status('a'), host.status('b')]).toEqual(['on', 'off']);
});

test('two providers of one service and a circle are refused at once', () => {
  const provider = (id: string) => plain(id, { provides: { clock: Clock } });
  expect(() => boot([provider('a'), provider('b')])).toThrow('Two plugins provide the service "test.clock"');
  const Other = service<number>('test.other');
  expect(() =>
    boot([
      plain('a', { provides: { clock: Clock }, requires: { other: Other } }),
      plain('b', { provides: { other: Other }, requires: { clock: Clock } }),
    ]),
  ).toThrow('circle: a → b → a');
});

test('events are checked, reach listeners while they are on, and a failing listener hurts nobody', async () => {
  const heard: number[] = [];
  const deaf = plain('deaf', {
    setup: () => ({
      on: [
        on(Ticked, () => {
          throw new Error('ouch');
        }),
      ],
    }),
  });
  const keen = plain('keen', { setup: () => ({ on: [on(Ticked, ({ n }) => void heard.push(n))] }) });
  const { only, events } = boot([deaf, keen]);
  await only('deaf', 'keen');
  events.publish(Ticked, { n: 1 });
  await events.settled();
  expect(() => events.publish(Ticked, { n: 'one' } as never)).toThrow();
  await only('deaf');
  events.publish(Ticked, { n: 2 });
  await events.settled();
  expect(heard).toEqual([1]);
});
