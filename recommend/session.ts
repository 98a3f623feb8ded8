import { randomUUID } from 'node:crypto';
import type { Position, Viewer } from './algorithm.ts';
import { weightsFor, type BlendVersion } from './blend-spec.ts';
import type { Explanation, RecommendSession, RowOptions } from './index.ts';
import type { Catalogue } from './ports.ts';
import type { Assignment, ServedFilm, ServedList } from './served.ts';
import type { Adjustment } from './stages.ts';
import type { Logger } from '../core/log.ts';
import { candidatesFor } from './1-candidates.ts';
import { scoreAll, scoresOf, similarityTo, type Ask, type Scorer, type Scores } from './2-score.ts';
import { blend, leaderOf, sharesOf } from './3-blend.ts';
import { best } from './4-filter.ts';
import { diversify } from './5-rerank.ts';
import { explanationOf, mainReason } from './6-explain.ts';
import { deviation, handicap, type Seen } from './again.ts';
import { calibrate, genresOf, type Genres } from './calibration.ts';
import type { KeptRankings } from './kept-rankings.ts';
import { predictStars, type Prediction } from './predict.ts';
import { rankingOf, type Ranking } from './ranking.ts';

export interface SessionParts {
  readonly viewer: Viewer;
  readonly at: Date;
  readonly blend: BlendVersion;
  readonly assignments: readonly Assignment[];
  readonly catalogue: Catalogue;
  readonly scorers: readonly Scorer[];
  readonly kept: KeptRankings;
  readonly filters: readonly ((film: Position) => boolean)[];
  readonly seen: readonly Seen[];
  readonly adjustments: readonly Adjustment[];
  readonly log: Logger;
}

interface Style {
  readonly diversity: number;
  readonly calibration: number;
  /** a list of similar films is explained by its heading, so its films need no reasons of their own */
  readonly reasons: boolean;
  /** a list by the blend: operators' pins stand in it, and seen films where the blend lets them come back */
  readonly personal: boolean;
}
const plain: Style = { diversity: 0, calibration: 0, reasons: true, personal: false };

/** How many candidates diversity chooses from, per film shown. */
const choice = 4;

