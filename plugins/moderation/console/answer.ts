import type { ContentKind } from '../api.ts';

/** What the console's page of reports gets, as JSON. */
export interface Waiting {
  readonly kind: ContentKind;
  readonly subject: number;
  readonly excerpt: string;
  readonly href: string;
  readonly count: number;
  readonly first: string;
  readonly author: number;
  readonly handle: string;
  readonly name: string;
  readonly staff: boolean;
  readonly hidden: boolean;
  /** decisions against the author so far */
  readonly before: number;
  readonly words: readonly { readonly reason: string; readonly note: string; readonly reporter: string | null; readonly at: string }[];
}
export interface Decided extends Pick<Waiting, 'kind' | 'subject' | 'excerpt' | 'href' | 'handle' | 'hidden'> {
  readonly decision: string;
  readonly decidedAt: string;
  readonly operator: string | null;
}
export interface Suspended {
  readonly account: number;
  readonly handle: string;
  readonly name: string;
  readonly until: string;
  readonly reason: string;
}
export interface Queue {
  readonly open: readonly Waiting[];
  readonly decided: readonly Decided[];
  readonly suspended: readonly Suspended[];
}
