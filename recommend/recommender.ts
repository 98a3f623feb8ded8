import type { AnyAlgorithm, Viewer } from './algorithm.ts';
import { BlendSpec, type BlendVersion } from './blend-spec.ts';
import type { Blends } from './blends.ts';
import type { OpenOptions, Recommender, RecommendSession } from './index.ts';
import type { Catalogue, CatalogueReader, HistoryReader } from './ports.ts';
import type { Adjuster, Adjustment, Assign, Assigned, Assigner, Filter, ReadingAdjuster } from './stages.ts';
import type { Logger } from '../core/log.ts';
import type { LoadedModels } from './models/registry.ts';
import { duplicate, unavailable } from '../core/errors.ts';
import { seenBy, viewerOf } from './1-candidates.ts';
import { gatherSignals, historyWithEvents, preferencesOf, type SignalPart, type Signals } from './signals.ts';
import type { Scorer } from './2-score.ts';
import { overridden } from './overrides.ts';
import { Session, type SessionParts } from './session.ts';
import { KeptRankings } from './kept-rankings.ts';

export interface RecommenderParts {
  readonly blends: Pick<Blends, 'current' | 'version'>;
  readonly models: LoadedModels;
  /** films by kind of event, see readEvents */
  readonly events: (signals: Signals, unit: number) => Promise<readonly (readonly number[])[]>;
  readonly catalogue: () => CatalogueReader | undefined;
  readonly histories: () => HistoryReader | undefined;
  readonly log: Logger;
}

/** Its weights are replaced. */
const plain = BlendSpec.parse({ weights: { any: 1 }, diversity: 0 });

const nobody: Assign = () => [];

/** What a site without any blend would serve: every algorithm that ranks, with the same weight. */
const even = (algorithms: Iterable<string>): BlendVersion => ({
  id: 0,
  blend: 0,
  name: 'Even',
  version: 0,
  spec: { ...plain, weights: Object.fromEntries([...algorithms].map((id) => [id, 1])) },
});

/** The straight way: assign → candidates → score → blend → filter → re-rank → explain. */
export class CoreRecommender implements Recommender {
  readonly #parts: RecommenderParts;
  readonly #algorithms = new Map<string, { readonly algorithm: AnyAlgorithm; readonly plugin: string }>();
  readonly #filters = new Set<Filter>();
  readonly #kept = new KeptRankings();
  readonly #adjusters = new Set<Adjuster | ReadingAdjuster>();
  readonly #signalParts = new Set<SignalPart>();
  #assigner: Assigner | undefined;

  constructor(parts: RecommenderParts) {
    this.#parts = parts;
  }

