import type { Draft } from '../input.ts';
import type { RuleLine } from './answer.ts';

export const path = '/admin/data/rules';

export const effects: Readonly<Record<Draft['effect'], string>> = {
  boost: 'Boost: higher in every list',
  bury: 'Bury: lower in every list',
  pin: 'Pin: at a place of its own in “For you”',
  exclude: 'Exclude: in no list at all',
};
export const targets: Readonly<Record<Draft['target'], string>> = {
  film: 'Film',
  genre: 'Genre',
  person: 'Person',
  keyword: 'Keyword',
  query: 'Words',
};
export const audiences: Readonly<Record<Draft['audience'], string>> = {
  everybody: 'Everybody',
  newcomers: 'Newcomers (up to 5 films)',
  regulars: 'Regulars (more than 5 films)',
};
export const states = { 'in force': 'good', waiting: 'info', over: 'neutral', off: 'neutral' } as const;

export function effectOf({ effect, amount }: Pick<RuleLine, 'effect' | 'amount'>): string {
  if (effect === 'exclude') return 'Exclude';
  return effect === 'pin' ? `Pin at place ${amount}` : `${effect === 'boost' ? 'Boost' : 'Bury'} by ${amount}`;
}
