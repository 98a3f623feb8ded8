import { randomUUID } from 'node:crypto';
import { audit } from '../../core/audit.ts';
import type { Bus } from '../../core/bus.ts';
import type { Sql } from '../../core/database/sql.ts';
import { conflict, notFound, stale } from '../../core/errors.ts';
import { readDraft, readVerdict } from './input.ts';
import { experimentWith, type Experiment, type Status } from './model.ts';
import { shipArm } from './ship.ts';
import { beginPhase, endPhase, pinBlends, storeArms, storeFields } from './store.ts';

export const topic = 'experiments';

/** Who changes an experiment, when, and which version of it was looked at. */
export interface Change {
  readonly operator: number | null;
  readonly at: Date;
  readonly version: number;
}
type Work = (tx: Sql, before: Experiment) => Promise<void>;

/** The life of experiments. Each step is one transaction with its audit row, and every process hears of it. */
export class Experiments {
  readonly #sql: Sql;
  readonly #bus: Bus;
  constructor(sql: Sql, bus: Bus) {
    this.#sql = sql;
    this.#bus = bus;
  }

  /** @param input see `readDraft`; 422 with a message a field */
  async create(input: unknown, operator: number | null): Promise<Experiment> {
    const draft = readDraft(input);
    return this.#sql.transaction(async (tx) => {
      const { id } = (await tx.one<{ id: number }>(
        'insert into experiment (name, primary_metric, seed, created_by) values ($1, $2, $3, $4) returning id',
        [draft.name, draft.metric, randomUUID(), operator],
      ))!;
      await storeFields(tx, id, draft);
      await storeArms(tx, id, 1, draft.arms);
      return this.#done(tx, id, 'create', operator, undefined);
    });
  }

  async edit(id: number, input: unknown, change: Change): Promise<Experiment> {
    const draft = readDraft(input);
    return this.#change(id, 'edit', ['draft'], change, async (tx) => {
      await storeFields(tx, id, draft);
      await tx.rows('delete from experiment_arm where experiment = $1', [id]);
      await storeArms(tx, id, 1, draft.arms);
    });
  }

  /** Takes a draft away. What was launched is kept. */
  delete(id: number, change: Change): Promise<Experiment> {
    return this.#change(id, 'delete', ['draft'], change, async (tx) => void (await tx.rows('delete from experiment where id = $1', [id])));
  }

  /** From now on viewers get the arms, each with its blend as it is at this moment. */
  launch(id: number, change: Change): Promise<Experiment> {
    return this.#change(id, 'launch', ['draft'], change, async (tx, before) => {
      await refuseSecond(tx);
      await pinBlends(tx, id, before.phase);
      await tx.rows(`update experiment set status = 'running', started_at = $2, ramp_since = $2 where id = $1`, [id, change.at]);
      await beginPhase(tx, before, change.at);
    });
  }

  /** Everybody gets the default blend until it goes on. */
  pause(id: number, change: Change): Promise<Experiment> {
    return this.#change(id, 'pause', ['running'], change, (tx) => setStatus(tx, id, 'paused'));
  }

  /** Every viewer is in the same arm as before. */
  resume(id: number, change: Change): Promise<Experiment> {
    return this.#change(id, 'resume', ['paused'], change, async (tx) => {
      await refuseSecond(tx);
      await setStatus(tx, id, 'running');
    });
  }

  /** Ends it for good. Shipping an arm makes its blend, as it was tested, everybody's. */
  stop(id: number, input: unknown, change: Change): Promise<Experiment> {
    return this.#change(id, 'stop', ['running', 'paused'], change, async (tx, before) => {
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
      if (arm) await shipArm(tx, this.#bus, before, arm, change.operator);
    });
  }

  #change(id: number, action: string, from: readonly Status[], { operator, version }: Change, work: Work): Promise<Experiment> {
    return this.#sql.transaction(async (tx) => {
      await tx.rows('select from experiment where id = $1 for update', [id]);
      const before = await experimentWith(tx, id);
      if (!before) throw notFound('experiment');
      if (before.version !== version) throw stale('experiment');
      if (!from.includes(before.status)) throw conflict(refusals[before.status]);
      await tx.rows('update experiment set version = version + 1 where id = $1', [id]);
      await work(tx, before);
      return this.#done(tx, id, action, operator, before);
    });
  }

  /** @returns what it has become; a deleted one as it was */
  async #done(tx: Sql, id: number, action: string, operator: number | null, before: Experiment | undefined): Promise<Experiment> {
    const after = await experimentWith(tx, id);
    await audit(tx, { operator, action: `experiment.${action}`, subject: `experiment ${id}`, before, after });
    await this.#bus.notify(tx, topic, String(id));
    return (after ?? before)!;
  }
}

const refusals: Record<Status, string> = {
  draft: 'This experiment is a draft still. Launch it first.',
  scheduled: 'This experiment waits for its start: it can be taken back to a draft.',
  running: 'This experiment is running: it can be paused or stopped.',
  paused: 'This experiment is paused: it can go on or be stopped.',
  stopped: 'This experiment is over. Make a new one.',
  archived: 'This experiment is in the archive. Copy it to a new draft.',
};

const setStatus = async (tx: Sql, id: number, status: Status): Promise<void> =>
  void (await tx.rows('update experiment set status = $2 where id = $1', [id, status]));

/** One at a time, even when two are launched at the same moment. */
async function refuseSecond(tx: Sql): Promise<void> {
  await tx.rows(`select pg_advisory_xact_lock(hashtext('experiment.running'))`);
  const other = await tx.one<{ name: string }>(`select name from experiment where status = 'running'`);
  if (other) throw conflict(`“${other.name}” is running. Two experiments at a time would disturb each other: pause or stop that one first.`);
}
