import type { Sql } from '../../../core/database/sql.ts';
import type { MetricDefinition } from '../../../recommend/measures.ts';
import type { QuantileMoments } from '../statistics/moments.ts';
import { quantileRanks } from '../statistics/quantile.ts';
import type { Phase } from './read.ts';

export type Quantiles = ReadonlyMap<string, QuantileMoments>;
export const quantileKey = (metric: string, arm: string): string => `${metric} ${arm}`;
type Stored = readonly { readonly metric: string; readonly arm: string; readonly moments: QuantileMoments }[];

/** Quantiles over units, each with one value: by metric and arm, from how their totals (to five digits) are spread, or as it was kept. */
export async function quantilesOf(sql: Sql, of: Phase, metrics: readonly MetricDefinition[]): Promise<Quantiles> {
  const kept = await sql.one<{ quantiles: Stored }>('select quantiles from experiment_kept where experiment = $1', [of.id]);
  const found =
    kept?.quantiles ?? (await Promise.all(metrics.filter(({ kind }) => kind === 'quantile').map((metric) => measure(sql, of, metric)))).flat();
  return new Map(found.map(({ metric, arm, moments }) => [quantileKey(metric, arm), moments]));
}

async function measure(sql: Sql, { id, phase }: Phase, { id: metric, level }: MetricDefinition): Promise<Stored> {
  const counts = await sql.rows<{ arm: string; n: number }>(
    `${spread} select arm, max(upto)::integer as n from spread group by arm having max(upto) > 0`,
    [id, phase, metric],
  );
  const wanted = counts.map(({ arm, n }) => {
    const [lower, upper] = quantileRanks(level!, n);
    return { arm, n, places: [lower, level!, upper].map((rank) => rank * (n - 1)) };
  });
  const found = await sql.rows<{ arm: string; place: number; total: number }>(totalsAt, [id, phase, metric, JSON.stringify(wanted.flatMap(around))]);
  return wanted.map(({ arm, n, places }) => {
    const at = (place: number): number => found.find((one) => one.arm === arm && one.place === place)!.total;
    const [lower, value, upper] = places.map((place) => {
      const [below, above] = [at(Math.floor(place)), at(Math.ceil(place))];
      return below + (place - Math.floor(place)) * (above - below);
    }) as [number, number, number];
    return { metric, arm, moments: { kind: 'quantile', n, level: level!, value, lower, upper } };
  });
}

/** Between two units in the order of their totals, as `percentile_cont` takes it. */
const around = ({ arm, places }: { readonly arm: string; readonly places: readonly number[] }) =>
  places.flatMap((place) => [Math.floor(place), Math.ceil(place)].map((whole) => ({ arm, place: whole })));

const spread = `with spread as (
  select s.arm, s.total, sum(s.units) over (partition by s.arm order by s.total) as upto
  from experiment_spread s join experiment_metric x on x.id = s.metric where s.experiment = $1 and s.phase = $2 and x.name = $3
)`;
/** The totals of the units at these places, counted from 0, in the order of totals. */
const totalsAt = `${spread} select w.arm, w.place, min(s.total) as total
  from (select distinct arm, place from jsonb_to_recordset($4::jsonb) as w (arm text, place integer)) w join spread s on s.arm = w.arm and s.upto > w.place group by 1, 2`;
