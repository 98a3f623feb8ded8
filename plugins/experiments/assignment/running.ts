import type { Bus } from '../../../core/bus.ts';
import type { Sql } from '../../../core/database/sql.ts';
import type { Logger } from '../../../core/log.ts';
import type { ModelRegistry } from '../../../recommend/models/registry.ts';
import type { Assign, Assigner } from '../../../recommend/stages.ts';
import type { Here } from '../country/here.ts';
import { experimentsIn, topic, type Experiment } from '../model.ts';
import { ViewerAttributes } from './attributes.ts';
import { CompiledExperiments } from './compiled.ts';
import { Facts, type Forced, type UnitFacts } from './facts.ts';
import { pinnedModels } from './pinned.ts';

interface Parts {
  readonly sql: Sql;
  readonly models: Pick<ModelRegistry, 'version'>;
  readonly here: Pick<Here, 'country'>;
  readonly log: Logger;
}

/** The experiments as they are now, in memory. */
export class RunningExperiments implements Assigner {
  readonly #parts: Parts;
  readonly #facts: Facts;
  #compiled = new CompiledExperiments([]);
  #asked = 0;
  #answered = 0;
  constructor(parts: Parts) {
    this.#parts = parts;
    this.#facts = new Facts(parts.sql, parts.log);
  }

  /** Reads them and follows every change. Returns the undo. */
  async open(bus: Bus): Promise<() => void> {
    const undos = [bus.on(topic, () => this.refresh()), bus.on('blends', () => this.refresh()), this.#facts.open(bus)];
    await this.refresh();
    return () => undos.forEach((undo) => undo());
  }

  async refresh(): Promise<void> {
    const turn = ++this.#asked,
      experiments = await liveExperiments(this.#parts.sql),
      models = await pinnedModels(
        this.#parts.models,
        experiments.flatMap(({ arms }) => arms),
        (id, error) => this.#parts.log.error(`model ${id} of an experiment's arm cannot be loaded; the one in service serves instead`, error),
      );
    // Of two changes in a row, the answer to the first may come last.
    if (turn < this.#answered) return;
    this.#answered = turn;
    this.#compiled = new CompiledExperiments(experiments, (id) => models.get(id));
  }

  /** The arms that a unit was sent to by links, without a question to the database where its facts are known. */
  async forced(unit: number, at: Date): Promise<readonly Forced[]> {
    if (this.#compiled.idle) return [];
    return (await this.#facts.of(unit)).forced.filter(({ until }) => until > at);
  }

  load(unit: number): Assign | Promise<Assign> {
    const compiled = this.#compiled,
      here = this.#parts.here.country;
    // Without any experiment the country is still noted, so that the audience of the first one can be counted.
    if (compiled.idle && here === undefined) return () => [];
    const facts = this.#facts.of(unit, here);
    return facts instanceof Promise ? facts.then((read) => assignTo(compiled, read)) : assignTo(compiled, facts);
  }
}

const assignTo =
  (compiled: CompiledExperiments, facts: UnitFacts): Assign =>
  (viewer, catalogue, at) =>
    compiled.assign(viewer.unit, facts, new ViewerAttributes(facts, viewer, catalogue, at), at);

/** With drafts, which operators may look at; what a draft's arm serves is the newest version of its blend. */
async function liveExperiments(sql: Sql): Promise<Experiment[]> {
  const all = await experimentsIn(sql, ['draft', 'scheduled', 'running', 'paused']);
  const rows = await sql.rows<{ blend: number; id: number }>('select blend, max(id) as id from blend_version group by blend'),
    newest = new Map(rows.map(({ blend, id }) => [blend, id]));
  const named = (arm: Experiment['arms'][number]) => ({ ...arm, blendVersion: arm.blend === null ? null : newest.get(arm.blend)! });
  return all.map((one) => (one.status === 'draft' ? { ...one, arms: one.arms.map(named) } : one));
}
