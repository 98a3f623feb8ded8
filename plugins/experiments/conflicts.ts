import type { Sql } from '../../core/database/sql.ts';
import { conflict } from '../../core/errors.ts';
import { experimentsIn, type Experiment } from './model.ts';

/** What the arms of an experiment change: "blend" is all of a blend, "models.svd" the version of an algorithm. */
export function touchedBy({ arms }: Pick<Experiment, 'arms'>): Set<string> {
  return new Set(
    arms.flatMap(({ blend, overrides: { models = {}, ...fields } }) => [
      ...(blend === null ? [] : ['blend']),
      ...Object.keys(fields),
      ...Object.keys(models).map((algorithm) => `models.${algorithm}`),
    ]),
  );
}

/** Of what two experiments both change, in words; undefined where a viewer can be in both. */
function common(a: Experiment, b: Experiment): string | undefined {
  const [mine, theirs] = [touchedBy(a), touchedBy(b)];
  for (const part of mine) {
    const ofBlend = !part.startsWith('models.');
    if (theirs.has(part) || (ofBlend && theirs.has('blend')) || (part === 'blend' && [...theirs].some((other) => !other.startsWith('models.'))))
      return words[part] ?? (ofBlend ? part : `the model of ${part.slice('models.'.length)}`);
  }
  return undefined;
}
const words: Readonly<Record<string, string>> = {
  blend: 'the whole blend',
  weights: 'the weights',
  newcomers: 'the mix for newcomers',
  normalisation: 'how scores are compared',
  again: 'when seen films come back',
  rows: 'the rows of the home page',
};

/** Why two experiments cannot run at the same time; undefined where they can. */
export function disturbance(mine: Experiment, other: Experiment): string | undefined {
  const state = other.status === 'scheduled' ? 'waits for its start' : 'is running';
  if (mine.layer !== null && mine.layer === other.layer) {
    if (mine.end <= other.start || other.end <= mine.start) return undefined;
    return `“${other.name}” ${state} on ${range(other)} of the same layer, which overlaps. Choose another range, or pause or stop that one first.`;
  }
  const both = common(mine, other);
  if (!both) return undefined;
  return (
    `“${other.name}” ${state} and changes ${both}, too. Two such experiments at a time would disturb each other: ` +
    'give them separate ranges of one layer, or pause or stop that one first.'
  );
}
const range = ({ start, end }: Experiment): string => `${Number((start * 100).toFixed(1))} to ${Number((end * 100).toFixed(1))} %`;

/** Why it cannot run beside those that run or wait for their start: a sentence each. */
export async function conflictsOf(sql: Sql, mine: Experiment): Promise<string[]> {
  if (mine.kind === 'holdout') return [];
  const others = (await experimentsIn(sql, ['running', 'scheduled'])).filter(({ id, kind }) => id !== mine.id && kind !== 'holdout');
  return others.flatMap((other) => disturbance(mine, other) ?? []);
}

/** 409 where it cannot run beside others, even when two are launched at the same moment. */
export async function refuseConflict(tx: Sql, mine: Experiment): Promise<void> {
  await tx.rows(`select pg_advisory_xact_lock(hashtext('experiment.running'))`);
  const [wrong] = await conflictsOf(tx, mine);
  if (wrong) throw conflict(wrong);
}
