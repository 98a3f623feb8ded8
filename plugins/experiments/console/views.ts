import type { Sql } from '../../../core/database/sql.ts';
import type { Blends } from '../../../recommend/blends.ts';
import type { Experiment } from '../model.ts';
import { resultsOf, type Results } from '../results/index.ts';
import { peeking } from '../results/verdict.ts';
import type { BlendChoice, ExperimentLine } from './answer.ts';

interface Parts {
  readonly sql: Sql;
  readonly blends: Blends;
}

/** The blends that an arm can serve, the default one first. */
export const choicesOf = (blends: Blends): BlendChoice[] =>
  blends.latest().map(({ blend, name, version }) => ({ id: blend, name, version, isDefault: blend === blends.current()?.blend }));

/** @param results undefined for a draft */
export function lineOf(experiment: Experiment, results: Results | undefined): ExperimentLine {
  const { id, name, status, metric, arms, decision, decidedArm } = experiment;
  return {
    id,
    name,
    status,
    metric,
    arms: arms.map((arm) => arm.name),
    decision,
    decidedArm: arms.find(({ key }) => key === decidedArm)?.name ?? null,
    days: results?.days ?? null,
    viewers: results?.viewers ?? null,
    verdict: results?.verdict ?? null,
  };
}

/** All that the page of one experiment shows. */
export async function answerOf({ sql, blends }: Parts, experiment: Experiment, now: Date): Promise<object> {
  const [results, history] = await Promise.all([
    experiment.status === 'draft' ? null : resultsOf(sql, experiment, now),
    historyOf(sql, experiment.id),
  ]);
  const arms = experiment.arms.map((arm) => ({ ...arm, serves: servesOf(blends, arm) }));
  return { experiment: { ...experiment, arms }, results, peeking, history, blends: choicesOf(blends) };
}

function servesOf(blends: Blends, { blend, blendVersion }: Experiment['arms'][number]): string {
  const version = blendVersion === null ? blends.latest().find((one) => one.blend === blend) : blends.version(blendVersion);
  return version ? `${version.name}, version ${version.version}` : `Blend ${blend}`;
}

/** Who did what to it, the latest first. */
const historyOf = (sql: Sql, experiment: number) =>
  sql.rows(
    `select l.at, a.name as by, l.action
  from audit_log l left join account a on a.id = l.operator where l.subject = $1 order by l.id desc limit 200`,
    [`experiment ${experiment}`],
  );
