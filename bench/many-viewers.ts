import type { Bus } from '../core/bus.ts';
import type { Sql } from '../core/database/sql.ts';
import { Blends } from '../recommend/blends.ts';
import { Measures, type MetricDefinition } from '../recommend/measures.ts';
import { metrics as historyMetrics, segments as historySegments } from '../plugins/history/metrics.ts';
import { metrics as trackingMetrics, segments as trackingSegments } from '../plugins/tracking/metrics.ts';
import type { Experiment } from '../plugins/experiments/model.ts';
import { Experiments } from '../plugins/experiments/service.ts';

const METRICS = 20,
  FILMS = 2000,
  CHUNK = 50_000;
const silentBus: Bus = { notify: async () => {}, on: () => () => {} };

/** The metrics that come along, and more of the same until there are twenty. */
export function twenty(): Measures {
  const measures = new Measures(),
    own = [...trackingMetrics, ...historyMetrics];
  const more = own.slice(0, METRICS - own.length).map((metric): MetricDefinition => ({ ...metric, id: `${metric.id}-again` }));
  for (const metric of [...own, ...more]) measures.addMetric(metric);
  for (const segment of [...trackingSegments, ...historySegments]) measures.addSegment(segment);
  return measures;
}

/** Three arms, Holm over all metrics of lists, CUPED and strata. */
export async function launch(sql: Sql, at: Date): Promise<Experiment> {
  const service = new Experiments(sql, silentBus, twenty()),
    blends = new Blends(sql, silentBus);
  const blend = async (name: string) => (await blends.create(name, { weights: { popularity: 1 } }, null)).blend;
  const arms = [
    { key: 'control', share: 34, blend: await blend('A') },
    { key: 'b', share: 33, blend: await blend('B') },
    { key: 'c', share: 33, blend: await blend('C') },
  ];
  const secondary = trackingMetrics.map(({ id }) => id).filter((id) => id !== 'ctr');
  const draft = await service.create(
    { name: 'Bench', metric: 'ctr', secondary, arms, correction: 'holm', cuped: true, plannedUnits: 1_000_000 },
    null,
  );
  return service.launch(draft.id, { version: 1, operator: null, at });
}

/** Two arms in one list, with a guardrail. */
export async function launchInterleaving(sql: Sql, at: Date): Promise<Experiment> {
  const service = new Experiments(sql, silentBus, twenty()),
    { blend } = await new Blends(sql, silentBus).create('A', { weights: { popularity: 1 } }, null);
  const arms = [
    { key: 'control', share: 50, blend },
    { key: 'b', share: 50, blend, overrides: { diversity: 0.5 } },
  ];
  const guardrails = [{ metric: 'dismissals', margin: 0.05 }];
  const draft = await service.create({ name: 'Bench', kind: 'interleaving', metric: 'ctr', guardrails, arms }, null);
  return service.launch(draft.id, { version: 1, operator: null, at });
}

/** A number in [0, 1) that hangs on the unit (n) and a name alone: chance, but the same each time. */
const chance = (name: string, n = 'n'): string => `((hashint8extended(${n}, hashtext('${name}')) & 2147483647) / 2147483648.0)`;
/** Few come often: most on one day, one in a hundred on six or more. */
const visits = `least(12, 1 + floor(-1.1 * ln(1 - ${chance('visits')})))::integer`;
/** The first place is clicked on five times as often as the last; arm b is a little better. */
const clicked = `${chance('click', 'n * 1000 + visit * 12 + place')} < 0.05 / (1 + 0.35 * place) * case when arm = 'b' then 1.05 else 1 end`;

/** A million viewers with lists over two weeks, clicks by place, successes, and ratings, films watched and dismissals before and after. */
export async function fill(sql: Sql, experiment: Experiment, units: number): Promise<void> {
  await sql.rows(`insert into film (title, year) select 'Film ' || n, 1950 + n % 70 from generate_series(1, ${FILMS}) n`);
  await sql.rows(`insert into genre (name) select 'Genre ' || n from generate_series(1, 12) n`);
  await sql.rows('insert into film_genre (film, genre, ord) select f.id, g.id, 0 from film f join genre g on g.id = 1 + f.id % 12');
  for (let from = 1; from <= units; from += CHUNK) {
    const range = [from, Math.min(units, from + CHUNK - 1)];
    await sql.transaction(async (tx) => {
      // Neither references nor notes of changes: everything is new.
      await tx.rows('set local session_replication_role = replica');
      await tx.rows(`insert into unit (id, visitor) select n, 'bench-' || n from generate_series($1::integer, $2::integer) n`, range);
      await tx.rows(lists, [...range, experiment.startedAt, experiment.id]);
      for (const statement of histories) await tx.rows(statement, [...range, experiment.startedAt]);
    });
  }
  await sql.rows('analyze');
}

