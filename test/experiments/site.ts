import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { dataRoutes, jsonFailures } from '../../core/console/routes/index.ts';
import { requireRole } from '../../core/http/request.ts';
import type { AnyPlugin } from '../../core/plugin.ts';
import { Measures } from '../../core/services.ts';
import type { Sql } from '../../core/database/sql.ts';
import accounts from '../../plugins/accounts/index.ts';
import { Accounts } from '../../plugins/accounts/api.ts';
import catalogue from '../../plugins/catalogue/index.ts';
import experiments from '../../plugins/experiments/index.ts';
import { Measurement } from '../../plugins/experiments/results/measurement.ts';
import { Experiments } from '../../plugins/experiments/service.ts';
import history from '../../plugins/history/index.ts';
import tracking from '../../plugins/tracking/index.ts';
import { bootApp, type Booted, type Browser } from '../harness/app.ts';

export const plugins = [accounts, catalogue, history, tracking, experiments];
export const password = 'a long password of tests';

export interface Site extends Booted {
  readonly service: Experiments;
  readonly measurement: Measurement;
  /** ids of the blends House, Personal and Popular; House is the default */
  readonly house: number;
  readonly personal: number;
  readonly popular: number;
  draft(over?: object): object;
  /** a browser that somebody of this role is signed in with */
  signedIn(role: 'viewer' | 'manager'): Promise<Browser>;
}

/** A site with experiments and the console's data routes, without AdminJS. */
export async function bootSite(installed: readonly AnyPlugin[] = plugins): Promise<Site> {
  const app = await bootApp({
    plugins: installed,
    console: async (core) =>
      Router()
        .use((request, _response, next) => {
          requireRole(request, 'manager');
          next();
        })
        .use('/data', dataRoutes(core as never))
        .use(jsonFailures(core.log)),
  });
  const blend = async (name: string, weights: object) =>
    (await app.blends.create(name, { weights, normalisation: 'standard', diversity: 0 }, null)).blend;
  const house = await blend('House', { popularity: 1, svd: 1 }),
    personal = await blend('Personal', { svd: 1 }),
    popular = await blend('Popular', { popularity: 1 });
  const arms = [
    { key: 'control', share: 50, blend: house },
    { key: 'b', share: 50, blend: personal },
  ];
  return {
    ...app,
    house,
    personal,
    popular,
    service: new Experiments(app.sql, app.bus, app.host.find(Measures)!),
    measurement: new Measurement(app.sql, app.host.find(Measures)!),
    draft: (over = {}) => ({ name: 'More taste', hypothesis: 'Personal lists get more clicks.', metric: 'ctr', arms, ...over }),
    signedIn: async (role) => {
      const email = `${role}@example.org`,
        browser = app.browser();
      await app.host
        .find(Accounts)!
        .create({ name: role, handle: role, email, password, role })
        .catch(() => undefined);
      await browser.signIn(email, password);
      return browser;
    },
  };
}

export interface ListRow {
  readonly unit: number;
  readonly arm: string;
  readonly at: Date;
  readonly films: number;
  /** positions that were clicked */
  readonly clicks?: readonly number[];
}

/** Stores what tracking would have stored for lists of an experiment. @returns the list's id */
export async function storeList(
  sql: Sql,
  experiment: number,
  films: readonly number[],
  { unit, arm, at, films: n, clicks = [] }: ListRow,
): Promise<string> {
  const list = randomUUID();
  await sql.rows(
    `insert into served_list (id, unit, surface, blend_version, films, algorithms, served_at)
    values ($1, $2, 'home', (select min(id) from blend_version), $3, array_fill('svd'::text, array[$4::integer]), $5)`,
    [list, unit, films.slice(0, n), n, at],
  );
  await sql.rows('insert into list_assignment (list, experiment, arm, unit, served_at) values ($1, $2, $3, $4, $5)', [
    list,
    experiment,
    arm,
    unit,
    at,
  ]);
  for (const position of clicks) {
    await sql.rows('insert into click (list, position, film, unit, at) values ($1, $2, $3, $4, $5)', [list, position, films[position], unit, at]);
  }
  return list;
}

export const storeFilms = async (sql: Sql, count: number): Promise<number[]> =>
  (
    await sql.rows<{ id: number }>(
      `insert into film (title, year) select 'Film ' || n, 1900 + n % 120 from generate_series(1, $1::integer) n order by n returning id`,
      [count],
    )
  ).map(({ id }) => id);

export const storeUnits = async (sql: Sql, count: number, { simulated = false, staff = false } = {}): Promise<number[]> =>
  (
    await sql.rows<{ id: number }>(
      `insert into unit (visitor, simulated, staff) select gen_random_uuid(), $2, $3 from generate_series(1, $1::integer) returning id`,
      [count, simulated, staff],
    )
  ).map(({ id }) => id);
