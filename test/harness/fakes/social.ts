import { Router } from 'express';
import { notFound } from '../../../core/errors.ts';
import type { ModerationService } from '../../../plugins/moderation/api.ts';
import type { ActivitiesService, Activity, Level, News, NotificationsService, PrivacyService, ProfilesService } from '../../../plugins/social/api.ts';
import type { FakePages } from './core.ts';
import type { FakePeople } from './people.ts';

/** Everybody sees everybody, but for those who are private. */
export class FakePrivacy implements PrivacyService {
  readonly levels = new Map<number, Level>();
  condition(): string {
    return 'true';
  }
  async canSee(reader: number | null | undefined, owner: number): Promise<boolean> {
    return reader === owner || (await this.level(owner)) === 'public';
  }
  async level(account: number): Promise<Level> {
    return this.levels.get(account) ?? 'public';
  }
  async setLevel(account: number, level: Level): Promise<void> {
    this.levels.set(account, level);
  }
}

/** Keeps what people were told and what they did; hides and refuses nothing. */
export function socialFakes(people: FakePeople, pages: FakePages) {
  const told: News[] = [],
    done: Activity[] = [],
    privacy = new FakePrivacy();
  const notifications: NotificationsService = {
    tell: async (_tx, news) => void told.push(news),
    withdraw: async () => {},
  };
  const activities: ActivitiesService = {
    record: async (_tx, activity) => void done.push(activity),
    forget: async () => {},
  };
  const profiles: ProfilesService = {
    async person(request) {
      const found = await people.byHandle(String(request.params['handle']));
      if (!found || !(await privacy.canSee(request.account?.id, found.id))) throw notFound('person');
      return found;
    },
    async send(request, response, template, load) {
      const person = await profiles.person(request);
      await pages.send(request, response, template, { person, ...(await load(person)) });
    },
  };
  const moderation: ModerationService = { shown: () => 'true', writing: async () => {}, reportRoutes: () => Router() };
  return { privacy, profiles, notifications, activities, moderation, told, done };
}
