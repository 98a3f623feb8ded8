import { audit } from '../../core/audit.ts';
import type { Bus } from '../../core/bus.ts';
import type { Sql } from '../../core/database/sql.ts';
import { conflict, notFound, stale } from '../../core/errors.ts';
import { experimentWith, topic, type Experiment, type Status } from './model.ts';

/** Who changes an experiment, when, and which version of it was looked at. */
export interface Change {
  /** null = the site itself */
  readonly operator: number | null;
  readonly at: Date;
  readonly version: number;
}
export type Work = (tx: Sql, before: Experiment) => Promise<void>;

/** Each change of an experiment is one transaction with its audit row, and every process hears of it. */
export class Changes {
  readonly sql: Sql;
  readonly bus: Bus;
  constructor(sql: Sql, bus: Bus) {
    this.sql = sql;
    this.bus = bus;
  }

  /**
   * @param from states in which this can be done; 409 in any other
   * @param refusal said instead of the usual sentence about the state
   */
  change(
    id: number,
    action: string,
    from: readonly Status[],
    { operator, version }: Change,
    work: Work,
    refusal: Partial<Record<Status, string>> = {},
  ): Promise<Experiment> {
    return this.sql.transaction(async (tx) => {
      await tx.rows('select from experiment where id = $1 for update', [id]);
      const before = await experimentWith(tx, id);
      if (!before) throw notFound('experiment');
      if (before.version !== version) throw stale('experiment');
      if (!from.includes(before.status)) throw conflict(refusal[before.status] ?? refusals[before.status]);
      await tx.rows('update experiment set version = version + 1 where id = $1', [id]);
      await work(tx, before);
      return this.done(tx, id, action, operator, before);
    });
  }

  /** @returns what it has become; a deleted one as it was */
  async done(tx: Sql, id: number, action: string, operator: number | null, before: Experiment | undefined): Promise<Experiment> {
    const after = await experimentWith(tx, id);
    await audit(tx, { operator, action: `experiment.${action}`, subject: `experiment ${id}`, before, after });
    await this.bus.notify(tx, topic, String(id));
    return (after ?? before)!;
  }
}

const refusals: Readonly<Record<Status, string>> = {
  draft: 'This experiment is a draft still. Launch it first.',
  scheduled: 'This experiment waits for its start: it can be taken back to a draft.',
  running: 'This experiment is running: it can be paused or stopped.',
  paused: 'This experiment is paused: it can go on or be stopped.',
  stopped: 'This experiment is over. Copy it to a new draft.',
  archived: 'This experiment is in the archive. Copy it to a new draft.',
};

/** Why what is tested stays as it is, and what to do instead. */
export const editRefusals: Partial<Record<Status, string>> = {
  scheduled: 'This experiment waits for its start. Take it back to a draft to change it.',
  running:
    'This experiment is running: changing arms, shares, audience or the way it is decided would mix two tests in one result. Begin a new phase instead, which counts from its start.',
  paused:
    'This experiment was launched: changing arms, shares, audience or the way it is decided would mix two tests in one result. Begin a new phase instead, which counts from its start.',
};
