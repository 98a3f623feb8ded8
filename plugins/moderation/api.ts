import type { Request, Router } from 'express';
import type { Sql } from '../../core/database/sql.ts';
import { service } from '../../core/plugin.ts';

/** What can be reported and hidden. */
export const contentKinds = ['person', 'review', 'comment', 'share', 'list'] as const;
export type ContentKind = (typeof contentKinds)[number];
/** What is bounded by the hour; `entry`: a film or a note on a public list. */
export type Writing = 'review' | 'comment' | 'like' | 'share' | 'follow' | 'report' | 'list' | 'entry';

/** What somebody finds fault with, as moderators will see it. */
export interface Reported {
  readonly kind: ContentKind;
  readonly subject: number;
  /** whose it is */
  readonly author: number;
  /** what was written; shortened to 1,000 characters */
  readonly excerpt: string;
  /** where it stands */
  readonly href: string;
}

export interface ModerationService {
  /**
   * SQL condition: moderators have not hidden it.
   * @param kind SQL expression of a ContentKind: "'review'", "a.kind"
   * @param subject SQL expression of its id, with its table: "r.id"
   */
  shown(kind: string, subject: string): string;
  /** Call it first in the transaction of whatever is written. 403 for a suspended account, 429 for too much in an hour. */
  writing(tx: Sql, account: number, kind: Writing, at: Date): Promise<void>;
  /**
   * The form at `path` with which somebody who is signed in reports something, and what it sends.
   * @param subjectOf 404 for what the reader may not see
   */
  reportRoutes(path: string, subjectOf: (request: Request) => Promise<Reported>): Router;
}
export const Moderation = service<ModerationService>('moderation');
