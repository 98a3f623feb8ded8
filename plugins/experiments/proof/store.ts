import { audit } from '../../../core/audit.ts';
import type { Sql } from '../../../core/database/sql.ts';
import { notFound, stale } from '../../../core/errors.ts';
import type { Jobs } from '../../../core/jobs.ts';
import type { Measures } from '../../../recommend/measures.ts';
import { experimentWith } from '../model.ts';
import type { Change } from '../service.ts';
import { keyOf, proofJobName } from './job.ts';
import { prepare } from './prepare.ts';
import type { Proof, ProofAnswer } from './result.ts';

export interface ProofParts {
  readonly sql: Sql;
  readonly measures: Pick<Measures, 'metric' | 'segments'>;
  readonly jobs: Pick<Jobs, 'enqueue'>;
}

/** Who asks, when, of which version of the draft; of the latest where none is named. A program has no account: the record says how it came. */
interface Asked extends Pick<Change, 'operator' | 'at'> {
  readonly version?: number | undefined;
  readonly by?: 'JSON API';
}

/** Begins a proof of the draft; one that runs already is not begun twice. @returns the run. 409 where there is none to be had */
export async function askForProof({ sql, measures, jobs }: ProofParts, id: number, { operator, version: seen, at, by }: Asked): Promise<number> {
  const draft = await experimentWith(sql, id);
  if (!draft) throw notFound('experiment');
  const { version } = draft;
  if (version !== (seen ?? version)) throw stale('experiment');
  await prepare(sql, measures, draft, at);
  return sql.transaction(async (tx) => {
    const now = await tx.one<{ version: number }>('select version from experiment where id = $1 for update', [id]);
    if (now?.version !== version) throw stale('experiment');
    await audit(tx, { operator, action: 'experiment.prove', subject: `experiment ${id}`, ...(by && { after: { by } }) });
    return jobs.enqueue(tx, proofJobName, { experiment: id }, { key: keyOf(id) });
  });
}

/** What was proved of an experiment last, and what is being proved. */
export async function proofAnswer(sql: Sql, id: number): Promise<ProofAnswer> {
  const [kept, run] = await Promise.all([
    sql.one<{ result: Proof; at: Date; current: boolean }>(
      `select p.result, p.at, p.version = e.version as current
      from experiment_proof p join experiment e on e.id = p.experiment where e.id = $1`,
      [id],
    ),
    sql.one<NonNullable<ProofAnswer['run']>>(
      `select id, status, progress, note, error, cancel_requested as "cancelRequested", finished_at as "finishedAt"
      from job_run where name = $1 and key = $2 order by id desc limit 1`,
      [proofJobName, keyOf(id)],
    ),
  ]);
  return { proof: kept ? { ...kept.result, at: kept.at, current: kept.current } : null, run: run ?? null };
}
