import { randomUUID } from 'node:crypto';
import type { Position, Viewer } from './algorithm.ts';
import type { BlendVersion } from './blend-spec.ts';
import type { Explanation, RecommendSession, RowOptions } from './index.ts';
import type { Assignment, ServedList } from './served.ts';
import { explanationOf } from './6-explain.ts';
import { Lists, type ListParts } from './lists.ts';
import { plain, type Style } from './list-stages.ts';
import { predictStars, type Prediction } from './predict.ts';
import type { Ranking } from './ranking.ts';
import { Rankings, type RankingParts } from './rankings.ts';

export interface SessionParts extends RankingParts, ListParts {
  /** `performance.now()` when it began */
  readonly opened: number;
  readonly blend: BlendVersion;
  readonly assignments: readonly Assignment[];
}

/** One viewer's request, worked out lazily: a page without personal rows scores nothing. */
export class Session implements RecommendSession {
  readonly #parts: SessionParts;
  readonly #rankings: Rankings;
  readonly #lists: Lists;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#rankings = new Rankings(parts, parts.blend.spec);
    this.#lists = new Lists(parts);
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
    const { diversity, calibration, again, exploration } = this.blend.spec;
    return this.#list(row, this.#rankings.personal(), { diversity, calibration, reasons: true, pins: true, again: again > 0, exploration });
  }

  byAlgorithm(id: string, row: RowOptions): ServedList {
    return this.#list(row, this.#rankings.alone(id), plain);
  }

  similarTo(film: Position, row: RowOptions): ServedList {
    return this.#list({ ...row, without: new Set(row.without).add(film) }, this.#rankings.like(film), { ...plain, reasons: false });
  }

  explain(film: Position): Explanation {
    return explanationOf(this.#rankings.personal(), this.viewer, film);
  }

  predict(film: Position): Prediction | undefined {
    return predictStars(this.#parts.scorers, this.viewer, film, this.#parts.log);
  }

  #list(row: RowOptions, ranking: Ranking, style: Style): ServedList {
    return {
      id: randomUUID(),
      unit: this.viewer.unit,
      surface: row.surface,
      at: this.#parts.at,
      opened: this.#parts.opened,
      blendVersion: this.blend.id || undefined,
      assignments: this.assignments,
      ...this.#lists.make(row, ranking, style),
    };
  }
}
