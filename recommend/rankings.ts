import { createHash } from 'node:crypto';
import type { Position, Viewer } from './algorithm.ts';
import { weightsFor, type BlendSpec } from './blend-spec.ts';
import type { Catalogue } from './ports.ts';
import type { Adjustment } from './stages.ts';
import type { Logger } from '../core/log.ts';
import { scoreAll, scoresOf, similarityTo, type Ask, type CommonScores, type Scorer, type Scores } from './2-score.ts';
import type { ScoreRoom } from '../math/kernels/score-room.ts';
import { blend } from './3-blend.ts';
import { deviation, handicap, type Seen } from './again.ts';
import type { KeptRankings } from './kept-rankings.ts';
import { rankingOf, type Ranking } from './ranking.ts';

export interface RankingParts {
  readonly viewer: Viewer;
  readonly at: Date;
  readonly catalogue: Catalogue;
  readonly scorers: readonly Scorer[];
  /** the same with the models in service: an experiment may pin others for this viewer */
  readonly inService: readonly Scorer[];
  readonly kept: KeptRankings;
  readonly seen: readonly Seen[];
  readonly adjustments: readonly Adjustment[];
  readonly log: Logger;
}

type Weights = Readonly<Record<string, number>>;

/**
 * All films in the order of their worth, for one viewer and one blend: worked out when asked for, or kept from an earlier
 * request. Ask anew for each list: nothing may hold a kept ranking from one call to the next.
 */
export class Rankings {
  readonly #parts: RankingParts;
  readonly #spec: BlendSpec;
  #key: string | undefined;

  constructor(parts: RankingParts, spec: BlendSpec) {
    this.#parts = parts;
    this.#spec = spec;
  }

  /** The blend's scores with operators' boosts, and the handicap of seen films where these may come back. */
  personal(): Ranking {
    return this.#kept(this.#personal, () => this.#adjusted());
  }

  /** By one algorithm alone; empty where it cannot serve. */
  alone(id: string): Ranking {
    return this.#kept([this.#who, id], () => this.#alone(id));
  }

  /** By likeness to a film: by the algorithms that know it, weighted as in the blend, or alike where the blend has none of them. */
  like(film: Position): Ranking {
    const able = this.#parts.scorers.filter(({ algorithm }) => algorithm.similar !== undefined);
    const wanted = this.#weights;
    const silent = able.every(({ algorithm }) => !wanted[algorithm.id]);
    const weights = silent ? Object.fromEntries(able.map(({ algorithm }) => [algorithm.id, 1])) : wanted;
    return this.#kept([film, weights], () => this.#ranking(able, weights, similarityTo(film)));
  }

  /** Everything of the viewer's that a score or a reason may rest on: a key of its bytes, which would fill more memory than some algorithms. */
  get #who(): string {
    return (this.#key ??= digestOf(this.#parts.viewer));
  }

  get #personal(): readonly unknown[] {
    const { at, adjustments } = this.#parts,
      { again } = this.#spec;
    // The handicap of seen films falls from day to day.
    const extras = [again > 0 && [again, at.toISOString().slice(0, 10)], adjustments.map(({ key }) => key)];
    return [this.#who, this.#weights, extras];
  }

  get #weights(): Weights {
    return weightsFor(this.#spec, this.#parts.viewer.films.length);
  }

  #adjusted(): Ranking {
    const { scorers, seen, adjustments, viewer } = this.#parts,
      { again, normalisation } = this.#spec;
    const scores = this.#scores(scorers, this.#weights, scoresOf(viewer), this.#parts.kept.common),
      blended = blend(scores, this.#room);
    if (again > 0) handicap(blended, seen, again, normalisation);
    for (const { boost } of adjustments) boost?.forEach((by, film) => raise(blended, film, by * deviation[normalisation]));
    return rankingOf(scores, blended, this.#room);
  }

  #alone(id: string): Ranking {
    const { kept, scorers, viewer } = this.#parts;
    const known = kept.peek(...this.#naming(this.#personal))?.scores.find(({ scorer }) => scorer.algorithm.id === id);
    if (known) {
      const { common: _, ...own } = known,
        values = this.#room.take();
      values.set(known.values);
      return this.#rankingOf([{ ...own, values }]);
    }
    const only = scorers.filter(({ algorithm }) => algorithm.id === id);
    return this.#ranking(only, { [id]: 1 }, scoresOf(viewer));
  }

  #kept(key: readonly unknown[], make: () => Ranking): Ranking {
    return this.#parts.kept.of(...this.#naming(key), make);
  }

  /** What a kept ranking rests on, and its key. */
  #naming(key: readonly unknown[]): [basis: unknown[], key: unknown[]] {
    const { catalogue, scorers, inService } = this.#parts;
    const pinned = scorers.filter(({ model }, i) => model !== inService[i]?.model).map(({ modelId }) => modelId);
    return [
      [catalogue, ...inService.flatMap(({ algorithm, model }) => [algorithm, model])],
      [...key, this.#spec.normalisation, pinned],
    ];
  }

  #ranking(scorers: readonly Scorer[], weights: Weights, ask: Ask): Ranking {
    return this.#rankingOf(this.#scores(scorers, weights, ask));
  }

  #rankingOf(scores: readonly Scores[]): Ranking {
    return rankingOf(scores, blend(scores, this.#room), this.#room);
  }

  #scores(scorers: readonly Scorer[], weights: Weights, ask: Ask, common?: CommonScores): Scores[] {
    return scoreAll(scorers, { ...this.#spec, weights }, this.#room, ask, this.#parts.log, common);
  }

  get #room(): ScoreRoom {
    return this.#parts.kept.room(this.#parts.catalogue.size);
  }
}

function digestOf({ unit, films, stars, dismissed, preferences }: Viewer): string {
  const parts = [films, stars, dismissed, preferences.films, preferences.weight],
    hash = createHash('sha256').update(Int32Array.from([unit, ...parts.map(({ length }) => length)]));
  for (const part of parts) hash.update(part);
  return hash.digest('base64');
}

/** A film that no algorithm knows is raised from the average one, so that a boost makes it a candidate. */
function raise(blended: Float32Array, film: Position, by: number): void {
  if (by > 0 && Number.isNaN(blended[film]!)) blended[film] = by;
  else blended[film]! += by;
}