const lists = `with v as materialized (
    select n, visit, gen_random_uuid() as id, case when ${chance('arm')} < 0.34 then 'control' when ${chance('arm')} < 0.67 then 'b' else 'c' end as arm,
      $3::timestamptz + (13.9 * (${chance('first')} + visit * (1 - ${chance('first')}) / ${visits})) * interval '1 day' as at,
      array(select 1 + floor(${FILMS} * power(${chance('film', 'n * 1000 + visit * 12 + i')}, 3))::integer from generate_series(0, 11) i) as films
    from generate_series($1::bigint, $2::bigint) n, generate_series(0, ${visits} - 1) visit
  ), l as (
    insert into served_list (id, unit, surface, blend_version, films, algorithms, served_at, novelty, diversity, milliseconds)
    select id, n, 'home', 1, films, array_fill('svd'::text, array[12]), at, 4 + 5 * ${chance('novelty')}, ${chance('diversity')}, 5 + 60 * power(${chance('ms', 'n * 1000 + visit')}, 4) from v
  ), a as (
    insert into list_assignment (list, experiment, arm, unit, served_at, phase) select id, $4, arm, n, at, 1 from v
  ), c as (
    insert into click (list, position, film, unit, at)
    select id, place, films[1 + place], n, at + interval '1 minute' from v, generate_series(0, 11) place where ${clicked}
  )
  insert into outcome (list, film, kind, unit, position, algorithm, at)
  select id, films[1], kind, n, 0, 'svd', at + interval '1 hour' from v, unnest(array['watched', 'rating', 'watchlist']) kind
  where ${chance('outcome', 'n * 1000 + visit')} < 0.05 and (kind = 'watched' or ${chance('kind', 'n * 1000 + visit')} < 0.3) on conflict do nothing`;

/** Of a third of the viewers, by number of films; from four weeks before to the end. */
const some = (name: string, most: number): string => `from generate_series($1::bigint, $2::bigint) n,
    generate_series(1, floor(${most} * power(${chance(name)}, 4))::integer) i,
    lateral (select 1 + (n * 17 + i * 31) % ${FILMS} as film, $3::timestamptz + (${chance('when', 'n * 1000 + i')} * 40 - 28) * interval '1 day' as at) e
    where ${chance(`${name}s at all`)} < 0.33`;
const histories = [
  `insert into rating (unit, film, stars, rated_at) select n, film, 1 + floor(5 * ${chance('stars', 'n * 1000 + i')}), at ${some('rating', 20)}`,
  `insert into watch (unit, film, watched_at) select n, film, at ${some('watch', 15)}`,
  `insert into dismissal (unit, film, at) select n, film, at ${some('dismissal', 4)}`,
];

/** Another list of so many viewers, with a click on each third. @returns nothing; it is known as any change on a site is */
export async function change(sql: Sql, { id }: Experiment, { at, units }: { readonly at: Date; readonly units: number }): Promise<void> {
  await sql.rows(
    `with v as materialized (
      select distinct on (a.unit) a.unit, a.arm, gen_random_uuid() as id from list_assignment a
      where a.experiment = $2 and a.unit in (select 1 + (i * 7919::bigint) % (select max(id) from unit) from generate_series(1, $3::integer) i)
    ), l as (
      insert into served_list (id, unit, surface, blend_version, films, algorithms, served_at, novelty, diversity, milliseconds)
      select id, unit, 'home', 1, array[1, 2, 3], array['svd', 'svd', 'svd'], $1, 4, 0.5, 9 from v
    ), a as (
      insert into list_assignment (list, experiment, arm, unit, served_at, phase) select id, $2, arm, unit, $1, 1 from v
    )
    insert into click (list, position, film, unit, at) select id, 0, 1, unit, $1 from v where unit % 3 = 0`,
    [at, id, units],
  );
}
