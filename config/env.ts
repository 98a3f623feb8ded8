import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { isCron } from './cron.ts';
import { projectRoot } from './paths.ts';

const whole = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number({ error }).int(error).min(least, error).max(most, error);
};
const oneOf = <const T extends readonly [string, ...string[]]>(...words: T) => z.enum(words, { error: `must be one of ${words.join(', ')}` });
const address = (protocols: RegExp, example: string) =>
  z.string().refine((text) => URL.canParse(text) && protocols.test(text), `must be an address like ${example}`);
const cron = (example: string) => z.string().refine(isCron, `must be five fields, minute hour day month weekday, like ${example}`);

/** Every variable that Marquee reads. `.env.example` says what each is for. */
export const schema = z
  .object({
    PORT: whole(1, 65_535).default(3000),
    HOST: z.string().default('127.0.0.1'),
    PUBLIC_URL: address(/^https?:\/\/[^/?#]+\/?$/, 'https://films.example.org, without a path')
      .transform((text) => new URL(text).origin)
      .optional(),
    TRUST_PROXY: whole(0, 10).default(0),
    ROLE: oneOf('all', 'web', 'worker').default('all'),
    LOG_LEVEL: oneOf('debug', 'info', 'warn', 'error', 'silent').default('warn'),
    DATABASE_URL: address(/^postgres(ql)?:\/\//, 'postgres://user:password@host:5432/name').optional(),
    POOL_SIZE: whole(2, 90).default(10),
    JOBS_URL: address(/^mongodb(\+srv)?:\/\//, 'mongodb://host:27017/name').optional(),
    SMTP_URL: address(/^smtps?:\/\//, 'smtps://user:password@mail.example.org').optional(),
    MAIL_FROM: z.string().default('Marquee <marquee@localhost>'),
    RETRAIN_CRON: cron("'0 4 * * *' for 4 o'clock every day").default('0 4 * * *'),
    UPDATE_CRON: cron("'*/5 * * * *' for every five minutes").default('*/5 * * * *'),
    SESSION_SECRET: z.string().min(32, 'must have at least 32 characters: `openssl rand -base64 32` makes some').optional(),
    DATA_DIR: z
      .string()
      .default('var')
      .transform((folder) => resolve(projectRoot, folder)),
    SEED: z.stringbool({ error: 'must be true or false' }).default(true),
  })
  .refine((env) => Boolean(env.SESSION_SECRET) || !env.DATABASE_URL || env.ROLE !== 'web', {
    path: ['SESSION_SECRET'],
    error: 'must be set, to the same value for all, when web processes share the database in DATABASE_URL: ' + '`openssl rand -base64 32` makes one',
  });
export type Env = Readonly<z.infer<typeof schema>>;

/** The configuration is wrong. The message is for people and complete: print it, without the stack, and exit with `exitCode`. */
export class ConfigurationError extends Error {
  /** EX_CONFIG of sysexits.h */
  readonly exitCode = 78;
}

/**
 * Checks the configuration. A variable that is set but empty counts as not set.
 * @throws ConfigurationError that lists every variable that is wrong and says what to set
 */
export function loadEnv(source: Readonly<Record<string, string | undefined>> = environment()): Env {
  const given = Object.fromEntries(
    Object.entries(source)
      .map(([name, text]) => [name, text?.trim()])
      .filter(([, text]) => text),
  );
  const checked = schema.safeParse(given);
  if (checked.success) return checked.data;
  const lines = checked.error.issues.map(({ path, message }) => `  ${String(path[0])} ${message}${found(String(path[0]), given)}`);
  throw new ConfigurationError(['The configuration is wrong. Set these variables, in the environment or in .env:', ...lines].join('\n'));
}

/** Repeats the wrong value, but none that may hold a password. */
const found = (name: string, given: Readonly<Record<string, string | undefined>>) =>
  given[name] === undefined || /SECRET|URL/.test(name) ? '' : ` (it is '${given[name].slice(0, 40)}')`;

/** What stands in `.env`, where there is one; the real environment wins. */
function environment(): Record<string, string | undefined> {
  return { ...fromFile(join(projectRoot, '.env')), ...process.env };
}

function fromFile(file: string): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new ConfigurationError(`${file} cannot be read: ${(error as Error).message}`);
  }
}
