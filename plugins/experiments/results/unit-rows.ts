import { createHmac } from 'node:crypto';
import type { Sql } from '../../../core/database/sql.ts';
import { AppError } from '../../../core/errors.ts';
import { whats } from '../interleaving/acts.ts';
import type { Experiment } from '../model.ts';

/** One viewer of an experiment, without anything that says who it is. */
export interface UnitRow {
  /** the same viewer is another one in another experiment */
  readonly unit: string;
  readonly arm: string;
  /** the day of the first list (UTC) */
  readonly entered: string;
  readonly segments: Readonly<Record<string, string>>;
  /** by metric: what the viewer did since (m, of d where it is a ratio), and in the 14 days before (a, of b) */
  readonly metrics: Readonly<Record<string, { readonly m: number; readonly d: number; readonly a: number; readonly b: number }>>;
  /** of an interleaving, by what was done: how often with films of the arm, and of the control */
  readonly credit?: Readonly<Record<string, { readonly arm: number; readonly control: number }>>;
}

/** Viewers that are read at once. */
const PAGE = 1_000;

/** Names units so that nobody can be found by them, for one experiment only. @param secret of the site */
export const namer =
  (secret: string, experiment: number) =>
  (unit: number): string =>
    createHmac('sha256', secret).update(`experiment ${experiment} unit ${unit}`).digest('hex').slice(0, 16);

interface Page {
  /** the last unit of the page before */
  readonly after?: number;
  /** units that are passed over */
  readonly offset?: number;
  readonly limit?: number;
}

/** Whether single viewers are still known: of an experiment that ended long ago, only sums are kept. */
export const unitsKnown = async (sql: Sql, experiment: number): Promise<boolean> =>
  !(await sql.one('select from experiment_kept where experiment = $1', [experiment]));

/** 410 where single viewers are no longer known. */
export async function refuseKept(sql: Sql, experiment: number): Promise<void> {
  if (!(await unitsKnown(sql, experiment)))
    throw new AppError('GONE', 410, 'This experiment ended so long ago that only its results are kept, and no longer what single viewers did.');
}

/** A page of the units that count. @returns also its last unit, where there may be more */
export async function unitPage(
  sql: Sql,
  { id, phase }: Pick<Experiment, 'id' | 'phase'>,
  secret: string,
  { after = 0, offset = 0, limit = PAGE }: Page = {},
): Promise<{ readonly rows: UnitRow[]; readonly last: number | null }> {
  const rows = await sql.rows<Omit<UnitRow, 'unit' | 'credit'> & { unit: number; credit: UnitRow['credit'] | null }>(pageStatement, [
      id,
      phase,
      after,
      limit,
      offset,
    ]),
    name = namer(secret, id);
  return {
    rows: rows.map(({ credit, ...row }) => ({ ...row, unit: name(row.unit), ...(credit && { credit }) })),
    last: rows.length < limit ? null : rows.at(-1)!.unit,
  };
}

/** All units that count, page by page. */
export async function* unitRows(sql: Sql, experiment: Pick<Experiment, 'id' | 'phase'>, secret: string): AsyncGenerator<UnitRow> {
  for (let after: number | null = 0; after !== null;) {
    const page: Awaited<ReturnType<typeof unitPage>> = await unitPage(sql, experiment, secret, { after });
    yield* page.rows;
    after = page.last;
  }
}

const pageStatement = `select u.unit, u.arm, to_char(u.first_at at time zone 'UTC', 'YYYY-MM-DD') as entered, u.segments,
    coalesce((select json_object_agg(x.name, json_build_object('m', t.m, 'd', t.d, 'a', t.a, 'b', t.b) order by x.name)
      from (select v.metric, sum(v.m) as m, sum(v.d) as d, max(v.a) as a, max(v.b) as b from experiment_value v
        where v.experiment = u.experiment and v.phase = u.phase and v.unit = u.unit group by v.metric) t join experiment_metric x on x.id = t.metric), '{}') as metrics,
    (select json_object_agg(c.what, json_build_object('arm', c.a, 'control', c.b) order by c.what)
      from (select what, sum(a)::integer as a, sum(b)::integer as b from experiment_credit
        where (experiment, phase, unit) = (u.experiment, u.phase, u.unit) group by what) c) as credit
  from experiment_unit u where u.experiment = $1 and u.phase = $2 and u.unit > $3 and u.standing = 'counted' order by u.unit limit $4 offset $5`;

/** A unit's row for CSV: one column a segment, up to four a metric, and two a credit. */
export function flat({ segments, metrics, credit = {}, ...row }: UnitRow): Record<string, string | number> {
  return {
    ...row,
    ...Object.fromEntries(Object.entries(segments).map(([id, value]) => [`segment.${id}`, value])),
    ...flattened('', metrics),
    ...flattened('credit.', credit),
  };
}
const flattened = (before: string, figures: Readonly<Record<string, object>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(figures).flatMap(([id, sums]) =>
      Object.entries(sums).map(([name, value]) => [`${before}${id}.${name}`, value as number] as const),
    ),
  );

export const unitColumns = ({ kind }: Pick<Experiment, 'kind'>, segments: readonly string[], metrics: readonly string[]): string[] => [
  'unit',
  'arm',
  'entered',
  ...segments.map((id) => `segment.${id}`),
  ...metrics.flatMap((id) => ['m', 'd', 'a', 'b'].map((name) => `${id}.${name}`)),
  ...(kind === 'interleaving' ? whats.flatMap((what) => [`credit.${what}.arm`, `credit.${what}.control`]) : []),
];
