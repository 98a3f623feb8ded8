import { service } from './plugin.ts';
import type { Bus as BusType } from './bus.ts';
import type { Sql } from './database/sql.ts';
import type { ApiRoute } from './http/api-route.ts';
import type { Jobs as JobsType } from './jobs.ts';
import type { Mailer } from './mail.ts';
import type { PersonalData } from './personal-data.ts';
import type { Recommender as RecommenderType } from '../recommend/index.ts';
import type { Blends as BlendsType } from '../recommend/blends.ts';
import type { ModelRegistry } from '../recommend/models/registry.ts';
import type { Measures as MeasuresType } from '../recommend/measures.ts';
import type { Settings as SettingsType } from './settings.ts';

export { Pages } from './http/page.ts';
export { Identity } from './http/request.ts';
export { Catalogues, Histories } from '../recommend/ports.ts';

/** What the core offers to every plugin: name it in `requires`. */
export const Database = service<Sql>('core.database');
export const Bus = service<BusType>('core.bus');
export const Jobs = service<JobsType>('core.jobs');
export const Recommender = service<RecommenderType>('core.recommender');
export const Blends = service<BlendsType>('core.blends');
export const Models = service<ModelRegistry>('core.models');
/** metrics and segments of the plugins that are on */
export const Measures = service<MeasuresType>('core.measures');
export const Settings = service<SettingsType>('core.settings');
/** of the plugins that are on, by plugin; it changes as they come and go */
export const ApiRoutes = service<ReadonlyMap<string, readonly ApiRoute[]>>('core.api-routes');
/** mail, where the site has a server for it */
export const Mail = service<Mailer>('core.mail');
/** keys made at the first start, for signing */
export const Secrets = service<{ readonly signing: string }>('core.secrets');
/** of all installed plugins, by plugin, on or off, those that build on others last */
export const PersonalParts = service<ReadonlyMap<string, PersonalData>>('core.personal-parts');
