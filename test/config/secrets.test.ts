import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSecrets } from '../../config/secrets.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'marquee-secrets-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));
const file = () => join(dataDir, 'secrets.json');

test('are made once, for the owner alone, and leave nothing else behind', () => {
  const first = loadSecrets(join(dataDir, 'new'));
  expect(loadSecrets(join(dataDir, 'new'))).toEqual(first);
  expect(readdirSync(join(dataDir, 'new'))).toEqual(['secrets.json']);
  expect(statSync(join(dataDir, 'new', 'secrets.json')).mode & 0o777).toBe(0o600);
});

test('differ from one another and from site to site', () => {
  const all = ['a', 'b'].flatMap((site) => Object.values(loadSecrets(join(dataDir, site))));
  expect(new Set(all).size).toBe(all.length);
});

test('initial passwords can be typed, the database password fits into an address', () => {
  const { manager, database } = loadSecrets(dataDir);
  expect(manager).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
  expect(encodeURIComponent(database)).toBe(database);
});

test('one that a newer release asks for is added, the others stay', () => {
  const { signing, ...older } = loadSecrets(dataDir);
  writeFileSync(file(), JSON.stringify(older));
  const newer = loadSecrets(dataDir);
  expect(newer).toMatchObject(older);
  expect(newer.signing).not.toBe(signing);
  expect(loadSecrets(dataDir)).toEqual(newer);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
});

test('a damaged file is named and not overwritten', () => {
  loadSecrets(dataDir);
  for (const damage of ['{', JSON.stringify({ ...loadSecrets(dataDir), session: 'short' })]) {
    writeFileSync(file(), damage);
    expect(() => loadSecrets(dataDir)).toThrow(/secrets\.json/);
    expect(readFileSync(file(), 'utf8')).toBe(damage);
    rmSync(file());
    loadSecrets(dataDir);
  }
});

(process.getuid?.() === 0 ? test.skip : test)('a file of another user is refused with what to do', () => {
  loadSecrets(dataDir);
  chmodSync(file(), 0);
  expect(() => loadSecrets(dataDir)).toThrow(/Start as the user that owns it/);
});
