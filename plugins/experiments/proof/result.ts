import type { Rehearsed } from '../statistics/rehearsal/rehearse.ts';
import type { WayId } from '../statistics/rehearsal/ways.ts';

/** What a draft's test would find on the site's own past. */
export interface Proof {
  /** what it comes to, in plain words; the first of them says whether all is well */
  readonly says: readonly { readonly level: 'good' | 'warn' | 'info'; readonly text: string }[];
  /** the way that the draft is looked at */
  readonly own: WayId;
  readonly ways: readonly Rehearsed[];
  /** the metric that decides, by its title */
  readonly metric: string;
  /** viewers of the past that arms were drawn from */
  readonly viewers: number;
  readonly period: string;
  /** viewers of a rehearsed test, all arms together, and of the two arms that were compared */
  readonly units: number;
  readonly compared: readonly [control: number, arm: number];
  /** the change that was planted, as a share of the metric's value; below 0 where it should fall */
  readonly effect: number;
  readonly alpha: number;
  /** planned looks of the group-sequential way */
  readonly looks: number;
  /** chance to find the change by formula, for the draft's own way at the end */
  readonly planned: number;
  readonly runs: number;
  readonly seed: number;
  /** so many days before viewers entered are used, and so many groups of viewers; null where the draft does not ask for that */
  readonly past: { readonly days: number; readonly groups: number } | null;
  /** something of the draft is not in it */
  readonly without: readonly ('correction' | 'targeting')[];
}

/** GET /admin/data/experiments/experiments/:id/proof */
export interface ProofAnswer {
  /** null where none was worked out yet */
  readonly proof: (Proof & { readonly at: Date; readonly current: boolean }) | null;
  /** the latest attempt as long as it is kept */
  readonly run: {
    readonly id: number;
    readonly status: string;
    readonly progress: number;
    readonly note: string;
    readonly error: string | null;
    readonly cancelRequested: boolean;
    readonly finishedAt: Date | null;
  } | null;
}
