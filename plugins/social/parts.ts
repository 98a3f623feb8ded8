import type { Sql } from '../../core/database/sql.ts';
import type { Pages } from '../../core/http/page.ts';
import type { AccountsService } from '../accounts/api.ts';
import type { FilmsService } from '../catalogue/api.ts';
import type { HistoryService } from '../history/api.ts';
import type { ModerationService } from '../moderation/api.ts';
import type { NotificationsService, PrivacyService, ProfilesService } from './api.ts';
import type { Follows } from './follow/store.ts';

/** What the pages are made of. */
export interface Parts {
  readonly sql: Sql;
  readonly pages: Pages;
  readonly accounts: AccountsService;
  readonly films: FilmsService;
  readonly history: HistoryService;
  readonly moderation: ModerationService;
  readonly privacy: PrivacyService;
  readonly profiles: ProfilesService;
  readonly notifications: NotificationsService;
  readonly follows: Follows;
  /** SQL condition: moderators have not hidden what `kind` and `subject` name */
  readonly shown: (kind: string, subject: string) => string;
}