/** One viewer's request, worked out lazily: a page without personal rows scores nothing. */
export class Session implements RecommendSession {
  readonly #parts: SessionParts;
  #candidates: ReturnType<typeof candidatesFor> | undefined;
  #genres: Genres | undefined;
  #key: string | undefined;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  get viewer(): Viewer {
    return this.#parts.viewer;
  }
  get blend(): BlendVersion {
    return this.#parts.blend;
  }
  get assignments(): readonly Assignment[] {
    return this.#parts.assignments;
  }

  forViewer(row: RowOptions): ServedList {
    const { diversity, calibration } = this.blend.spec;
    return this.#list(row, this.#rank(), { diversity, calibration, reasons: true, personal: true });
  }

  byAlgorithm(id: string, row: RowOptions): ServedList {
    const ranking = this.#kept([this.#who, id], () => this.#alone(id));
    return this.#list(row, ranking, plain);
  }

  similarTo(film: Position, row: RowOptions): ServedList {
    const able = this.#parts.scorers.filter(({ algorithm }) => algorithm.similar !== undefined);
    const wanted = this.#weights;
    const silent = able.every(({ algorithm }) => !wanted[algorithm.id]);
    const weights = silent ? Object.fromEntries(able.map(({ algorithm }) => [algorithm.id, 1])) : wanted;
    const ranking = this.#kept([film, weights], () => this.#ranking(able, weights, similarityTo(film)));
    return this.#list({ ...row, without: new Set(row.without).add(film) }, ranking, { ...plain, reasons: false });
  }

  explain(film: Position): Explanation {
    return explanationOf(this.#rank(), this.viewer, film);
  }

  predict(film: Position): Prediction | undefined {
    return predictStars(this.#parts.scorers, this.viewer, film, this.#parts.log);
  }

  /** Everything of the viewer's that a score or a reason may rest on. */
  get #who(): string {
    const { unit, films, stars, dismissed, preferences } = this.viewer;
    return (this.#key ??= [unit, films, stars, dismissed, preferences.films, preferences.weight].join(' '));
  }

  /** Looked up anew for each list: nothing may hold a kept ranking from one call to the next. */
  #rank(): Ranking {
    return this.#kept(this.#personal, () => this.#adjusted());
  }

  get #personal(): readonly unknown[] {
    const { at, adjustments } = this.#parts,
      { again } = this.blend.spec;
    // The handicap of seen films falls from day to day.
    const extras = [again > 0 && [again, at.toISOString().slice(0, 10)], adjustments.map(({ key }) => key)];
    return [this.#who, this.#weights, extras];
  }

  get #weights(): Readonly<Record<string, number>> {
    return weightsFor(this.blend.spec, this.viewer.films.length);
  }

  /** The blend's scores with operators' boosts, and the handicap of seen films where these may come back. */
  #adjusted(): Ranking {
    const { scorers, seen, adjustments } = this.#parts,
      { again, normalisation } = this.blend.spec;
    const scores = this.#scores(scorers, this.#weights, scoresOf(this.viewer)),
      blended = this.#blend(scores);
    if (again > 0) handicap(blended, seen, again, normalisation);
    for (const { boost } of adjustments) boost?.forEach((by, film) => (blended[film]! += by * deviation[normalisation]));
    return rankingOf(scores, blended);
  }

  #alone(id: string): Ranking {
    const { kept } = this.#parts;
    const known = kept.peek(...this.#naming(this.#personal))?.scores.find(({ scorer }) => scorer.algorithm.id === id);
    if (known) {
      const values = kept.take(known.values.length);
      values.set(known.values);
      return rankingOf([{ ...known, values }], values);
    }
    const scorers = this.#parts.scorers.filter(({ algorithm }) => algorithm.id === id);
    return this.#ranking(scorers, { [id]: 1 }, scoresOf(this.viewer));
  }

  #kept(key: readonly unknown[], make: () => Ranking): Ranking {
    return this.#parts.kept.of(...this.#naming(key), make);
  }

  /** What a kept ranking rests on, and its key. */
  #naming(key: readonly unknown[]): [basis: unknown[], key: unknown[]] {
    const { catalogue, scorers } = this.#parts;
    return [
      [catalogue, ...scorers.flatMap(({ algorithm, model }) => [algorithm, model])],
      [...key, this.blend.spec.normalisation],
    ];
  }

  #ranking(scorers: readonly Scorer[], weights: Readonly<Record<string, number>>, ask: Ask): Ranking {
    const scores = this.#scores(scorers, weights, ask);
    return rankingOf(scores, this.#blend(scores));
  }

  #scores(scorers: readonly Scorer[], weights: Readonly<Record<string, number>>, ask: Ask): Scores[] {
    const { catalogue, log, kept } = this.#parts;
    return scoreAll(scorers, { ...this.blend.spec, weights }, catalogue.size, ask, log, kept.take);
  }

  #blend(scores: readonly Scores[]): Float32Array {
    const { catalogue, kept } = this.#parts;
    return blend(scores, catalogue.size, kept.take);
  }

  #list(row: RowOptions, ranking: Ranking, { diversity, calibration, reasons, personal }: Style): ServedList {
    const { catalogue } = this.#parts,
      end = (row.offset ?? 0) + row.size,
      allowed = this.#allowed(row, personal && this.blend.spec.again > 0);
    const films = best(ranking.blended, end * choice, allowed, ranking.head);
    const various = diversify(films, ranking.blended, calibration > 0 ? films.length : end, diversity, catalogue);
    const calibrated =
      calibration > 0 ? calibrate(various, end, calibration, (this.#genres ??= genresOf(this.viewer, catalogue)), catalogue) : various;
    const picked = (personal && row.only === undefined ? this.#withPins(calibrated, allowed).slice(0, end) : calibrated).slice(row.offset ?? 0);
    return {
      id: randomUUID(),
      unit: this.viewer.unit,
      surface: row.surface,
      at: this.#parts.at,
      blendVersion: this.blend.id || undefined,
      assignments: this.assignments,
      films: picked.map((film) => this.#say(film, ranking, reasons)),
    };
  }

  #allowed(row: RowOptions, again: boolean): (film: Position) => boolean {
    this.#candidates ??= candidatesFor(this.viewer, this.#parts.catalogue);
    const may = row.seen || again ? this.#candidates.all : this.#candidates.unseen;
    let { filters } = this.#parts;
    const excluded = this.#parts.adjustments.map((adjustment) => adjustment.excluded).filter((mask) => mask !== undefined);
    if (excluded.length > 0) filters = [...filters, (film) => excluded.every((mask) => mask[film] !== 1)];
    return (film) => may(film) && !row.without?.has(film) && (row.only?.(film) ?? true) && filters.every((keep) => keep(film));
  }

  /** Each pinned film that may be shown, at its place. */
  #withPins(films: readonly Position[], allowed: (film: Position) => boolean): Position[] {
    const pins = this.#parts.adjustments.flatMap((adjustment) => adjustment.pins).filter(({ film }) => allowed(film));
    const list = films.filter((film) => !pins.some((pin) => pin.film === film));
    for (const { film, place } of pins.sort((a, b) => a.place - b.place)) list.splice(place, 0, film);
    return list;
  }

  /** A ranking is listed in one style only, so what was said once holds. */
  #say(film: Position, ranking: Ranking, reasons: boolean): ServedFilm {
    const said = ranking.said.get(film) ?? this.#film(film, ranking, reasons);
    ranking.said.set(film, said);
    return said;
  }

  #film(position: Position, { scores, blended }: Ranking, reasons: boolean): ServedFilm {
    const shares = sharesOf(scores, position);
    return {
      film: this.#parts.catalogue.cards[position]!.id,
      position,
      score: blended[position]!,
      shares,
      algorithm: leaderOf(shares),
      reason: reasons ? mainReason(scores, shares, this.viewer, position) : undefined,
    };
  }
}
