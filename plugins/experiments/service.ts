import { randomUUID } from 'node:crypto';
import type { Bus } from '../../core/bus.ts';
import type { Sql } from '../../core/database/sql.ts';
import { conflict, invalid } from '../../core/errors.ts';
import type { Measures } from '../../recommend/measures.ts';
import { Changes, editRefusals, type Change } from './changes.ts';
import { refuseConflict } from './conflicts.ts';
import { copyOf, phaseOf } from './draft-of.ts';
import { readDraft, readVerdict, type Draft } from './input.ts';
import { readAdjustment } from './input/schedule.ts';
import { experimentWith, type Experiment, type Status } from './model.ts';
import { shipArm } from './ship.ts';
import { beginPhase, endPhase, pinBlends, storeArms, storeFields, unpinModels } from './store.ts';

export type { Change } from './changes.ts';

/** What operators do with experiments. Each step is one transaction with its audit row. */
export class Experiments {
  readonly #changes: Changes;
  readonly #measures: Pick<Measures, 'metric'>;
  constructor(sql: Sql, bus: Bus, measures: Pick<Measures, 'metric'>) {
    this.#changes = new Changes(sql, bus);
    this.#measures = measures;
  }

  /**
   * @param input see `readDraft`; 422 with a message a field, @param deed what the audit log calls it
   * @param sent of the form that was sent (a UUID): sent again, it gives what it made the first time
   */
  async create(input: unknown, operator: number | null, deed: 'create' | 'create-suggested' = 'create', sent?: string): Promise<Experiment> {
    return this.#insert(this.#counted(readDraft(input)), deed, operator, sent);
  }

  /** A draft of the same design. */
  async copy(id: number, operator: number | null): Promise<Experiment> {
    return this.#insert(copyOf(await experimentWith(this.#changes.sql, id)), 'copy', operator);
  }

