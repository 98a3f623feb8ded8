import pg from 'pg';
import { plugins } from '../../config/plugins.ts';
import { importDataSet, type Imported } from '../../config/import/import.ts';
import { Report } from '../../config/import/report.ts';
import { migrate } from '../../core/database/migrate.ts';
import { testDatabase } from '../harness/database.ts';

export const now = new Date('2026-11-01T12:00:00Z');

/** One for all sites of a test file, to be copied. */
let migrated: Promise<string> | undefined;
async function migratedDatabase(): Promise<string> {
  const { url } = await testDatabase();
  await migrate(url, plugins);
  return new URL(url).pathname.slice(1);
}

/** A database with all tables, and imports into it. */
export class ImportSite {
  readonly url: string;
  readonly client: pg.Client;
  readonly #drop: () => Promise<void>;
  /** of the last import */
  report = new Report();
  /** what the progress of the last import was told, by step */
  progress = new Map<string, number[]>();

  private constructor(url: string, client: pg.Client, drop: () => Promise<void>) {
    this.url = url;
    this.client = client;
    this.#drop = drop;
  }

  static async open(): Promise<ImportSite> {
    const { url, drop } = await testDatabase({ template: await (migrated ??= migratedDatabase()) });
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return new ImportSite(url, client, drop);
  }

  import(path: string, metadata?: string): Promise<Imported> {
    this.report = new Report();
    this.progress = new Map();
    const steps = {
      run: <T>(title: string, work: (progress: (fraction: number) => void) => Promise<T>): Promise<T> => {
        const seen: number[] = [];
        this.progress.set(title, seen);
        return work((fraction) => seen.push(fraction));
      },
    };
    return importDataSet({ databaseUrl: this.url, path, metadata, steps, report: this.report, now });
  }

  async rows<T>(text: string, bind: unknown[] = []): Promise<T[]> {
    return (await this.client.query(text, bind)).rows as T[];
  }

  /** Everything that an import can change. */
  async content(): Promise<unknown> {
    const tables = ['film', 'genre', 'film_genre', 'person', 'credit', 'keyword', 'film_keyword', 'account', 'unit', 'rating'];
    const found: Record<string, unknown> = {};
    for (const table of tables) found[table] = await this.rows(`select to_jsonb(t) as row from ${table} t order by 1`);
    return found;
  }

  async close(): Promise<void> {
    await this.client.end();
    await this.#drop();
  }
}
