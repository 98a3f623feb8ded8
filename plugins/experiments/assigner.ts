import type { Bus } from '../../core/bus.ts';
import type { Sql } from '../../core/database/sql.ts';
import type { Assigner } from '../../recommend/stages.ts';
import { experimentsIn, type Experiment } from './model.ts';
import { topic } from './service.ts';
import { armRanges, bucket, chooseArm, type Range } from './statistics/hash.ts';

interface Running extends Pick<Experiment, 'id' | 'phase' | 'seed' | 'arms'> {
  readonly ranges: readonly Range[];
}

/** The running experiments, in memory. A unit is in the same arm in every process and at all times, whatever is paused between. */
export class RunningExperiments implements Assigner {
  readonly #sql: Sql;
  #running: readonly Running[] = [];
  #asked = 0;
  #answered = 0;
  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Reads them and follows every change. Returns the undo. */
  async open(bus: Bus): Promise<() => void> {
    const undo = bus.on(topic, () => this.refresh());
    await this.refresh();
    return undo;
  }

  async refresh(): Promise<void> {
    const turn = ++this.#asked;
    const running = (await experimentsIn(this.#sql, ['running'])).map(({ id, phase, seed, arms }) => ({
      id,
      phase,
      seed,
      arms,
      ranges: armRanges(
        arms.length,
        1,
        arms.map(({ share }) => share / 100),
      ),
    }));
    // Of two changes in a row, the answer to the first may come last.
    if (turn < this.#answered) return;
    this.#answered = turn;
    this.#running = running;
  }

  assign(unit: number): ReturnType<Assigner['assign']> {
    return this.#running.flatMap(({ id, phase, seed, arms, ranges }) => {
      const arm = arms[chooseArm(bucket(seed, String(unit)), ranges)];
      return arm?.blendVersion ? [{ experiment: id, phase, arm: arm.key, blendVersion: arm.blendVersion }] : [];
    });
  }
}
