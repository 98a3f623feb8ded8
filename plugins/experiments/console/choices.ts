import type { Sql } from '../../../core/database/sql.ts';
import type { Blends } from '../../../recommend/blends.ts';
import type { Measures } from '../../../recommend/measures.ts';
import type { ModelRegistry } from '../../../recommend/models/registry.ts';
import type { Recommender } from '../../../recommend/index.ts';
import { homeSurfaces } from '../../catalogue/api.ts';
import { attributeTypes } from '../assignment/attributes.ts';
import { countriesSeen } from '../country/store.ts';
import { usualRamp } from '../input/schedule.ts';
import { defaultSettings } from '../model.ts';
import type { ChoicesAnswer } from './answer.ts';
import { choicesOf, metricChoices } from './views.ts';

interface Parts {
  readonly sql: Sql;
  readonly blends: Blends;
  readonly models: Pick<ModelRegistry, 'versions'>;
  readonly measures: Measures;
  readonly recommender: Pick<Recommender, 'algorithms'>;
  readonly countries: ChoicesAnswer['countries']['known'];
}

/** What the form of a draft offers. */
export async function choicesFor({ sql, blends, models, measures, recommender, countries }: Parts): Promise<ChoicesAnswer> {
  const [versions, layers, genres, seen] = await Promise.all([
    models.versions(),
    sql.rows<{ id: number; name: string }>('select id, name from experiment_layer order by name'),
    sql.rows<{ name: string }>('select name from genre order by name'),
    countriesSeen(sql),
  ]);
  return {
    blends: choicesOf(blends).map((choice) => ({ ...choice, spec: blends.latest().find(({ blend }) => blend === choice.id)!.spec })),
    metrics: metricChoices(measures),
    layers,
    models: versions.map(({ id, algorithm, version }) => ({ id, algorithm, version })),
    titles: Object.fromEntries(recommender.algorithms().map(({ algorithm: { id, title } }) => [id, title])),
    rows: homeSurfaces,
    attributes: Object.entries(attributeTypes).map(([name, type]) => ({ name, type })),
    genres: genres.map(({ name }) => name),
    countries: { known: countries, seen },
    ramp: usualRamp,
    settings: defaultSettings,
  };
}
