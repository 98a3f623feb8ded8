import type { Position, Viewer } from './algorithm.ts';
import type { Catalogue } from './ports.ts';
import type { Exploration, ServedFilm } from './served.ts';
import type { Adjustment } from './stages.ts';
import type { RowOptions } from './index.ts';
import { candidatesFor } from './1-candidates.ts';
import { comparable } from './2-score.ts';
import { leaderOf, sharesOf } from './3-blend.ts';
import { best } from './4-filter.ts';
import { mainReason } from './6-explain.ts';
import { genresOf, type Genres } from './calibration.ts';
import { explore, poolSize, seedOf } from './exploration.ts';
import { listStages, pinned, type Style } from './list-stages.ts';
import type { Ranking } from './ranking.ts';

export interface ListParts {
  readonly viewer: Viewer;
  readonly at: Date;
  readonly catalogue: Catalogue;
  readonly filters: readonly ((film: Position) => boolean)[];
  readonly adjustments: readonly Adjustment[];
}

/** How many candidates the stages choose from, per film shown. */
const choice = 4;

export interface Made {
  readonly films: readonly ServedFilm[];
  readonly exploration: Exploration | undefined;
}

/** Makes lists of rankings: which films may stand in them, which do, and what is said of each. */
export class Lists {
  readonly #parts: ListParts;
  #candidates: ReturnType<typeof candidatesFor> | undefined;
  #genres: Genres | undefined;

  constructor(parts: ListParts) {
    this.#parts = parts;
  }

  make(row: RowOptions, ranking: Ranking, style: Style): Made {
    const { viewer, at, catalogue, adjustments } = this.#parts,
      { temperature } = style.exploration,
      end = (row.offset ?? 0) + row.size,
      allowed = this.#allowed(row, style.again),
      genres = (): Genres => (this.#genres ??= genresOf(viewer, catalogue));
    const draft = { ranking, row, style, end, allowed, catalogue, adjustments, genres },
      wanted = temperature > 0 ? Math.max(end * choice, poolSize) : end * choice,
      candidates: readonly Position[] = [...best(ranking.blended, wanted, allowed, ranking.head)];
    const ordered = listStages.reduce((chosen, stage) => stage(chosen, draft), candidates),
      { films, propensities } = explore(ordered, style.exploration, seedOf(viewer.unit, at));
    return {
      films: pinned(films, draft)
        .slice(row.offset ?? 0, end)
        .map((film) => ({
          ...this.#say(film, ranking, style.reasons),
          ...(row.asides && this.#aside(film)),
          propensity: temperature > 0 ? (propensities.get(film) ?? 1) : undefined,
        })),
      exploration: temperature > 0 ? this.#logOf(ordered, ranking, style) : undefined,
    };
  }

  /** What could have come: enough to work out the order that other weights would have given. */
  #logOf(ordered: readonly Position[], { scores, blended }: Ranking, { exploration }: Style): Exploration {
    const pool = ordered.slice(0, poolSize),
      of = (score: (film: Position) => number): (number | null)[] => pool.map((film) => (Number.isFinite(score(film)) ? score(film) : null));
    return {
      ...exploration,
      pool: pool.map((film) => this.#parts.catalogue.cards[film]!.id),
      blended: of((film) => blended[film]!),
      scores: Object.fromEntries(scores.map((one) => [one.scorer.algorithm.id, of((film) => comparable(one, film))])),
    };
  }

  #allowed(row: RowOptions, again: boolean): (film: Position) => boolean {
    this.#candidates ??= candidatesFor(this.#parts.viewer, this.#parts.catalogue);
    const may = row.seen || again ? this.#candidates.all : this.#candidates.unseen;
    const { filters, adjustments } = this.#parts,
      excluded = adjustments.map((adjustment) => adjustment.excluded).filter((mask) => mask !== undefined);
    return (film) => {
      if (!may(film) || row.without?.has(film) || !(row.only?.(film) ?? true)) return false;
      for (const keep of filters) if (!keep(film)) return false;
      for (const mask of excluded) if (mask[film] === 1) return false;
      return true;
    };
  }

  /** A ranking is listed in one style only, so what was said once holds. */
  #say(film: Position, ranking: Ranking, reasons: boolean): ServedFilm {
    const said = ranking.said.get(film) ?? this.#film(film, ranking, reasons);
    ranking.said.set(film, said);
    return said;
  }

  #aside(film: Position): Pick<ServedFilm, 'reason'> | undefined {
    const reason = wordsOf(saidOf(this.#parts.adjustments, film, 'reasons') ?? saidOf(this.#parts.adjustments, film, 'asides'));
    return reason && { reason };
  }

  #film(position: Position, { scores, blended }: Ranking, reasons: boolean): ServedFilm {
    const { viewer, catalogue, adjustments } = this.#parts,
      said = (kind: Words): { text: string } | undefined => wordsOf(saidOf(adjustments, position, kind)),
      shares = sharesOf(scores, position);
    return {
      film: catalogue.cards[position]!.id,
      position,
      score: blended[position]!,
      shares,
      algorithm: leaderOf(shares),
      reason: reasons ? (said('reasons') ?? mainReason(scores, shares, viewer, position) ?? said('asides')) : undefined,
    };
  }
}

/** What an adjustment has to say of a film. */
export const saidOf = (adjustments: readonly Adjustment[], film: Position, kind: Words): string | undefined =>
  adjustments.find((adjustment) => adjustment[kind]?.has(film))?.[kind]?.get(film);
type Words = 'reasons' | 'asides';

const wordsOf = (text: string | undefined): { text: string } | undefined => (text === undefined ? undefined : { text });
