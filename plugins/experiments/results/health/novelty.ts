import type { Sql } from '../../../../core/database/sql.ts';
import type { MetricDefinition } from '../../../../recommend/measures.ts';
import { control, type Experiment } from '../../model.ts';
import { trend } from '../../statistics/health/novelty.ts';
import { relativeLift } from '../../statistics/lift.ts';
import type { RatioMoments } from '../../statistics/moments.ts';
import { signed } from '../words.ts';
import type { Check } from './check.ts';

const check = { id: 'novelty', title: 'Novelty' } as const;
/** days since first exposure that are looked at */
const DAYS = 28;

/** Whether an effect wears off with the days since a viewer first saw the arm. Told of ratios, which each day has by itself. */
export async function novelty(sql: Sql, { id, phase, arms }: Experiment, metric: MetricDefinition): Promise<Check> {
  if (metric.kind !== 'ratio')
    return {
      ...check,
      level: 'ok',
      text: `Whether the effect wears off is looked at for rates such as clicks per film shown, not for “${metric.title}”.`,
      todo: null,
    };
  const rows = await sql.rows<Day>(byDay, [id, phase, metric.id, DAYS]);
  const fading = arms.filter(({ key }) => key !== control).flatMap(({ key, name }) => fadingOf(rows, key, name) ?? []);
  if (fading.length === 0)
    return {
      ...check,
      level: 'ok',
      text: 'The effect does not wear off with the days since viewers first saw it, as far as can be told.',
      todo: null,
    };
  return {
    ...check,
    level: 'warn',
    text: `${fading.join(' ')} It may have been curiosity.`,
    todo: 'Let it run until the last days agree with each other, and decide by them.',
  };
}

interface Day extends Omit<RatioMoments, 'kind'> {
  readonly arm: string;
  readonly day: number;
}

function fadingOf(rows: readonly Day[], key: string, name: string): string | undefined {
  const days = rows
    .filter(({ arm }) => arm === key)
    .flatMap((own) => {
      const other = rows.find((row) => row.arm === control && row.day === own.day);
      const lift = other && relativeLift({ kind: 'ratio', ...sumsOf(other) }, { kind: 'ratio', ...sumsOf(own) });
      return lift ? [{ day: own.day, effect: lift.effect, standardError: lift.standardError }] : [];
    });
  const found = trend(days);
  if (found?.kind !== 'novelty') return undefined;
  return `The effect of “${name}” goes from ${signed(found.intercept)} on a viewer’s first day by ${signed(found.slope)} a day.`;
}
const sumsOf = ({ n, m, d, mm, dd, md }: Day): Omit<RatioMoments, 'kind'> => ({ n, m, d, mm, dd, md });

const byDay = `select s.arm, s.day, s.units as n, s.m::double precision as m, s.d::double precision as d,
    s.mm::double precision as mm, s.dd::double precision as dd, s.md::double precision as md
  from experiment_age s join experiment_metric x on x.id = s.metric
  where s.experiment = $1 and s.phase = $2 and x.name = $3 and s.day between 0 and $4 order by 1, 2`;
