import type { Request } from 'express';
import { Attempts, network } from '../../plugins/accounts/attempts.ts';
import { accountTables, type Tables } from './tables.ts';

const limits = { windowMinutes: 15, failuresPerAccount: 5, failuresPerAddress: 12, resets: 5, exports: 10, signUpsPerAddress: 3 };
const from = (ip: string, simulated = false): Request => ({ ip, simulated }) as Request;

describe('attempts', () => {
  let tables: Tables;
  let processes: [Attempts, Attempts];
  beforeAll(async () => {
    tables = await accountTables();
  });
  afterAll(() => tables.close());
  beforeEach(async () => {
    await tables.sql.rows('delete from sign_in_attempt');
    processes = [new Attempts(tables.sql, limits), new Attempts(tables.another(), limits)];
  });

  test('at one account are bounded over processes and changing addresses', async () => {
    const waits: number[] = [];
    for (let i = 0; i < 7; i++)
      waits.push(await processes[(i % 2) as 0 | 1].signIn(from(`192.0.2.${i}`), i % 2 ? 'Ann@example.org' : 'ann@example.org'));
    expect(waits.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
    for (const wait of waits.slice(5)) {
      expect(wait).toBeGreaterThan(14 * 60);
      expect(wait).toBeLessThanOrEqual(15 * 60);
    }
    expect(await processes[0].signIn(from('192.0.2.99'), 'ben@example.org')).toBe(0);
  });

  test('from one address are bounded over changing accounts', async () => {
    const waits: number[] = [];
    for (let i = 0; i < 14; i++) waits.push(await processes[(i % 2) as 0 | 1].signIn(from('198.51.100.7'), `viewer${i}@example.org`));
    expect(waits.map((wait) => wait > 0)).toEqual([...Array<boolean>(12).fill(false), true, true]);
    expect(await processes[1].signIn(from('198.51.100.8'), 'viewer1@example.org')).toBe(0);
  });

  test('made all at once do not slip through together', async () => {
    const waits = await Promise.all(
      Array.from({ length: 20 }, (_, i) => processes[(i % 2) as 0 | 1].signIn(from(`192.0.2.${i}`), 'ann@example.org')),
    );
    expect(waits.filter((wait) => wait === 0)).toHaveLength(limits.failuresPerAccount);
  });

  test('that succeed do not count', async () => {
    for (let i = 0; i < 20; i++) {
      expect(await processes[0].signIn(from('203.0.113.1'), 'ann@example.org')).toBe(0);
      await processes[1].forgive(from('203.0.113.1'), 'ann@example.org');
    }
  });

  test('to sign up are bounded by address', async () => {
    const waits = [];
    for (let i = 0; i < 4; i++) waits.push(await processes[0].signUp(from('203.0.113.1')));
    expect(waits.map((wait) => wait > 0)).toEqual([false, false, false, true]);
  });

  test('of the simulator are free', async () => {
    const waits = await Promise.all(Array.from({ length: 20 }, () => processes[0].signIn(from('127.0.0.1', true), 'ann@example.org')));
    expect(Math.max(...waits)).toBe(0);
    expect(await tables.sql.rows('select from sign_in_attempt')).toHaveLength(0);
  });

  test('keep no e-mail address', async () => {
    await processes[0].signIn(from('203.0.113.1'), 'ann@example.org');
    const rows = await tables.sql.rows<{ key: string }>('select key from sign_in_attempt');
    expect(rows).toHaveLength(2);
    expect(rows.some(({ key }) => key.includes('example'))).toBe(false);
  });
});

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::77', '2001:db8:1:2::/64'],
  ['2001:db8::77', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['', ''],
])('the network of %s is %s', (ip, expected) => expect(network(ip)).toBe(expected));
