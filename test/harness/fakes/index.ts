import { noMailer } from '../../../core/mail.ts';
import { silent } from '../../../core/log.ts';
import type { ServiceRef } from '../../../core/plugin.ts';
import type { Algorithm } from '../../../recommend/algorithm.ts';
import { BlendSpec, type BlendVersion } from '../../../recommend/blend-spec.ts';
import { Measures } from '../../../recommend/measures.ts';
import { CoreRecommender } from '../../../recommend/recommender.ts';
import type { ServedList } from '../../../recommend/served.ts';
import * as core from '../../../core/services.ts';
import { Accounts } from '../../../plugins/accounts/api.ts';
import { Films } from '../../../plugins/catalogue/api.ts';
import { History } from '../../../plugins/history/api.ts';
import { Moderation } from '../../../plugins/moderation/api.ts';
import { Activities, Notifications, Privacy, Profiles } from '../../../plugins/social/api.ts';
import { Tracking, type TrackingService } from '../../../plugins/tracking/api.ts';
import { JobsInMemory } from '../app.ts';
import { FakeBus, FakePages, FakeSql } from './core.ts';
import { FakeFilms } from './films.ts';
import { FakeHistory } from './history.ts';
import { FakePeople } from './people.ts';
import { socialFakes } from './social.ts';

/** Keeps the lists that were shown. */
export class FakeTracking implements TrackingService {
  readonly lists: ServedList[] = [];
  async record(lists: readonly ServedList[]): Promise<void> {
    this.lists.push(...lists);
  }
  async release(): Promise<void> {}
}

/** Likes films by their id, the first ones most, and says so. */
const byId: Algorithm = {
  id: 'by-id',
  title: 'By id',
  description: 'The first films first.',
  train: () => ({}),
  score: (_model, _viewer, out) => {
    out.forEach((_, position) => {
      out[position] = -position;
    });
  },
  explain: (_model, viewer) => (viewer.films.length > 0 ? [{ film: viewer.films[0]!, share: 1 }] : [{ text: 'One of the first films' }]),
};
const spec = BlendSpec.parse({ weights: { 'by-id': 1 }, normalisation: 'rank', diversity: 0 });
const blend: BlendVersion = { id: 7, blend: 1, name: 'Fake', version: 3, spec };

export interface FakesOptions {
  readonly films?: number;
  readonly hidden?: readonly number[];
}
export type Fakes = ReturnType<typeof makeFakes>;

/** Every service that the core and the always-on plugins offer, in memory. The recommender is the real one. */
export function makeFakes({ films: count = 12, hidden = [] }: FakesOptions = {}) {
  const people = new FakePeople(),
    films = new FakeFilms(count, hidden),
    history = new FakeHistory(films, people);
  const blends = { current: () => blend, version: (id: number) => (id === blend.id ? blend : undefined), all: () => [blend], latest: () => [blend] };
  const models = { loaded: new Map([['by-id', { id: 1, version: 1, revision: 0, films: count, model: {} }]]), versions: async () => [] };
  const recommender = new CoreRecommender({
    blends,
    models: models.loaded,
    events: async ({ events }) => events.map(() => []),
    log: silent,
    catalogue: () => films,
    histories: () => history.reader,
  });
  recommender.addAlgorithm(byId, 'fakes');
  const pages = new FakePages();
  return {
    sql: new FakeSql(),
    bus: new FakeBus(),
    pages,
    jobs: new JobsInMemory(),
    people,
    films,
    history,
    tracking: new FakeTracking(),
    social: socialFakes(people, pages),
    blends,
    models,
    recommender,
    measures: new Measures(),
  };
}

/** Which fake stands for which service. */
export const servicesOf = (fakes: Fakes): [ServiceRef<unknown>, unknown][] => [
  [core.Database, fakes.sql],
  [core.Bus, fakes.bus],
  [core.Pages, fakes.pages],
  [core.Jobs, fakes.jobs],
  [core.Identity, fakes.people],
  [core.Catalogues, fakes.films],
  [core.Histories, fakes.history.reader],
  [core.Recommender, fakes.recommender],
  [core.Blends, fakes.blends],
  [core.Models, fakes.models],
  [core.Measures, fakes.measures],
  [core.Settings, { state: async () => ({ enabled: true, settings: {}, version: 0 }) }],
  [core.PersonalParts, new Map()],
  [core.Mail, noMailer],
  [core.Secrets, { signing: 'a signing secret that only tests use' }],
  [Accounts, fakes.people],
  [Films, fakes.films],
  [History, fakes.history],
  [Tracking, fakes.tracking],
  [Privacy, fakes.social.privacy],
  [Profiles, fakes.social.profiles],
  [Notifications, fakes.social.notifications],
  [Activities, fakes.social.activities],
  [Moderation, fakes.social.moderation],
];
