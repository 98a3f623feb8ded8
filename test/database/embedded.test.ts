import { chmodSync, mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, lstatSync, writeFileSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../../core/database/embedded/index.ts';
import { silent } from '../../core/log.ts';

const root = process.getuid?.() === 0;
let dataDir: string;
const start = () => startEmbedded({ dataDir, log: silent });

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'marquee-embedded-'));
  chmodSync(dataDir, 0o755);
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

async function ask<T extends object>(url: string, text: string): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(text)).rows[0]!;
  } finally {
    await client.end();
  }
}
const answers = (url: string) =>
  ask(url, 'select 1').then(
    () => true,
    () => false,
  );
const postmasterPid = () => Number(readFileSync(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);

test('the first start makes a database that keeps its rows, its port and its password to itself', async () => {
  const first = await start();
  expect(
    await ask(
      first.url,
      `select current_database() as name, current_setting('listen_addresses') as hosts,
    current_setting('unix_socket_directories') as sockets, current_setting('server_version_num')::int >= 150000 as recent`,
    ),
  ).toEqual({ name: 'marquee', hosts: '127.0.0.1', sockets: '', recent: true });
  await ask(first.url, 'create table kept as select 7 as n');
  expect(await answers(first.url.replace(/:[^:@]+@/, ':wrong@'))).toBe(false);
  await first.stop();
  expect(await answers(first.url)).toBe(false);

  const second = await start();
  expect(second.url).toBe(first.url);
  expect(await ask(second.url, 'select n from kept')).toEqual({ n: 7 });
  await second.stop();
});

test('text is sorted and taken apart by the rules of Unicode', async () => {
  const { url, stop } = await start();
  await ask(url, 'create extension pg_trgm');
  expect(
    await ask(
      url,
      `select string_agg(t, ' ' order by t) as titles, 'AMÉLIE' ilike 'amélie' as folds,
    cardinality(show_trgm('été')) as trigrams from unnest(array['Zodiac', 'Élan', 'Alien']) as t`,
    ),
  ).toEqual({ titles: 'Alien Élan Zodiac', folds: true, trigrams: 4 });
  await stop();
});

test('a second process joins the running server, and whoever leaves last stops it', async () => {
  const [starter, guest] = await Promise.all([start(), start()]);
  expect(guest.url).toBe(starter.url);
  await starter.stop();
  await starter.stop();
  expect(await answers(guest.url)).toBe(true);
  await guest.stop();
  expect(await answers(guest.url)).toBe(false);
});

test('a server whose processes were killed is adopted and stopped', async () => {
  const killed = await start();
  // What the server sees of a process that is killed: its connections end.
  await ask(killed.url, `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'marquee-hold'`);
  const pid = postmasterPid();
  const next = await start();
  expect(postmasterPid()).toBe(pid);
  await next.stop();
  expect(await answers(next.url)).toBe(false);
});

test('after a kill of the server itself the next start recovers what was committed', async () => {
  const first = await start();
  await ask(first.url, 'create table kept as select 8 as n');
  process.kill(postmasterPid(), 'SIGKILL');
  const second = await start();
  expect(await ask(second.url, 'select n from kept')).toEqual({ n: 8 });
  await second.stop();
});

test('a stale lock file that names a stranger does not stop the start', async () => {
  const first = await start();
  const file = join(dataDir, 'postgres', 'data', 'postmaster.pid');
  const lines = readFileSync(file, 'utf8').split('\n');
  await first.stop();
  writeFileSync(file, [process.ppid, ...lines.slice(1)].join('\n'));
  const second = await start();
  expect(await answers(second.url)).toBe(true);
  await second.stop();
});

test('a password that does not fit the data is refused with what to do', async () => {
  const first = await start();
  renameSync(join(dataDir, 'secrets.json'), join(dataDir, 'old.json'));
  await expect(start()).rejects.toThrow(/restore the secrets\.json/);
  renameSync(join(dataDir, 'old.json'), join(dataDir, 'secrets.json'));
  await first.stop();
});

(root ? test : test.skip)('below a closed folder root keeps data and binaries elsewhere and finds them again', async () => {
  chmodSync(dataDir, 0o700);
  const entry = join(dataDir, 'postgres');
  const first = await start();
  const folder = readlinkSync(entry);
  try {
    expect(lstatSync(entry).isSymbolicLink()).toBe(true);
    expect(statSync(join(folder, 'data')).uid).not.toBe(0);
    await ask(first.url, 'create table kept as select 9 as n');
    await first.stop();
    const second = await start();
    expect(await ask(second.url, 'select n from kept')).toEqual({ n: 9 });
    await second.stop();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
