import { z } from 'zod';
import type { Sql } from '../../core/database/sql.ts';
import { defineJob, type JobDefinition, type JobRun } from '../../core/jobs.ts';
import type { Owner, PersonalData } from '../../core/personal-data.ts';
import type { Brought } from '../../recommend/brought.ts';
import { broughtBy, countsOf, nextRows, refuse, type ImportFile } from './store.ts';

export const importName = 'transfer.import';
const Payload = z.object({ file: z.int().positive() });
/** Lines taken in one transaction. */
const atOnce = 500;
type Parts = ReadonlyMap<string, PersonalData>;

/** Takes what was chosen from a file, some lines at a time. Stopped in between it goes on after the last line that was taken. */
export const importJob = (sql: Sql, parts: Parts): JobDefinition =>
  defineJob({
    name: importName,
    title: "Import of a viewer's films",
    payload: Payload,
    async run({ payload, ...job }: JobRun<z.output<typeof Payload>>) {
      const file = await fileWith(sql, payload.file);
      if (!file || file.state === 'done') return { nothing: true };
      const owner = await ownerOf(sql, file.account);
      if (!owner) return { nothing: 'the account is gone' };
      try {
        await takeAll(sql, parts, file, owner, job);
      } catch (error) {
        await sql.rows(`update import_file set state = 'failed' where id = $1`, [file.id]);
        throw error;
      }
      return (await fileWith(sql, file.id))?.result;
    },
  });

const fileWith = (sql: Sql, id: number): Promise<ImportFile | undefined> => sql.one<ImportFile>('select * from import_file where id = $1', [id]);
const ownerOf = (sql: Sql, account: number): Promise<Owner | undefined> =>
  sql.one<Owner>('select account, id as unit from unit where account = $1', [account]);

async function takeAll(
  sql: Sql,
  parts: Parts,
  file: ImportFile,
  owner: Owner,
  { signal, progress }: Pick<JobRun<unknown>, 'signal' | 'progress'>,
): Promise<void> {
  const { last } = await countsOf(sql, file.id);
  let now = file;
  for (;;) {
    signal.throwIfAborted();
    const rows = await nextRows(sql, now, atOnce);
    if (rows.length === 0) break;
    const films = rows.flatMap((row) => broughtBy(row, file.kinds, file.at));
    now = await sql.transaction(async (tx) => {
      const added: Partial<Record<Brought, number>> = { ...now.result };
      for (const part of parts.values()) {
        const { refused, ...counts } = (await part.bring?.(tx, owner, films, { replace: file.replaces })) ?? {};
        for (const [kind, n] of Object.entries(counts) as [Brought, number][]) added[kind] = (added[kind] ?? 0) + n;
        if (refused) await refuse(tx, file.id, rows, refused);
      }
      return (await tx.one<ImportFile>('update import_file set taken = $2, result = $3 where id = $1 returning *', [
        file.id,
        rows.at(-1)!.line,
        JSON.stringify(added),
      ]))!;
    });
    progress(Math.min(0.99, now.taken / Math.max(1, last)), `line ${now.taken}`);
  }
  await sql.transaction(async (tx) => {
    await tx.rows(`update import_file set state = 'done' where id = $1`, [file.id]);
    await tx.rows('delete from import_row where file = $1 and film is not null', [file.id]);
  });
}

/** Files that nobody decided on, and old reports, make room. */
export const forgetJob = (sql: Sql): JobDefinition =>
  defineJob({
    name: 'transfer.forget',
    title: 'Forget old import files',
    every: '41 3 * * *',
    async run() {
      const gone = await sql.rows(`delete from import_file where at < now() - interval '30 days' returning id`);
      return { files: gone.length };
    },
  });
