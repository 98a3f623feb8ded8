import { AppError, duplicate } from '../core/errors.ts';

/**
 * What experiments are judged by. Plain data: how a metric is read is an SQL text, which the plugin that counts composes
 * into its own, so that a plugin of one file can bring a metric.
 */
export interface MetricDefinition {
  /** unique over all plugins: "ctr", "watchlist-adds" */
  readonly id: string;
  /** for operators: "Click rate" */
  readonly title: string;
  /** what there is more or less of, as it stands in a sentence: "clicks per film shown" */
  readonly noun: string;
  /**
   * binomial: whether a unit has any row in the window · mean: the sum of `value` of each unit · ratio: Σ value / Σ
   * denominator of all units · quantile: of each unit's sum (or, with a denominator, of its ratio) · retention: like
   * binomial, but a unit counts only once its window is over
   */
  readonly kind: 'binomial' | 'mean' | 'ratio' | 'quantile' | 'retention';
  /** which of them is quantile metrics' value, between 0 and 1 */
  readonly level?: number;
  readonly better: 'up' | 'down';
  /** hours since a unit's first exposure in which its rows count, the end left out; everything since where none is named. Retention needs whole days. */
  readonly window?: readonly [from: number, until: number];
  /** a unit's sum counts as no more than this: as it is, or the percentile (0 … 1) of units with any */
  readonly cap?: { readonly value: number } | { readonly percentile: number };
  /** so many units in an arm, or nothing is said */
  readonly minimum: number;
  /** whether effects are told as a share of the control's value, or as a difference from it */
  readonly scale: 'relative' | 'absolute';
  readonly unit: 'share' | 'count' | 'stars' | 'milliseconds' | 'bits';
  /**
   * a SELECT of the columns unit, at, value, for ratios also denominator, and `list` where rows belong to lists that were
   * served: then only lists of the experiment count. The counting adds conditions on unit and at, so keep it a plain
   * SELECT, without GROUP BY, that an index on the unit helps.
   */
  readonly rows: string;
  /**
   * a SELECT of the columns unit and tx (xid8): in which transaction a unit's rows changed last. Without it, units whose
   * rows are new are found by their time, and what came late waits for the night.
   */
  readonly changes?: string;
}

/** A way to divide units, by what was known of them when they were first exposed. */
export interface SegmentDefinition {
  /** unique over all plugins: "ratings" */
  readonly id: string;
  /** "Number of ratings" */
  readonly title: string;
  /** an SQL expression of a text, of the unit e.unit as it was at the time e.at */
  readonly value: string;
  /** its groups differ so much that estimates are made within each of them (post-stratification); for one segment of a site */
  readonly stratifies?: true;
}

/** All metrics and segments of the plugins that are on. */
export class Measures {
  readonly #metrics = new Map<string, MetricDefinition>();
  readonly #segments = new Map<string, SegmentDefinition>();

  get metrics(): readonly MetricDefinition[] {
    return [...this.#metrics.values()];
  }
  get segments(): readonly SegmentDefinition[] {
    return [...this.#segments.values()];
  }
  metric(id: string): MetricDefinition | undefined {
    return this.#metrics.get(id);
  }

  /** @returns the undo. 500 for an id that is taken, or a definition that cannot be counted */
  addMetric(metric: MetricDefinition): () => void {
    const wrong = problemOf(metric);
    if (wrong) throw new AppError('METRIC', 500, `The metric "${metric.id}" ${wrong}`);
    return put(this.#metrics, 'metric', metric);
  }

  addSegment(segment: SegmentDefinition): () => void {
    return put(this.#segments, 'segment', segment);
  }
}

function put<T extends { readonly id: string }>(all: Map<string, T>, what: string, one: T): () => void {
  if (all.has(one.id)) throw duplicate(what, one.id);
  all.set(one.id, one);
  return () => void all.delete(one.id);
}

function problemOf({ id, kind, window, level, cap }: MetricDefinition): string | undefined {
  if (!/^[a-z][a-z0-9.-]{0,59}$/.test(id)) return 'needs an id of small letters, digits, dots and dashes.';
  if (window && !(window[0] >= 0 && window[1] > window[0])) return 'needs a window that ends after it begins.';
  if (kind === 'retention' && !(window && window[1] % 24 === 0)) return 'needs a window that ends after whole days, since it is a retention.';
  if ((kind === 'quantile') !== (level !== undefined && level > 0 && level < 1))
    return 'needs a level between 0 and 1 if it is a quantile, and only then.';
  if (cap && kind !== 'mean' && kind !== 'quantile') return 'has a cap, which only means and quantiles can have.';
  return undefined;
}
