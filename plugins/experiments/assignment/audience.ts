import { z } from 'zod';
import type { Sql } from '../../../core/database/sql.ts';
import { read } from '../../../core/http/form.ts';
import { audienceFields } from '../input/audience.ts';
import type { Attributes } from './attributes.ts';
import { inNamespace } from '../statistics/hash.ts';
import { isMeant } from './targeting.ts';
import { favourites, middle } from './taste.ts';

/** How many units a design would take in. All counts are of units that were shown a list in the last 28 days. */
export interface Audience {
  readonly units: number;
  /** after staff and simulated ones are left out, where the design does so */
  readonly eligible: number;
  /** that the condition means */
  readonly targeted: number;
  /** in its range of the layer */
  readonly inRange: number;
  /** with the coverage */
  readonly takePart: number;
  /** true: counted on a part of the units */
  readonly estimated: boolean;
}

const Design = z.object(audienceFields);
/** units that are looked at one by one */
const most = 20_000;

/** @param input the fields of a draft that say who takes part; 422 with a message a field */
export async function audienceOf(sql: Sql, input: unknown, now: Date): Promise<Audience> {
  const design = read(Design, input);
  const layer = design.layer === null ? undefined : await sql.one<{ key: string }>('select key from experiment_layer where id = $1', [design.layer]);
  const total = (await sql.one<{ units: number }>(`select count(*)::integer as units from (${active}) u`, [now]))!.units,
    sample = await sql.rows<Row>(statement, [now, most, middle]);
  const scale = sample.length > 0 ? total / sample.length : 0;
  const eligible = sample.filter(({ staff, simulated }) => (design.includeStaff || !staff) && (design.includeSimulated || !simulated));
  const targeted = eligible.filter((row) => isMeant(attributesOf(row, now), design.targeting)),
    ranged = layer ? targeted.filter(({ unit }) => inNamespace(String(unit), [layer.key, design.start, design.end])) : targeted;
  const counted = (units: number): number => Math.round(units * scale);
  return {
    units: total,
    eligible: counted(eligible.length),
    targeted: counted(targeted.length),
    inRange: counted(ranged.length),
    takePart: counted(ranged.length * design.coverage),
    estimated: total > sample.length,
  };
}

interface Row {
  readonly unit: number;
  readonly staff: boolean;
  readonly simulated: boolean;
  readonly signedIn: boolean;
  readonly since: Date;
  readonly ratings: number;
  readonly country: string | null;
  readonly liking: Readonly<Record<string, number>>;
}

const attributesOf = ({ since, liking, country, ...row }: Row, now: Date): Attributes => ({
  ...row,
  country: country ?? '',
  signUpDate: since.toISOString().slice(0, 10),
  daysSinceSignUp: Math.max(0, Math.floor((now.getTime() - since.getTime()) / 86_400_000)),
  favouriteGenres: favourites(new Map(Object.entries(liking))),
});

const active = `select distinct l.unit from served_list l join unit n on n.id = l.unit and n.merged_into is null
  where l.served_at > $1::timestamptz - interval '28 days'`;

/** $2 units, any of them: the last digits of a multiplied id have nothing to do with when it came. */
const statement = `with chosen as (select unit from (${active}) u order by unit * 2654435761::bigint % 1000003, unit limit $2)
select u.id as unit, u.staff, u.simulated, u.account is not null as "signedIn", coalesce(a.created_at, u.created_at) as since,
  (select country from experiment_country c where c.unit = u.id) as country,
  (select count(*)::integer from rating r where r.unit = u.id) as ratings,
  (select coalesce(json_object_agg(name, liking), '{}') from (
    select g.name, sum(r.stars - $3::real) as liking from rating r join film_genre f on f.film = r.film join genre g on g.id = f.genre
    where r.unit = u.id group by g.name) l) as liking
from chosen join unit u on u.id = chosen.unit left join account a on a.id = u.account`;
