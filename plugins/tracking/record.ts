import type { Sql } from '../../core/database/sql.ts';
import type { Logger } from '../../core/log.ts';
import type { Context } from '../../core/plugin.ts';
import type { ServedList } from '../../recommend/served.ts';
import type { FactsOfLists } from './facts.ts';
import { ListServed, type TrackingService } from './api.ts';

interface Parts {
  readonly sql: Sql;
  readonly facts: FactsOfLists;
  readonly log: Logger;
  readonly publish: Context<unknown, Record<never, never>>['publish'];
}

/** Stores what viewers are shown. */
export const recorder = ({ sql, facts, log, publish }: Parts): TrackingService => ({
  async record(lists) {
    if (lists.length === 0) return;
    try {
      if (facts.stale) void facts.refresh().catch((error: unknown) => log.error('how popular films are could not be read', error));
      await sql.rows(storeAll, [JSON.stringify(lists.map((list) => ({ ...asRow(list), ...facts.of(list) })))]);
      for (const { id, unit, surface, blendVersion, assignments, at } of lists) {
        publish(ListServed, { list: id, unit, surface, ...(blendVersion !== undefined && { blendVersion }), assignments: [...assignments], at });
      }
    } catch (error) {
      log.error(`${lists.length} lists of unit ${lists[0]!.unit} were shown but not stored`, error);
    }
  },
  release: async (tx, experiment) => void (await tx.rows('delete from list_assignment where experiment = $1', [experiment])),
});

const asRow = ({ id, unit, surface, blendVersion, assignments, films, exploration, at }: ServedList) => ({
  id,
  unit,
  surface,
  blend_version: blendVersion,
  assignments,
  served_at: at,
  films: films.map(({ film }) => film),
  algorithms: films.map(({ algorithm }) => algorithm),
  propensities: exploration && films.map(({ propensity }) => propensity),
  exploration,
  teams: films[0]?.team === undefined ? undefined : films.map(({ team }) => team),
});

/** Lists, arms and hourly sums. Sums are written in the order of their key, so that two pages of one viewer never wait for each other in a circle. */
const storeAll = `with list as materialized (
  select * from jsonb_to_recordset($1::jsonb) as l (id uuid, unit integer, surface text, blend_version integer, assignments jsonb,
    served_at timestamptz, films integer[], algorithms text[], propensities real[], teams text[], exploration jsonb,
    novelty real, diversity real, milliseconds real)
), stored as (
  insert into served_list (id, unit, surface, blend_version, films, algorithms, propensities, teams, served_at, novelty, diversity, milliseconds)
  select id, unit, surface, blend_version, films, algorithms, propensities, teams, served_at, novelty, diversity, milliseconds from list
  on conflict (id) do nothing
  returning id, unit, blend_version, algorithms, served_at
), explored as (
  insert into exploration_log (list, temperature, fixed, pool, blended, scores, served_at)
  select id, temperature, "from", pool, blended, scores, served_at from stored join list using (id, unit, served_at),
    jsonb_to_record(exploration) as e (temperature real, "from" smallint, pool integer[], blended real[], scores jsonb) where exploration is not null
), assigned as (
  insert into list_assignment (list, experiment, phase, arm, unit, served_at)
  select id, a.experiment, a.phase, a.arm, unit, served_at from stored join list using (id, unit, served_at),
    jsonb_to_recordset(assignments) as a (experiment integer, phase smallint, arm text)
)
insert into shown_hour as known (hour, unit, blend_version, algorithm, films)
select date_trunc('hour', served_at, 'UTC') as hour, unit, blend_version, algorithm, count(*) from stored, unnest(algorithms) as algorithm
group by 1, 2, 3, 4 order by 1, 2, 3, 4
on conflict (hour, unit, blend_version, algorithm) do update set films = known.films + excluded.films`;
