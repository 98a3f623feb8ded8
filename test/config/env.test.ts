import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError, loadEnv, schema } from '../../config/env.ts';
import { projectRoot } from '../../config/paths.ts';

test('nothing has to be set', () => {
  expect(loadEnv({})).toEqual({
    PORT: 3000,
    MAIL_FROM: 'Marquee <marquee@localhost>',
    HOST: '127.0.0.1',
    TRUST_PROXY: 0,
    ROLE: 'all',
    LOG_LEVEL: 'warn',
    POOL_SIZE: 10,
    RETRAIN_CRON: '0 4 * * *',
    UPDATE_CRON: '*/5 * * * *',
    DATA_DIR: join(projectRoot, 'var'),
    SEED: true,
  });
});

const secret = 'x'.repeat(32);
test.each([
  ['PORT', '8080', 8080],
  ['PORT', ' 8080 ', 8080],
  ['PORT', '', 3000],
  ['ROLE', 'worker', 'worker'],
  ['SEED', 'false', false],
  ['SEED', '0', false],
  ['TRUST_PROXY', '2', 2],
  ['PUBLIC_URL', 'https://films.example.org/', 'https://films.example.org'],
  ['PUBLIC_URL', 'http://localhost:8080', 'http://localhost:8080'],
  ['DATABASE_URL', 'postgresql://u:p@db/films?sslmode=require', 'postgresql://u:p@db/films?sslmode=require'],
  ['JOBS_URL', 'mongodb+srv://cluster.example.org/jobs', 'mongodb+srv://cluster.example.org/jobs'],
  ['RETRAIN_CRON', '*/15 0-6,22 1 */2 7', '*/15 0-6,22 1 */2 7'],
  ['DATA_DIR', '/srv/marquee', '/srv/marquee'],
  ['SESSION_SECRET', secret, secret],
] as const)('%s=%j is read as %j', (name, text, value) => {
  expect(loadEnv({ [name]: text })[name]).toBe(value);
});

test.each([
  ['PORT', '0'],
  ['PORT', '65536'],
  ['PORT', 'http'],
  ['PORT', '80.5'],
  ['PORT', '-1'],
  ['ROLE', 'server'],
  ['LOG_LEVEL', 'loud'],
  ['SEED', 'perhaps'],
  ['TRUST_PROXY', 'true'],
  ['POOL_SIZE', '1'],
  ['PUBLIC_URL', 'films.example.org'],
  ['PUBLIC_URL', 'https://example.org/films'],
  ['PUBLIC_URL', 'ftp://example.org'],
  ['DATABASE_URL', 'mysql://db/films'],
  ['DATABASE_URL', 'films'],
  ['JOBS_URL', 'postgres://db/films'],
  ['RETRAIN_CRON', '0 4 * *'],
  ['RETRAIN_CRON', '60 4 * * *'],
  ['RETRAIN_CRON', '0 4 0 * *'],
  ['RETRAIN_CRON', '0 6-4 * * *'],
  ['RETRAIN_CRON', '*/0 4 * * *'],
  ['RETRAIN_CRON', 'daily'],
  ['SESSION_SECRET', 'short'],
])('%s=%s is refused by name', (name, text) => {
  expect(() => loadEnv({ [name]: text })).toThrow(ConfigurationError);
  expect(() => loadEnv({ [name]: text })).toThrow(new RegExp(`^The configuration is wrong.*\\n  ${name} must `));
});

test('every wrong variable is listed at once, and none that may hold a password is repeated', () => {
  const wrong = { PORT: 'x', ROLE: 'y', SESSION_SECRET: 'hunter2', DATABASE_URL: 'hunter3', JOBS_URL: 'hunter4' };
  const { message } = errorOf(() => loadEnv(wrong));
  expect(
    message
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(' ')[0])
      .sort(),
  ).toEqual(Object.keys(wrong).sort());
  expect(message).toContain("(it is 'x')");
  expect(message).not.toContain('hunter');
});

test('web processes on a shared database need one session secret', () => {
  const shared = { DATABASE_URL: 'postgres://db/films', ROLE: 'web' };
  expect(() => loadEnv(shared)).toThrow(/SESSION_SECRET must be set/);
  expect(loadEnv({ ...shared, SESSION_SECRET: secret }).ROLE).toBe('web');
  expect(loadEnv({ ...shared, ROLE: 'all' }).ROLE).toBe('all');
});

test('.env.example documents every variable and its default', () => {
  const lines = readFileSync(join(projectRoot, '.env.example'), 'utf8').split('\n');
  const entries = lines.map((line) => /^# ([A-Z_]+)=(.*)$/.exec(line)).filter((match) => match !== null);
  const example = Object.fromEntries(entries.map(([, name, value]) => [name!, value!]));
  expect(Object.keys(example).sort()).toEqual(Object.keys(schema.shape).sort());
  expect(entries.every(({ input }) => lines[lines.indexOf(input) - 1]?.startsWith('# '))).toBe(true);

  const defaults = loadEnv({}) as Record<string, unknown>;
  const read = loadEnv(example) as Record<string, unknown>;
  for (const name of Object.keys(defaults)) expect([name, read[name]]).toEqual([name, defaults[name]]);
});

function errorOf(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('It was accepted.');
}