  addAlgorithm(algorithm: AnyAlgorithm, plugin: string): () => void {
    if (this.#algorithms.has(algorithm.id)) throw duplicate('algorithm', algorithm.id);
    this.#algorithms.set(algorithm.id, { algorithm, plugin });
    return () => void this.#algorithms.delete(algorithm.id);
  }

  addFilter(filter: Filter): () => void {
    this.#filters.add(filter);
    return () => void this.#filters.delete(filter);
  }

  addAdjuster(adjuster: Adjuster | ReadingAdjuster): () => void {
    this.#adjusters.add(adjuster);
    return () => void this.#adjusters.delete(adjuster);
  }

  addSignals(part: SignalPart): () => void {
    this.#signalParts.add(part);
    return () => void this.#signalParts.delete(part);
  }

  signals(): Signals {
    return gatherSignals(this.#signalParts);
  }

  setAssigner(assigner: Assigner): () => void {
    if (this.#assigner) throw duplicate('assigner', 'experiments');
    this.#assigner = assigner;
    return () => {
      this.#assigner = undefined;
    };
  }

  algorithms() {
    return [...this.#algorithms.values()].map((entry) => ({ ...entry, model: this.#parts.models.get(entry.algorithm.id)?.id }));
  }

  async open(unit: number, at: Date, options: OpenOptions = {}): Promise<RecommendSession> {
    const opened = performance.now(),
      reader = this.#parts.catalogue(),
      histories = this.#parts.histories();
    if (!reader || !histories) throw unavailable('The catalogue is being loaded. Try again in a moment.');
    const catalogue = reader.current();
    const loading = Promise.all([...this.#filters].map((filter) => this.#load(filter, unit)));
    const adjusting = options.adjuster ? [options.adjuster] : Promise.all([...this.#adjusters].map((adjuster) => this.#read(adjuster, unit)));
    const signals = this.signals();
    const assigning = options.blend ? nobody : this.#loadArms(unit);
    const [history, events] = await historyWithEvents(histories, signals, unit, this.#parts.events);
    const viewer = viewerOf(unit, history, preferencesOf(history, events, signals, catalogue), catalogue);
    const filters = await loading;
    const assigned = this.#assign(await assigning, viewer, catalogue, at);
    return new Session({
      viewer,
      at,
      opened,
      catalogue,
      filters,
      seen: seenBy(history, catalogue, at),
      adjustments: this.#adjust(await adjusting, viewer, catalogue, at),
      log: this.#parts.log,
      ...this.#scorers(catalogue.size, options.models ? [options] : assigned),
      kept: this.#kept,
      teams: this.#teams(catalogue.size, assigned),
      blend: options.blend ? { ...even([]), name: 'Preview', spec: options.blend } : this.#blendFor(assigned),
      assignments: assigned.filter(({ forced }) => !forced).map(({ experiment, phase, arm }) => ({ experiment, phase, arm })),
    });
  }

  async #read(adjuster: Adjuster | ReadingAdjuster, unit: number): Promise<Adjuster> {
    if (!('load' in adjuster)) return adjuster;
    try {
      return await adjuster.load(unit);
    } catch (error) {
      this.#parts.log.error('an adjuster could not read what it needs; lists are served without it', error);
      return { adjust: () => undefined };
    }
  }

  /** A broken adjuster changes nothing. */
  #adjust(adjusters: Iterable<Adjuster>, viewer: Viewer, catalogue: Catalogue, at: Date): Adjustment[] {
    try {
      return [...adjusters].map((adjuster) => adjuster.adjust(viewer, catalogue, at)).filter((adjustment) => adjustment !== undefined);
    } catch (error) {
      this.#parts.log.error('rules failed; lists are served without them', error);
      return [];
    }
  }

  async #loadArms(unit: number): Promise<Assign> {
    try {
      return (await this.#assigner?.load(unit)) ?? nobody;
    } catch (error) {
      this.#parts.log.error('assignment failed; the default blend is served', error);
      return nobody;
    }
  }

  #assign(assign: Assign, viewer: Viewer, catalogue: Catalogue, at: Date): readonly Assigned[] {
    try {
      return assign(viewer, catalogue, at);
    } catch (error) {
      this.#parts.log.error('assignment failed; the default blend is served', error);
      return [];
    }
  }

  /** The arm's or the default blend, with everything that the arms override. */
  #blendFor(assigned: readonly Assigned[]): BlendVersion {
    const { blends } = this.#parts,
      own = assigned.findLast(({ blendVersion }) => blendVersion !== null)?.blendVersion;
    const base = (own && blends.version(own)) || blends.current() || even(this.#rankers());
    const spec = assigned.reduce((before, { overrides }) => overridden(before, overrides), base.spec);
    return spec === base.spec ? base : { ...base, spec };
  }

  /** Of one interleaving at most; what other experiments change is changed for all teams. */
  #teams(films: number, assigned: readonly Assigned[]): SessionParts['teams'] {
    const { teams = [] } = assigned.find((one) => one.teams) ?? {};
    return teams.map((team) => {
      const all = [...assigned, team];
      return { arm: team.arm, spec: this.#blendFor(all).spec, ...this.#scorers(films, all) };
    });
  }

  /** Algorithms that say what a viewer chooses. One that predicts stars does not: what viewers rate highest is not what they choose. */
  #rankers(): string[] {
    return [...this.#algorithms.values()].flatMap(({ algorithm }) => (algorithm.predict ? [] : [algorithm.id]));
  }

  /** Algorithms with a model made for this catalogue; a model of more films than there are would answer nonsense. */
  #scorers(films: number, assigned: readonly Pick<OpenOptions, 'models'>[]): Pick<SessionParts, 'scorers' | 'inService'> {
    const scorers: Scorer[] = [],
      inService: Scorer[] = [];
    for (const { algorithm } of this.#algorithms.values()) {
      const loaded = this.#parts.models.get(algorithm.id);
      if (!loaded || loaded.films > films) continue;
      const pinned = assigned.findLast(({ models }) => models?.has(algorithm.id))?.models?.get(algorithm.id) ?? loaded;
      inService.push({ algorithm, model: loaded.model, modelId: loaded.id });
      scorers.push({ algorithm, model: pinned.model, modelId: pinned.id });
    }
    return { scorers, inService };
  }

  async #load(filter: Filter, unit: number): Promise<(film: number) => boolean> {
    try {
      return await filter.load(unit);
    } catch (error) {
      this.#parts.log.error(`filter ${filter.id} failed; its films are shown`, error);
      return () => true;
    }
  }
}
