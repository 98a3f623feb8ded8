import { randomUUID } from 'node:crypto';
import type { Position, Viewer } from './algorithm.ts';
import type { BlendSpec, BlendVersion } from './blend-spec.ts';
import type { Explanation, RecommendSession, RowOptions } from './index.ts';
import type { Assignment, ServedFilm, ServedList } from './served.ts';
import { explanationOf } from './6-explain.ts';
import { noChance, seedOf } from './exploration.ts';
import { teamDraft } from './interleaving.ts';
import { Lists, saidOf, type ListParts } from './lists.ts';
import { plain, type Style } from './list-stages.ts';
import { predictStars, type Prediction } from './predict.ts';
import type { Ranking } from './ranking.ts';
import { Rankings, type RankingParts } from './rankings.ts';

export interface SessionParts extends RankingParts, ListParts {
  /** `performance.now()` when it began */
  readonly opened: number;
  readonly blend: BlendVersion;
  readonly assignments: readonly Assignment[];
  /** arms whose lists are merged into one; none: the blend's own list is served */
  readonly teams: readonly Team[];
}

/** An arm of an interleaving: how its lists are made. */
export interface Team extends Pick<RankingParts, 'scorers' | 'inService'> {
  readonly arm: string;
  readonly spec: BlendSpec;
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
    const { teams } = this.#parts;
    if (teams.length > 0) return { ...this.#frame(row), films: this.#interleaved(row, teams) };
    return this.#list(row, this.#rankings.personal(), personalStyle(this.blend.spec));
  }

  byAlgorithm(id: string, row: RowOptions): ServedList {
    return this.#list(row, this.#rankings.alone(id), plain);
  }

  similarTo(film: Position, row: RowOptions): ServedList {
    return this.#list({ ...row, without: new Set(row.without).add(film) }, this.#rankings.like(film), { ...plain, reasons: false });
  }

  get suggested(): ReadonlySet<Position> {
    return new Set(this.#parts.adjustments.flatMap(({ reasons, asides }) => [...(reasons?.keys() ?? []), ...(asides?.keys() ?? [])]));
  }

  explain(film: Position): Explanation {
    return {
      ...explanationOf(this.#rankings.personal(), this.viewer, film),
      said: saidOf(this.#parts.adjustments, film, 'reasons') ?? saidOf(this.#parts.adjustments, film, 'asides'),
    };
  }

  predict(film: Position): Prediction | undefined {
    return predictStars(this.#parts.scorers, this.viewer, film, this.#parts.log);
  }

  #list(row: RowOptions, ranking: Ranking, style: Style): ServedList {
    return { ...this.#frame(row), ...this.#lists.make(row, ranking, style) };
  }

  /** Each team makes its list from the start, as it would alone, so that every page is cut from one merged list. */
  #interleaved({ offset = 0, size, ...row }: RowOptions, teams: readonly Team[]): ServedFilm[] {
    const end = offset + size,
      { viewer, at } = this.#parts;
    const lists = teams.map((team) => {
      const ranking = new Rankings({ ...this.#parts, ...team }, team.spec).personal();
      // Two kinds of chance in one list could not be told apart.
      return this.#lists.make({ ...row, size: end }, ranking, { ...personalStyle(team.spec), exploration: noChance }).films;
    });
    return teamDraft(lists, end, seedOf(viewer.unit, at), ({ film }) => film)
      .slice(offset)
      .map(({ item, team }) => ({ ...item, team: teams[team]!.arm }));
  }

  #frame(row: RowOptions): Omit<ServedList, 'films'> {
    return {
      id: randomUUID(),
      unit: this.viewer.unit,
      surface: row.surface,
      at: this.#parts.at,
      opened: this.#parts.opened,
      blendVersion: this.blend.id || undefined,
      assignments: this.assignments,
    };
  }
}

const personalStyle = ({ diversity, calibration, again, exploration }: BlendSpec): Style => ({
  diversity,
  calibration,
  exploration,
  reasons: true,
  pins: true,
  again: again > 0,
});
