import { tooManyMultiple, unevenDays } from '../../statistics/health/imbalance.ts';
import { sampleRatio } from '../../statistics/srm.ts';
import type { Entry } from '../read.ts';
import { total } from '../units.ts';
import { count, listed, percent, viewers } from '../words.ts';
import type { Check } from './check.ts';

export interface ArmShare {
  readonly key: string;
  readonly name: string;
  /** percent wanted */
  readonly share: number;
}

/** The arms' sizes against their shares: whether something loses viewers of one arm, or counts them twice. */
export function split(arms: readonly ArmShare[], entries: readonly Entry[]): Check {
  const sizes = arms.map((arm) => ({ ...arm, units: sizeOf(entries, arm.key) }));
  const { alarm, pValue } = sampleRatio(sizes);
  const found = listed(sizes.map(({ name, units }) => `${count(units)} in “${name}”`)),
    wanted = arms.map(({ share }) => `${share} %`).join(' to ');
  const check = { id: 'split', title: 'Split of viewers' } as const;
  if (!alarm)
    return {
      ...check,
      level: 'ok',
      text: `Viewers are split as wanted (${wanted}): ${found}. Chance alone parts them so far, or further, in ${percent(pValue)} of all experiments.`,
      todo: null,
    };
  return {
    ...check,
    level: 'alarm',
    text:
      `The split is wrong: ${found}, where ${wanted} was wanted. Chance does this less than once in a thousand experiments (p = ${pValue.toExponential(1)}), so ` +
      'something loses viewers of one arm or counts them twice.',
    todo: 'Look for errors, slow pages or redirects in one arm, mend it, and start a new phase or a new experiment.',
  };
}

const sizeOf = (entries: readonly Entry[], arm: string): number =>
  total(entries.filter((entry) => entry.arm === arm && entry.standing === 'counted'));

/** A split can be right as a whole and wrong on the day of a release. */
export function days(arms: readonly ArmShare[], entries: readonly Entry[]): Check {
  const byDay = new Map<string, Entry[]>();
  for (const entry of entries) {
    const day = entry.at.toISOString().slice(0, 10);
    (byDay.get(day) ?? byDay.set(day, []).get(day)!).push(entry);
  }
  const uneven = unevenDays(Array.from(byDay, ([day, own]) => ({ day, arms: arms.map(({ key, share }) => ({ units: sizeOf(own, key), share })) })));
  const check = { id: 'days', title: 'Split day by day' } as const;
  if (uneven.length === 0)
    return { ...check, level: 'ok', text: 'On no single day were the arms’ new viewers split by more than chance.', todo: null };
  return {
    ...check,
    level: 'warn',
    text: `The new viewers of ${listed(uneven)} were not split as wanted.`,
    todo: 'Ask what was released or broken then. If one arm was served otherwise for a while, start a new phase.',
  };
}

/** Viewers of several arms, who are left out: mostly people who signed in on a second device. */
export function crossed(entries: readonly Entry[]): Check {
  const several = total(entries.filter(({ standing }) => standing === 'crossed')),
    all = several + total(entries.filter(({ standing }) => standing === 'counted'));
  const check = { id: 'crossed', title: 'Viewers of several arms' } as const;
  if (several === 0) return { ...check, level: 'ok', text: 'No viewer was in more than one arm.', todo: null };
  const many = tooManyMultiple(several, all);
  return {
    ...check,
    level: many ? 'warn' : 'ok',
    text: `${viewers(several)} (${percent(several / all)}) saw more than one arm, by signing in on another device, and ${several === 1 ? 'is' : 'are'} left out.`,
    todo: many ? 'That is many: ask whether arms are mixed up somewhere, and read small effects as larger than they look.' : null,
  };
}
