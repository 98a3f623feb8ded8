import type { Request, Response } from 'express';
import type { Sql } from '../../core/database/sql.ts';
import { service } from '../../core/plugin.ts';
import type { Profile } from '../accounts/api.ts';

/** public: everybody sees what one does; followers: those whose request was accepted; private: nobody else. */
export const levels = ['public', 'followers', 'private'] as const;
export type Level = (typeof levels)[number];

/**
 * What one person wants of another:
 * - profile: to know that there is such a person (name, handle, the way to follow)
 * - activity: to see what the person does: ratings, reviews, comments, lists, statistics, followers
 * - stream: the same where it comes unasked (feed, comments, notifications, reviews of a film): muted people are left out
 * - contact: to turn to the person: follow, share a film, answer a review
 */
export type Sight = 'profile' | 'activity' | 'stream' | 'contact';

/** The one policy of who sees whom. Blocking works both ways, and looks like the person were not there: answer 404. */
export interface PrivacyService {
  /** @param reader account id; undefined or null = a visitor without an account */
  canSee(reader: number | null | undefined, owner: number, what: Sight): Promise<boolean>;
  /**
   * The same as a condition for lists and counts, so that the database filters.
   * @param reader SQL expression of the reader's account id, null for a visitor: "$1"
   * @param owner SQL expression of the owner's account id, never null, with its table: "r.author"
   */
  condition(what: Sight, reader: string, owner: string): string;
  level(account: number): Promise<Level>;
  /** What waited for an answer is accepted when the level becomes public, and forgotten when it becomes private. */
  setLevel(account: number, level: Level, at: Date): Promise<void>;
}
export const Privacy = service<PrivacyService>('social.privacy');

/** What a template sees; `slots` of it names slots beside those of every profile, with their subjects. */
export type ProfileData = object & { readonly slots?: Readonly<Record<string, readonly number[]>> };

/** Pages below /people/{handle}: other plugins bring tabs (slot profile.tabs) and parts (slot profile.sections), by account id. */
export interface ProfilesService {
  /** The person of the address; 404 when there is none whom the reader may know of. */
  person(request: Request): Promise<Profile>;
  /**
   * Sends a page of the person in the address. The template starts with {{> social/head}} and sees `person`. Whoever may
   * not see the person's activity gets the head alone, with the way to follow; `load` is not called then.
   */
  send(request: Request, response: Response, template: string, load: (person: Profile) => Promise<ProfileData>): Promise<void>;
}
export const Profiles = service<ProfilesService>('social.profiles');

/** Something that somebody did which their followers may like to see; ratings come into the feed by themselves. */
export interface Activity {
  readonly account: number;
  readonly kind: 'review' | 'list';
  /** id of the review or list */
  readonly subject: number;
  readonly film: number | null;
  /** of the list */
  readonly title?: string;
  readonly href: string;
  readonly at: Date;
}
export interface ActivitiesService {
  /** In the transaction of what happened; the same thing again may bring another title, and nothing else. */
  record(tx: Sql, activity: Activity): Promise<void>;
  forget(tx: Sql, kind: Activity['kind'], subject: number): Promise<void>;
}
export const Activities = service<ActivitiesService>('social.activities');

export type NewsKind = 'follow' | 'request' | 'accepted' | 'like' | 'comment' | 'reply' | 'share' | 'list-like' | 'warning';
export interface News {
  readonly to: number;
  /** who did it; null = the site's moderators */
  readonly from: number | null;
  readonly kind: NewsKind;
  /** id of what it is about (review, comment, list, share), 0 where it is about the person alone */
  readonly subject: number;
  /** where it leads */
  readonly href: string;
  /** the film's or list's title, or the moderators' words */
  readonly title?: string;
  readonly at: Date;
}
export interface NotificationsService {
  /** In the transaction of what happened. Nobody is told what they did themselves; the same again tells once. */
  tell(tx: Sql, news: News): Promise<void>;
  /** It was taken back. */
  withdraw(tx: Sql, news: Pick<News, 'to' | 'from' | 'kind' | 'subject'>): Promise<void>;
}
export const Notifications = service<NotificationsService>('social.notifications');
