import type { Bus } from '../../../core/bus.ts';
import type { Sql } from '../../../core/database/sql.ts';
import { AppError } from '../../../core/errors.ts';
import type { Logger } from '../../../core/log.ts';
import { Changes, type Change } from '../changes.ts';
import { refuseConflict } from '../conflicts.ts';
import { lastEvent, recordEvent, type EventKind, type ExperimentEvent, type NewEvent } from '../events.ts';
import { experimentsIn, type Experiment } from '../model.ts';
import { start } from '../service.ts';
import { endPhase } from '../store.ts';
import type { Guards, Standing } from './guards.ts';

interface Parts {
  readonly sql: Sql;
  readonly bus: Bus;
  readonly guards: Guards;
  /** tells those outside, in the transaction of the event */
  readonly tell: (tx: Sql, event: number) => Promise<void>;
  readonly log: Logger;
}
const told: readonly EventKind[] = ['guardrail', 'rolled-back', 'verdict', 'ended'];
const HOUR = 3_600_000;

/** What experiments do by themselves: start, grow, go back, end. */
export class Steering {
  readonly #parts: Parts;
  readonly #changes: Changes;
  constructor(parts: Parts) {
    this.#parts = parts;
    this.#changes = new Changes(parts.sql, parts.bus);
  }

  /** One look at everything that runs or waits. One experiment that fails stops nobody. @returns how many did something */
  async look(at: Date, signal?: AbortSignal): Promise<number> {
    let moved = 0;
    for (const experiment of await experimentsIn(this.#parts.sql, ['scheduled', 'running', 'paused'])) {
      signal?.throwIfAborted();
      try {
        moved += Number(await this.#steer(experiment, at));
      } catch (error) {
        // An operator was faster: the next look sees what came of it.
        if (!(error instanceof AppError && error.code === 'STALE')) this.#parts.log.error(`experiment ${experiment.id} could not be steered`, error);
      }
    }
    return moved;
  }

  /** @returns whether something was done */
  async #steer(experiment: Experiment, at: Date): Promise<boolean> {
    const { status, startsAt, endsAt, kind } = experiment;
    if (status === 'scheduled') return startsAt !== null && startsAt <= at && this.#start(experiment, at);
    if (endsAt && endsAt <= at) return this.#end(experiment, at);
    if (status === 'paused' || kind === 'holdout') return false;
    const standing = await this.#parts.guards.of(experiment, at);
    if (standing.worse.length > 0) return this.#rollBack(experiment, standing, at);
    const news = await this.#report(experiment, standing, at);
    return (await this.#ramp(experiment, standing, at)) || news;
  }

  async #start(experiment: Experiment, at: Date): Promise<boolean> {
    const refused = await this.#do(experiment, 'start', at, async (tx) => {
      await refuseConflict(tx, experiment);
      await start(tx, experiment, at);
      return { kind: 'started', text: 'Started as planned.' };
    }).then(
      () => undefined,
      (error: unknown) => {
        if (error instanceof AppError && error.code === 'CONFLICT') return error.message;
        throw error;
      },
    );
    if (refused === undefined) return true;
    await this.#do(experiment, 'take-back', at, async (tx) => {
      await tx.rows(`update experiment set status = 'draft' where id = $1`, [experiment.id]);
      return { kind: 'start-refused', text: `It could not start as planned and is a draft again. ${refused}` };
    });
    return true;
  }

  async #end(experiment: Experiment, at: Date): Promise<boolean> {
    await this.#do(experiment, 'end', at, async (tx) => {
      await tx.rows(`update experiment set status = 'stopped', stopped_at = greatest($2, started_at) where id = $1`, [experiment.id, at]);
      await endPhase(tx, experiment, at);
      return { kind: 'ended', text: 'Ended as planned. It waits for the decision.' };
    });
    return true;
  }

  /** Everybody gets the default blend again, until an operator has looked. */
  async #rollBack(experiment: Experiment, { worse }: Standing, at: Date): Promise<boolean> {
    await this.#do(experiment, 'roll-back', at, async (tx) => {
      await tx.rows(`update experiment set status = 'paused' where id = $1`, [experiment.id]);
      return { kind: 'rolled-back', text: `Paused by the site. ${worse.map(({ text }) => text).join(' ')}`, data: { worse } };
    });
    return true;
  }

  /** The next step of the ramp, once the present one lasted long enough and nothing speaks against it. */
  async #ramp(experiment: Experiment, { broken }: Standing, at: Date): Promise<boolean> {
    const { ramp, rampStep, rampSince } = experiment,
      present = ramp[rampStep],
      next = ramp[rampStep + 1];
    if (!present || !next || !rampSince || at.getTime() - rampSince.getTime() < present.hours * HOUR) return false;
    if (broken)
      return this.#once(experiment, { kind: 'ramp-held', text: `It stays at ${share(present.coverage)}. ${broken}`, data: { step: rampStep } }, at);
    await this.#do(experiment, 'ramp', at, async (tx) => {
      await tx.rows('update experiment set coverage = greatest($2, coverage), ramp_step = $3, ramp_since = $4 where id = $1', [
        experiment.id,
        next.coverage,
        rampStep + 1,
        at,
      ]);
      return { kind: 'ramped', text: `From ${share(present.coverage)} to ${share(next.coverage)} of the viewers.`, data: { step: rampStep + 1 } };
    });
    return true;
  }

  /** News of its health and verdict, each once. */
  async #report(experiment: Experiment, { broken, silent, verdict }: Standing, at: Date): Promise<boolean> {
    const alarm = broken ? { text: broken, data: { alarm: 'split' } } : silent ? { text: silent, data: { alarm: 'exposure' } } : undefined,
      alarmed = alarm !== undefined && (await this.#once(experiment, { kind: 'guardrail', ...alarm }, at));
    const last = await lastEvent(this.#parts.sql, experiment, 'verdict');
    if (!isNews(verdict, last)) return alarmed;
    return this.#once(experiment, { kind: 'verdict', text: verdict.title, data: { kind: verdict.kind, arm: verdict.arm } }, at);
  }

  /** Unless the last event of its kind said the same. */
  async #once(experiment: Experiment, event: NewEvent, at: Date): Promise<boolean> {
    const last = await lastEvent(this.#parts.sql, experiment, event.kind);
    if (last && JSON.stringify(last.data) === JSON.stringify(event.data)) return false;
    await this.#parts.sql.transaction((tx) => this.#note(tx, experiment, event, at));
    return true;
  }

  #do(experiment: Experiment, action: string, at: Date, work: (tx: Sql) => Promise<NewEvent>): Promise<Experiment> {
    const change: Change = { operator: null, at, version: experiment.version };
    return this.#changes.change(experiment.id, action, [experiment.status], change, async (tx) => {
      await this.#note(tx, experiment, await work(tx), at);
    });
  }

  async #note(tx: Sql, experiment: Experiment, event: NewEvent, at: Date): Promise<void> {
    const id = await recordEvent(tx, experiment, at, event);
    if (told.includes(event.kind)) await this.#parts.tell(tx, id);
  }
}

/** Another verdict than the last one, or the same for another arm; the first one once it says something. */
function isNews({ kind, arm }: Standing['verdict'], last: ExperimentEvent | undefined): boolean {
  if (kind === 'empty') return false;
  if (!last) return kind === 'good' || kind === 'bad' || kind === 'broken';
  // What was written down before arms were has none.
  return last.data['kind'] !== kind || ('arm' in last.data && last.data['arm'] !== arm);
}

const share = (coverage: number): string => `${Number((coverage * 100).toFixed(2))} %`;