  async edit(id: number, input: unknown, change: Change): Promise<Experiment> {
    const draft = this.#counted(readDraft(input));
    return this.#changes.change(
      id,
      'edit',
      ['draft'],
      change,
      async (tx) => {
        await storeFields(tx, id, draft);
        await tx.rows('delete from experiment_arm where experiment = $1', [id]);
        await storeArms(tx, id, 1, draft.arms);
      },
      editRefusals,
    );
  }

  /** Takes a draft away. What was launched is kept. */
  delete(id: number, change: Change): Promise<Experiment> {
    return this.#changes.change(id, 'delete', ['draft'], change, async (tx) => {
      await unpinModels(tx, id);
      await tx.rows('delete from experiment where id = $1', [id]);
    });
  }

  /** From now, or from its start on, viewers get the arms, each with its blend as it is at this moment. */
  launch(id: number, change: Change): Promise<Experiment> {
    return this.#changes.change(id, 'launch', ['draft'], change, async (tx, before) => {
      if (before.endsAt && before.endsAt <= change.at) throw invalid({ endsAt: 'The end is over already. Choose a later one.' });
      await refuseConflict(tx, before);
      await pinBlends(tx, id, before.phase);
      if (before.startsAt && before.startsAt > change.at) await setStatus(tx, id, 'scheduled');
      else await start(tx, before, change.at);
    });
  }

  /** Back to a draft, before its start. */
  takeBack(id: number, change: Change): Promise<Experiment> {
    return this.#changes.change(id, 'take-back', ['scheduled'], change, (tx) => setStatus(tx, id, 'draft'));
  }

  /** Everybody gets the default blend until it goes on. */
  pause(id: number, change: Change): Promise<Experiment> {
    return this.#changes.change(id, 'pause', ['running'], change, (tx) => setStatus(tx, id, 'paused'));
  }

  /** Every viewer is in the same arm as before. */
  resume(id: number, change: Change): Promise<Experiment> {
    return this.#changes.change(id, 'resume', ['paused'], change, async (tx, before) => {
      await refuseConflict(tx, before);
      await tx.rows(`update experiment set status = 'running', ramp_since = $2 where id = $1`, [id, change.at]);
    });
  }

  /**
   * Begins anew with another design: new arms, a new seed, results from now on.
   * @param input a reason, and what changes of the draft's fields; 422 with a message a field
   */
  newPhase(id: number, input: unknown, change: Change): Promise<Experiment> {
    return this.#changes.change(id, 'new-phase', ['running', 'paused'], change, async (tx, before) => {
      const { reason, draft } = phaseOf(before, input),
        next = { id, phase: before.phase + 1, seed: randomUUID() };
      this.#counted(draft);
      await storeArms(tx, id, next.phase, draft.arms);
      await pinBlends(tx, id, next.phase);
      await endPhase(tx, before, change.at);
      await storeFields(tx, id, draft, { ...next, at: change.at });
      await beginPhase(tx, next, change.at, reason);
      if (before.status === 'running') await refuseConflict(tx, (await experimentWith(tx, id))!);
    });
  }

  /** What may change without a new phase: more coverage, another end. By hand, the coverage follows the ramp no longer. */
  async adjust(id: number, input: unknown, change: Change): Promise<Experiment> {
    const { coverage, endsAt } = readAdjustment(input);
    return this.#changes.change(id, 'adjust', ['running', 'paused'], change, async (tx, before) => {
      if (endsAt && endsAt <= change.at) throw invalid({ endsAt: 'The end is over already. Choose a later one.' });
      if (coverage !== undefined && coverage < before.coverage) throw conflict(lessCoverage);
      if (coverage !== undefined) await tx.rows(`update experiment set coverage = $2, ramp = '[]', ramp_step = 0 where id = $1`, [id, coverage]);
      if (endsAt !== undefined) await tx.rows('update experiment set ends_at = $2 where id = $1', [id, endsAt]);
    });
  }

  /** Ends it for good. Shipping an arm makes what it served everybody's. */
  stop(id: number, input: unknown, change: Change): Promise<Experiment> {
    return this.#changes.change(id, 'stop', ['running', 'paused'], change, async (tx, before) => {
      const { decision, arm, reason } = readVerdict(
        input,
        before.arms.map(({ key }) => key),
      );
      await tx.rows(
        `update experiment set status = 'stopped', stopped_at = greatest($2, started_at), decision = $3, decided_arm = $4, reason = $5
        where id = $1`,
        [id, change.at, decision, arm ?? null, reason],
      );
      await endPhase(tx, before, change.at);
      await this.#settle(tx, before, arm, change.operator);
    });
  }

  /** The decision on one that ended by its schedule. */
  decide(id: number, input: unknown, change: Change): Promise<Experiment> {
    return this.#changes.change(id, 'decide', ['stopped'], change, async (tx, before) => {
      if (before.decision) throw conflict('This experiment was decided already. Copy it to a new draft to test again.');
      const { decision, arm, reason } = readVerdict(
        input,
        before.arms.map(({ key }) => key),
      );
      await tx.rows('update experiment set decision = $2, decided_arm = $3, reason = $4 where id = $1', [id, decision, arm ?? null, reason]);
      await this.#settle(tx, before, arm, change.operator);
    });
  }

  /** Out of the way, for good. */
  archive(id: number, change: Change): Promise<Experiment> {
    return this.#changes.change(id, 'archive', ['stopped'], change, async (tx, before) => {
      if (!before.decision) throw conflict('This experiment ended by its schedule and waits for a decision. Decide first.');
      await setStatus(tx, id, 'archived');
    });
  }

  /** 422 for a metric that no plugin counts, or that cannot decide this kind of experiment. */
  #counted(draft: Draft): Draft {
    const wrong = [...metricFields(draft)].filter(([, id]) => !this.#measures.metric(id));
    if (wrong.length > 0)
      throw invalid(Object.fromEntries(wrong.map(([field, id]) => [field, `Nobody counts “${id}” here. Choose another metric.`])));
    if (draft.kind === 'bandit' && this.#measures.metric(draft.metric)!.kind === 'quantile')
      throw invalid({
        metric: 'A bandit adds up what viewers do, and a value of the slowest or fastest viewers cannot be added up. Choose another metric.',
      });
    return draft;
  }

  #insert(draft: Draft, action: string, operator: number | null, sent: string | null = null): Promise<Experiment> {
    return this.#changes.sql.transaction(async (tx) => {
      const made = sent && (await madeBy(tx, sent));
      if (made) return made;
      const { id } = (await tx.one<{ id: number }>(
        'insert into experiment (name, primary_metric, seed, created_by, sent) values ($1, $2, $3, $4, $5) returning id',
        [draft.name, draft.metric, randomUUID(), operator, sent],
      ))!;
      await storeFields(tx, id, draft);
      await storeArms(tx, id, 1, draft.arms);
      return this.#changes.done(tx, id, action, operator, undefined);
    });
  }

  async #settle(tx: Sql, experiment: Experiment, arm: string | undefined, operator: number | null): Promise<void> {
    if (arm) await shipArm(tx, this.#changes.bus, experiment, arm, operator);
    await unpinModels(tx, experiment.id);
  }
}

function* metricFields({ metric, secondary, guardrails }: Draft): Iterable<[field: string, id: string]> {
  yield ['metric', metric];
  for (const [i, id] of secondary.entries()) yield [`secondary.${i}`, id];
  for (const [i, guardrail] of guardrails.entries()) yield [`guardrails.${i}.metric`, guardrail.metric];
}

/** What a form made when it was sent before, even when both come at the same moment. */
async function madeBy(tx: Sql, sent: string): Promise<Experiment | undefined> {
  await tx.rows('select pg_advisory_xact_lock(hashtext($1))', [`experiment.sent ${sent}`]);
  const row = await tx.one<{ id: number }>('select id from experiment where sent = $1', [sent]);
  return row && experimentWith(tx, row.id);
}

const lessCoverage =
  'Viewers who take part already cannot be left out again: their results would be cut off. Pause the experiment, or begin a new phase with less coverage.';

const setStatus = async (tx: Sql, id: number, status: Status): Promise<void> =>
  void (await tx.rows('update experiment set status = $2 where id = $1', [id, status]));

/** It runs from now on. */
export async function start(tx: Sql, experiment: Pick<Experiment, 'id' | 'phase' | 'seed'>, at: Date): Promise<void> {
  await tx.rows(`update experiment set status = 'running', started_at = $2, ramp_since = $2 where id = $1`, [experiment.id, at]);
  await beginPhase(tx, experiment, at);
}
