import { randomBytes, randomInt } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  /** signs session cookies; SESSION_SECRET takes its place */
  session: z.string().min(32),
  /** signs visitor cookies and the ids in pages */
  signing: z.string().min(32),
  /** of the embedded PostgreSQL's only role */
  database: z.string().min(16),
  /** of all simulated viewers */
  simulated: z.string().min(12),
  /** with which the first accounts are made */
  viewer: z.string().min(12),
  manager: z.string().min(12),
  admin: z.string().min(12),
});
export type Secrets = z.infer<typeof schema>;
const names = Object.keys(schema.shape);

/**
 * What this site must keep to itself, from `secrets.json` in the data folder. The first process makes the file;
 * every other one, at the same moment or years later, reads the same values.
 * @throws Error that says what to do when the file cannot be read or was damaged
 */
export function loadSecrets(dataDir: string): Secrets {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'secrets.json');
  const stored = read(file);
  // A newer release may ask for more than the file has.
  if (!stored || names.some((name) => !(name in stored))) store(file, { ...fresh(), ...stored }, stored === undefined);
  const checked = schema.safeParse(read(file));
  if (checked.success) return checked.data;
  throw new Error(`${file} is damaged: ${z.prettifyError(checked.error)}. Restore it, or delete the named entries and start again.`);
}

function read(file: string): object | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as object;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(
      `${file} cannot be read (${(error as Error).message}). Start as the user that owns it, or restore it from a backup: ` +
        'it has the password of the embedded database.',
    );
  }
}

/** Written aside, then linked or renamed into place: nobody ever reads half a file, and of two first processes one wins. */
function store(file: string, secrets: Secrets, first: boolean): void {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  writeDurably(aside, `${JSON.stringify(secrets, null, 2)}\n`);
  try {
    if (!first || !claim(aside, file)) renameSync(aside, file);
  } finally {
    rmSync(aside, { force: true });
  }
}

/** @returns false where the file system has no hard links */
function claim(aside: string, file: string): boolean {
  try {
    linkSync(aside, file);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST';
  }
}

function writeDurably(file: string, text: string): void {
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function fresh(): Secrets {
  return { session: key(), signing: key(), database: key(), simulated: key(), viewer: password(), manager: password(), admin: password() };
}

/** 256 random bits. */
const key = () => randomBytes(32).toString('base64url');

/** 16 characters of 31 that nobody mistakes for one another when typing: 79 random bits. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
const password = () =>
  Array.from({ length: 16 }, () => letters[randomInt(letters.length)])
    .join('')
    .replace(/(.{4})(?!$)/g, '$1-');
