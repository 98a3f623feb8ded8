import type { Sql } from '../core/database/sql.ts';
import { insertSimulated, seedAccounts } from '../plugins/accounts/seed.ts';
import { hashPassword } from '../plugins/accounts/password.ts';
import { builtInFilms, seedFilms } from '../plugins/catalogue/seed.ts';
import { seedHistory } from '../plugins/history/seed-history.ts';
import { seedFollows } from '../plugins/social/seed.ts';
import { simulateHistory } from '../plugins/history/seed/index.ts';
import type { Secrets } from './secrets.ts';

const simulation = { viewers: 600, ratings: 50_000, days: 730, seed: 20 };

/**
 * Fills an empty site with the built-in films, the first accounts and simulated viewers, all or nothing:
 * a start that is killed on the way begins anew.
 * @returns what was stored; undefined when the site is not empty
 */
export function seedSite(sql: Sql, secrets: Secrets, now: Date, progress: (fraction: number, note: string) => void): Promise<string | undefined> {
  return sql.transaction(async (tx) => {
    if ((await tx.one('select from film limit 1')) || (await tx.one('select from account limit 1'))) return undefined;
    const films = await seedFilms(tx, (done) => progress(done * 0.3, 'films'));
    const first = await seedAccounts(tx, { alex: secrets.viewer, morgan: secrets.manager, robin: secrets.admin });
    const history = simulateHistory(builtInFilms(), { ...simulation, now });
    const profiles = history.viewers.map(({ name, handle, joined }) => ({ name, handle, joined: new Date(now.getTime() - joined * 1000) }));
    const created = await insertSimulated(tx, profiles, await hashPassword(secrets.simulated));
    const ratings = await seedHistory(tx, {
      history,
      units: created.map(({ unit }) => unit),
      favouritesOf: first.alex.unit,
      now,
      progress: (done) => progress(0.4 + done * 0.6, 'ratings'),
    });
    await seedFollows(tx, first.alex.account, first.alex.unit, 8, now);
    return `${films} films, ${created.length} simulated viewers, ${ratings} ratings`;
  });
}
