import { basename } from 'node:path';
import pg from 'pg';
import { badRequest, conflict } from '../../core/errors.ts';
import type { Sql } from '../../core/database/sql.ts';
import type { Steps } from '../steps.ts';
import { storeFacts, storeFilms, type Stored } from './films.ts';
import { metadata } from './metadata.ts';
import { movielens, type DataSet, type Part, type RatingRow } from './movielens.ts';
import { copyRatings, mergeRatings, refuseRatings, storeViewers } from './ratings.ts';
import type { Report } from './report.ts';
import { openSource, plainFile, type Progress } from './source.ts';

export interface ImportOptions {
  readonly databaseUrl: string;
  /** a MovieLens folder or zip */
  readonly path: string;
  /** a file of JSON lines with more facts about the films */
  readonly metadata: string | undefined;
  readonly steps: Pick<Steps, 'run'>;
  /** gets every row that is left out */
  readonly report: Report;
  readonly now: Date;
}
export interface Imported {
  readonly films: Stored;
  /** films that got facts from the metadata */
  readonly facts: number;
  /** new ones */
  readonly viewers: number;
  /** new or changed ones */
  readonly ratings: number;
}

/** Ahead of the server's own time: until then searches would compare every name, and wade through entries that are not sorted in yet. */
const tidy = 'vacuum (analyze, skip_locked) film, film_genre, person, credit, keyword, film_keyword, rating, account, unit';

/**
 * Imports a data set in one transaction: a bad file, or a lost connection, changes nothing, and the same files again
 * change nothing. Processes that run load the films anew.
 * @throws 400 with what is wrong with the files
 */
export async function importDataSet({ databaseUrl, path, ...options }: ImportOptions): Promise<Imported> {
  const facts = options.metadata === undefined ? undefined : metadata(plainFile(options.metadata)),
    source = await openSource(path);
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'marquee-import' });
  // A lost connection is told by the query that waits for it.
  client.on('error', () => {});
  try {
    await client.connect();
    const imported = await whole(client, async () => {
      const {
        rows: [lock],
      } = await client.query<{ free: boolean }>(`select pg_try_advisory_xact_lock(hashtext('import')) as free`);
      if (!lock!.free) throw conflict('Another import is running. Start this one when it is done.');
      const done = await new Import(client, options).run(movielens(source.files), facts, nameOf(path));
      await client.query(`select pg_notify('marquee', 'catalogue ')`);
      return done;
    });
    await client.query(tidy);
    return imported;
  } finally {
    source.close();
    await client.end();
  }
}

/** All or nothing. The server would take back what is not committed when the connection ends, but the next import may come before. */
async function whole<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query(`begin; set local work_mem = '128MB'`);
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

class Import {
  readonly #client: pg.Client;
  readonly #sql: Sql;
  readonly #options: Omit<ImportOptions, 'databaseUrl' | 'path'>;

  constructor(client: pg.Client, options: Omit<ImportOptions, 'databaseUrl' | 'path'>) {
    this.#client = client;
    this.#sql = sqlOn(client);
    this.#options = options;
  }

  async run({ films: movies, ratings }: DataSet, facts: ReturnType<typeof metadata> | undefined, source: string): Promise<Imported> {
    const { steps, report } = this.#options;
    const films = await steps.run(
      'Films',
      (progress) => storeFilms(this.#sql, movies, report, progress),
      ({ added, changed }) => `${added} new, ${changed} with new facts`,
    );
    const more = facts
      ? await steps.run(
          'Plots, people and keywords',
          (progress) => storeFacts(this.#sql, facts, report, share(facts, progress)),
          (n) => `of ${n} films`,
        )
      : 0;
    if (!ratings) return { films, facts: more, viewers: 0, ratings: 0 };
    await steps.run(
      'Read the ratings',
      (progress) => copyRatings(this.#client, ratings.rows(report, share(ratings, progress))),
      (n) => `${n}`,
    );
    return {
      films,
      facts: more,
      ...(await steps.run(
        'Store the ratings',
        (progress) => this.#store(ratings, source, progress),
        (done) => `${done.viewers} new viewers, ${done.ratings} new or changed ratings`,
      )),
    };
  }

  async #store({ name }: Part<RatingRow>, source: string, progress: (fraction: number) => void): Promise<{ viewers: number; ratings: number }> {
    const refuse = (why: Parameters<typeof refuseRatings>[1]): Promise<void> =>
      refuseRatings(this.#sql, why, (line) => this.#options.report.refuse(name, line, why));
    await refuse('there is no such film');
    await refuse('the same viewer rates the same film again further down');
    const viewers = await storeViewers(this.#sql, source, this.#options.now);
    await refuse('the handle for this viewer belongs to somebody else');
    if (this.#options.report.rows.length > 0 && !(await this.#sql.one('select from import_rating limit 1')))
      throw badRequest(`No row of ${name} can be imported, so nothing was changed.`);
    return { viewers, ratings: await mergeRatings(this.#sql, progress) };
  }
}

/** `Sql` on the one connection whose transaction is the import. */
function sqlOn(client: pg.Client): Sql {
  const rows = async <T extends object>(text: string, bind: readonly unknown[] = []): Promise<T[]> =>
    (await client.query(text, [...bind])).rows as T[];
  const sql: Sql = {
    rows,
    one: async <T extends object>(text: string, bind?: readonly unknown[]) => (await rows<T>(text, bind))[0],
    transaction: (work) => work(sql),
  };
  return sql;
}

function share({ size }: { readonly size: number }, progress: (fraction: number) => void): Progress {
  let read = 0;
  return (bytes) => {
    read += bytes;
    progress(Math.min(1, read / size));
  };
}

/** "ml-latest-small.zip" → ml_latest_small: the first part of the handles of its viewers */
function nameOf(path: string): string {
  const name = basename(path)
    .replace(/\.zip$/, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  return name.slice(0, 18) || 'movielens';
}
