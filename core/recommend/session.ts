import { randomUUID } from 'node:crypto';
import type { Position, Reason, Viewer } from './algorithm.ts';
import type { BlendVersion } from './blend-spec.ts';
import type { RecommendSession, RowOptions } from './index.ts';
import type { Catalogue } from './ports.ts';
import type { Assignment, ServedFilm, ServedList } from './served.ts';
import type { Logger } from '../log.ts';
import { candidatesFor } from './1-candidates.ts';
import { scoreAll, scoresOf, similarityTo, type Scorer } from './2-score.ts';
import { blend, leaderOf, sharesOf } from './3-blend.ts';
import { best } from './4-filter.ts';
import { diversify } from './5-rerank.ts';
import { mainReason, reasonsOf } from './6-explain.ts';
import type { KeptRankings } from './kept-rankings.ts';
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
  readonly log: Logger;
}

/** A list of similar films is explained by its heading, so its films need no reasons of their own. */
interface Style {
  readonly diversity: number;
  readonly reasons: boolean;
}

/** How many candidates diversity chooses from, per film shown. */
const choice = 4;

/** One viewer's request, worked out lazily: a page without personal rows scores nothing. */
export class Session implements RecommendSession {
  readonly #parts: SessionParts;
  #candidates: ReturnType<typeof candidatesFor> | undefined;
  #personal: Ranking | undefined;
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
    return this.#list(row, this.#rank());
  }

  byAlgorithm(id: string, row: RowOptions): ServedList {
    const ranking = this.#kept([this.#who, id], () => this.#alone(id));
    return this.#list(row, ranking, { diversity: 0, reasons: true });
  }

  similarTo(film: Position, row: RowOptions): ServedList {
    const able = this.#parts.scorers.filter(({ algorithm }) => algorithm.similar !== undefined);
    const wanted = this.blend.spec.weights;
    const silent = able.every(({ algorithm }) => !wanted[algorithm.id]);
    const weights = silent ? Object.fromEntries(able.map(({ algorithm }) => [algorithm.id, 1])) : wanted;
    const ranking = this.#kept([film, weights], () => this.#ranking(able, weights, similarityTo(film)));
    return this.#list({ ...row, without: new Set(row.without).add(film) }, ranking, { diversity: 0, reasons: false });
  }

  explain(film: Position): { algorithm: string; share: number; reasons: Reason[] }[] {
    const { scores } = this.#rank(),
      shares = sharesOf(scores, film);
    return scores
      .map((one) => ({ algorithm: one.scorer.algorithm.id, share: shares[one.scorer.algorithm.id]!, reasons: reasonsOf(one, this.viewer, film) }))
      .sort((a, b) => b.share - a.share);
  }

  /** Everything of the viewer's that a score or a reason may rest on. */
  get #who(): string {
    const { unit, films, stars, dismissed, preferences } = this.viewer;
    return (this.#key ??= [unit, films, stars, dismissed, preferences.films, preferences.weight].join(' '));
  }

  #rank(): Ranking {
    const { weights } = this.blend.spec;
    return (this.#personal ??= this.#kept([this.#who, weights], () => this.#ranking(this.#parts.scorers, weights, scoresOf(this.viewer))));
  }

  #alone(id: string): Ranking {
    const known = this.#personal?.scores.find(({ scorer }) => scorer.algorithm.id === id);
    if (known) return rankingOf([known], known.values);
    const scorers = this.#parts.scorers.filter(({ algorithm }) => algorithm.id === id);
    return this.#ranking(scorers, { [id]: 1 }, scoresOf(this.viewer));
  }

  #kept(key: readonly unknown[], make: () => Ranking): Ranking {
    const { kept, catalogue, scorers } = this.#parts;
    return kept.of([catalogue, ...scorers.flatMap(({ algorithm, model }) => [algorithm, model])], [...key, this.blend.spec.normalisation], make);
  }

  #ranking(scorers: readonly Scorer[], weights: Readonly<Record<string, number>>, ask: Parameters<typeof scoreAll>[3]): Ranking {
    const { catalogue, log } = this.#parts;
    const scores = scoreAll(scorers, { ...this.blend.spec, weights }, catalogue.size, ask, log);
    return rankingOf(scores, blend(scores, catalogue.size));
  }

  #list(row: RowOptions, ranking: Ranking, { diversity, reasons }: Style = { diversity: this.blend.spec.diversity, reasons: true }): ServedList {
    const end = (row.offset ?? 0) + row.size;
    const films = best(ranking.blended, end * choice, this.#allowed(row), ranking.head);
    const picked = diversify(films, ranking.blended, end, diversity, this.#parts.catalogue).slice(row.offset ?? 0);
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

  #allowed(row: RowOptions): (film: Position) => boolean {
    this.#candidates ??= candidatesFor(this.viewer, this.#parts.catalogue);
    const may = row.seen ? this.#candidates.all : this.#candidates.unseen;
    const { filters } = this.#parts;
    return (film) => may[film] === 1 && !row.without?.has(film) && (row.only?.(film) ?? true) && filters.every((keep) => keep(film));
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
