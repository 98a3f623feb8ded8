import { stringify } from 'csv-stringify';
import { control } from '../model.ts';
import type { Credited } from '../interleaving/result.ts';
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
export const resultRows = (results: Results): ResultRow[] => [...preferenceRows(results), ...metricRows(results)];

const metricRows = ({ metrics, arms }: Results): ResultRow[] =>
  metrics.flatMap(({ id, title, role, arms: figures }) =>
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
      says: key === control ? 'control' : says,
    })),
  );

/** Of an interleaving: how many prefer the arm (value), and the mean difference in credit, −1 to 1, with its interval (absolute). */
function preferenceRows({ preference, arms }: Results): ResultRow[] {
  if (!preference) return [];
  return preference.credits.flatMap(({ what, viewers, wins, deciding }) =>
    arms.map(({ key, name }) => ({
      metric: `preference-${what}`,
      title: 'Viewers who prefer the arm',
      role: what === preference.deciding ? 'primary' : 'other',
      arm: key,
      name,
      units: viewers,
      value: key === control ? wins.control : wins.arm,
      relative: null,
      relative_low: null,
      relative_high: null,
      ...(key === control ? noDifference : differenceOf(deciding)),
      chance_to_win: null,
      says: key === control ? 'control' : saysOf(deciding),
    })),
  );
}

const noDifference = { absolute: null, absolute_low: null, absolute_high: null, p_value: null };
const differenceOf = (test: Credited['deciding']): typeof noDifference | Record<keyof typeof noDifference, number> =>
  test ? { absolute: test.mean, absolute_low: test.interval[0], absolute_high: test.interval[1], p_value: test.pValue } : noDifference;
const saysOf = (test: Credited['deciding']): string =>
  !test || test.interval[0] * test.interval[1] <= 0 ? 'open' : test.mean > 0 ? 'better' : 'worse';
