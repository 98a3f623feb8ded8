import type { LoadedModel } from '../../../recommend/models/registry.ts';
import type { Assigned } from '../../../recommend/stages.ts';
import { control, interleaved, type Arm, type Experiment } from '../model.ts';
import { armRanges, bucket, chooseArm, inNamespace, type Range } from '../statistics/hash.ts';
import type { Attributes } from './attributes.ts';
import type { Forced, UnitFacts } from './facts.ts';
import { modelsOf } from './pinned.ts';
import { isMeant } from './targeting.ts';

/** A version of a model that an arm pins; undefined where it cannot be had, so that the one in service serves. */
export type ModelOf = (id: number) => LoadedModel | undefined;

interface Compiled {
  readonly experiment: Experiment;
  readonly ranges: readonly Range[];
  readonly targeted: boolean;
  /** what each arm gives, in the order of the ranges */
  readonly arms: readonly Assigned[];
  /** an interleaving puts everybody in all arms at once */
  readonly together: Assigned | undefined;
}

/** Says in which arms a unit is: from memory alone, and the same in every process and at all times. */
export class CompiledExperiments {
  readonly #holdouts: readonly Compiled[];
  readonly #running: readonly Compiled[];
  /** those that nobody is assigned to now, but an operator may look at */
  readonly #others: readonly Compiled[];

  constructor(experiments: readonly Experiment[], modelOf: ModelOf = () => undefined) {
    const all = experiments.map((experiment) => compile(experiment, modelOf)),
      runs = all.filter(({ experiment }) => experiment.status === 'running');
    this.#holdouts = runs.filter(({ experiment }) => experiment.kind === 'holdout');
    this.#running = runs.filter(({ experiment }) => experiment.kind !== 'holdout');
    this.#others = all.filter(({ experiment }) => experiment.status !== 'running');
  }

  /** Whether anybody can be in anything. */
  get idle(): boolean {
    return this.#holdouts.length + this.#running.length + this.#others.length === 0;
  }

  assign(unit: number, facts: UnitFacts, attributes: Attributes, at: Date): readonly Assigned[] {
    const who = String(unit),
      assigned: Assigned[] = [];
    const out = this.#heldOut(who, facts, attributes, assigned);
    for (const one of this.#running) {
      if (out !== undefined && (out.has(null) || out.has(one.experiment.layer))) continue;
      const arm = armOf(one, who, facts, attributes);
      if (arm) assigned.push(arm);
    }
    return facts.forced.length === 0 ? assigned : this.#force(assigned, facts.forced, at);
  }

  /** The layers that the unit is held out of; null is all of them, and what is in no layer. */
  #heldOut(who: string, facts: UnitFacts, attributes: Attributes, assigned: Assigned[]): Set<number | null> | undefined {
    let out: Set<number | null> | undefined;
    for (const holdout of this.#holdouts) {
      const arm = armOf(holdout, who, facts, attributes);
      if (arm) assigned.push(arm);
      if (arm?.arm === control) (out ??= new Set()).add(holdout.experiment.layer);
    }
    return out;
  }

  #force(assigned: readonly Assigned[], forced: readonly Forced[], at: Date): Assigned[] {
    const wished = forced
      .filter(({ until }) => until > at)
      .flatMap(({ experiment, arm }) => {
        const one = [...this.#running, ...this.#others].find((other) => other.experiment.id === experiment);
        return one?.arms.find((other) => other.arm === arm) ?? [];
      });
    const rest = assigned.filter(({ experiment }) => !wished.some((one) => one.experiment === experiment));
    return [...rest, ...wished.map((one) => ({ ...one, forced: true }))];
  }
}

function armOf(
  { experiment, ranges, targeted, arms, together }: Compiled,
  who: string,
  facts: UnitFacts,
  attributes: Attributes,
): Assigned | undefined {
  const { layerKey, start, end, seed, includeStaff, includeSimulated } = experiment;
  if ((facts.staff && !includeStaff) || (facts.simulated && !includeSimulated)) return undefined;
  if (layerKey !== null && !inNamespace(who, [layerKey, start, end])) return undefined;
  if (targeted && !isMeant(attributes, experiment.targeting)) return undefined;
  const placed = facts.placed.find(({ experiment: id, phase }) => id === experiment.id && phase === experiment.phase);
  const chosen = placed ? arms.find(({ arm }) => arm === placed.arm) : arms[chooseArm(bucket(seed, who), ranges)];
  return chosen && (together ?? chosen);
}

function compile(experiment: Experiment, modelOf: ModelOf): Compiled {
  const { id, phase, kind, arms, coverage, targeting } = experiment,
    each = arms.map((arm) => served(experiment, arm, modelOf));
  return {
    experiment,
    ranges: armRanges(
      arms.length,
      coverage,
      arms.map(({ share, allocation }) => (allocation ?? share) / 100),
    ),
    targeted: Object.keys(targeting).length > 0,
    arms: each,
    together:
      kind === 'interleaving'
        ? { experiment: id, phase, arm: interleaved, blendVersion: null, overrides: {}, models: new Map(), forced: false, teams: each }
        : undefined,
  };
}

function served({ id, phase }: Experiment, arm: Arm, modelOf: ModelOf): Assigned {
  const { key, blendVersion, overrides } = arm;
  return { experiment: id, phase, arm: key, blendVersion, overrides, models: modelsOf(arm, modelOf), forced: false };
}
