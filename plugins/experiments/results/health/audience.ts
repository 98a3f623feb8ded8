import type { Entry } from '../read.ts';
import { total } from '../units.ts';
import { count, percent, viewers } from '../words.ts';
import type { Check } from './check.ts';

/** Running for so many hours without anybody is no chance any more. */
const SILENT = 24;

export interface Running {
  readonly running: boolean;
  /** hours since the phase began */
  readonly hours: number;
}

export function exposure(entries: readonly Entry[], { running, hours }: Running): Check {
  const units = total(entries);
  const check = { id: 'exposure', title: 'Exposure' } as const;
  if (units > 0)
    return { ...check, level: 'ok', text: `${viewers(units)} ${units === 1 ? 'was' : 'were'} shown lists of the experiment.`, todo: null };
  const late = running && hours >= SILENT;
  return {
    ...check,
    level: late ? 'alarm' : 'note',
    text: late ? `For ${Math.floor(hours)} hours nobody has been shown a list of it.` : 'Nobody has been shown a list of it yet.',
    todo: late
      ? 'See whether the targeting, the layer’s range and the coverage leave anybody, and whether the arms’ algorithms are switched on.'
      : 'Open the site, or run: npm run simulate',
  };
}

/** Whether people who are no audience are counted. */
export function leak(entries: readonly Entry[], includes: { readonly staff: boolean; readonly simulated: boolean }): Check {
  const counted = entries.filter(({ standing }) => standing === 'counted');
  const [all, simulated] = [total(counted), total(counted, 'simulated')];
  const out = (standing: Entry['standing']): number => total(entries.filter((entry) => entry.standing === standing));
  const left = [
    [out('staff'), 'of the staff'],
    [out('simulated'), 'simulated'],
  ]
    .filter(([n]) => Number(n) > 0)
    .map(([n, who]) => `${count(Number(n))} ${who}`);
  const excluded = left.length > 0 ? ` Left out: ${left.join(', ')}.` : '';
  const check = { id: 'leak', title: 'Staff and simulated viewers' } as const;
  if (simulated === 0 && !includes.staff)
    return { ...check, level: 'ok', text: `No simulated viewers and no staff are counted.${excluded}`, todo: null };
  const who =
    simulated === all
      ? `All ${viewers(all)} are simulated`
      : `${count(simulated)} of ${viewers(all)} (${percent(simulated / Math.max(all, 1))}) are simulated`;
  return {
    ...check,
    level: simulated > 0 ? 'warn' : 'note',
    text: `${simulated > 0 ? `${who}: they show how the experiment works, not what people want.` : 'Staff are counted, as this experiment wants it.'}${excluded}`,
    todo: simulated > 0 ? 'Decide nothing for people by it: leave simulated viewers out, in a new phase.' : null,
  };
}

/** From this share, and so many viewers, on. */
const LATE = { share: 0.01, units: 10 };

/** What programs tell long after it happened changes days that seemed over. */
export function late(entries: readonly Entry[]): Check {
  const counted = entries.filter(({ standing }) => standing === 'counted');
  const [n, all] = [total(counted, 'late'), total(counted)];
  const check = { id: 'late', title: 'Late data' } as const;
  if (n === 0) return { ...check, level: 'ok', text: 'Everything was told of within a day.', todo: null };
  const many = n >= LATE.units && n >= LATE.share * all;
  return {
    ...check,
    level: many ? 'warn' : 'ok',
    text: `Of ${viewers(n)} (${percent(n / all)}) the first list was told of more than a day after they saw it; they are counted on the day itself.`,
    todo: many ? 'Wait a day longer before you decide, and see which program sends so late.' : null,
  };
}
