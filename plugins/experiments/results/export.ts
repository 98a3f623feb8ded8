import { createHmac } from 'node:crypto';
import { stringify } from 'csv-stringify';
import type { Sql } from '../../../core/database/sql.ts';
import type { Experiment } from '../model.ts';
import type { Results } from './results.ts';

/** A cell that a spreadsheet would take for a formula is text with an apostrophe before it. */
const plain = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** A stream of CSV: rows are written to it, and it is ended. */
export const csvOf = (columns: readonly string[]) =>
  stringify({ header: true, columns: [...columns], cast: { string: plain, boolean: String, date: (date) => date.toISOString() } });

export type ResultRow = Readonly<Record<string, string | number | null>>;
export const resultColumns = [
  'metric',
  'title',
  'role',
  'arm',
  'name',
  'units',
  'value',
  'relative',
  'relative_low',
  'relative_high',
  'absolute',
  'absolute_low',
  'absolute_high',
  'p_value',
  'chance_to_win',
  'says',
] as const;

/** One row a metric and arm. `p_value` is the one that decides, corrected where the experiment wants that. */
export function resultRows({ metrics, arms }: Results): ResultRow[] {
  return metrics.flatMap(({ id, title, role, arms: figures }) =>
    figures.map(({ key, units, value, relative, absolute, deciding, says }) => ({
      metric: id,
      title,
      role,
      arm: key,
      name: arms.find((arm) => arm.key === key)!.name,
      units,
      value,
      relative: relative?.effect ?? null,
      relative_low: relative?.low ?? null,
      relative_high: relative?.high ?? null,
      absolute: absolute?.effect ?? null,
      absolute_low: absolute?.low ?? null,
      absolute_high: absolute?.high ?? null,
      p_value: deciding?.pValue ?? null,
      chance_to_win: deciding?.chanceToWin ?? null,
      says: key === 'control' ? 'control' : says,
    })),
  );
}

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

/** A page of the units that count. @returns also its last unit, where there may be more */
export async function unitPage(
  sql: Sql,
  { id, phase }: Pick<Experiment, 'id' | 'phase'>,
  secret: string,
  { after = 0, offset = 0, limit = PAGE }: Page = {},
): Promise<{ readonly rows: UnitRow[]; readonly last: number | null }> {
  const rows = await sql.rows<Omit<UnitRow, 'unit'> & { unit: number }>(pageStatement, [id, phase, after, limit, offset]),
    name = namer(secret, id);
  return { rows: rows.map((row) => ({ ...row, unit: name(row.unit) })), last: rows.length < limit ? null : rows.at(-1)!.unit };
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
        where v.experiment = u.experiment and v.phase = u.phase and v.unit = u.unit group by v.metric) t join experiment_metric x on x.id = t.metric), '{}') as metrics
  from experiment_unit u where u.experiment = $1 and u.phase = $2 and u.unit > $3 and u.standing = 'counted' order by u.unit limit $4 offset $5`;

/** A unit's row for CSV: one column a segment, and up to four a metric. */
export function flat({ segments, metrics, ...row }: UnitRow): Record<string, string | number> {
  const figures = Object.entries(metrics).flatMap(([id, sums]) => Object.entries(sums).map(([name, value]) => [`${id}.${name}`, value] as const));
  return { ...row, ...Object.fromEntries(Object.entries(segments).map(([id, value]) => [`segment.${id}`, value])), ...Object.fromEntries(figures) };
}
export const unitColumns = (segments: readonly string[], metrics: readonly string[]): string[] => [
  'unit',
  'arm',
  'entered',
  ...segments.map((id) => `segment.${id}`),
  ...metrics.flatMap((id) => ['m', 'd', 'a', 'b'].map((name) => `${id}.${name}`)),
];
