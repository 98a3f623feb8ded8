import type { Sql } from '../../core/database/sql.ts';
import type { Pages } from '../../core/http/page.ts';
import type { AccountsService } from '../accounts/api.ts';
import type { FilmsService } from '../catalogue/api.ts';
import type { ModerationService } from '../moderation/api.ts';
import type { NotificationsService, PrivacyService } from '../social/api.ts';

/** What the pages are made of. */
export interface Parts {
  readonly sql: Sql;
  readonly pages: Pages;
  readonly accounts: AccountsService;
  readonly films: FilmsService;
  readonly moderation: ModerationService;
  readonly privacy: PrivacyService;
  readonly notifications: NotificationsService;
}
