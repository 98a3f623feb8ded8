import { onDay } from '../../../../core/console/kit/index.tsx';
import type { AttributeType } from '../../assignment/attributes.ts';
import type { Targeting } from '../../model.ts';

/** One condition on viewers, as the form has it. */
export interface Row {
  readonly attribute: string;
  readonly operator: string;
  readonly value: unknown;
}

export const names: Record<string, string> = {
  signUpDate: 'Day of sign-up',
  daysSinceSignUp: 'Days since sign-up',
  signedIn: 'Has an account',
  ratings: 'Number of ratings',
  favouriteGenres: 'Favourite genres',
  country: 'Country',
  staff: 'Is staff',
  simulated: 'Is simulated',
};
const order = { $gte: 'at least', $lte: 'at most', $gt: 'more than', $lt: 'less than', $eq: 'exactly', $ne: 'not' };
export const operators: Record<AttributeType, Readonly<Record<string, string>>> = {
  date: { $gte: 'on or after', $lte: 'on or before', $gt: 'after', $lt: 'before', $eq: 'on', $ne: 'not on' },
  number: order,
  boolean: { $eq: 'is' },
  country: { $in: 'is one of', $nin: 'is none of' },
  genres: { $in: 'with any of', $all: 'with all of', $nin: 'without any of' },
};
const types: Readonly<Record<string, AttributeType>> = {
  signUpDate: 'date',
  signedIn: 'boolean',
  staff: 'boolean',
  simulated: 'boolean',
  favouriteGenres: 'genres',
  country: 'country',
};

/** "number of ratings at least 5, country is one of DE, AT"; "everybody" without a condition */
export function conditionsInWords(targeting: Targeting): string {
  const rows = rowsOf(targeting);
  if (!rows) return `whoever meets ${JSON.stringify(targeting)}`;
  return rows.map(inWords).join(', ') || 'everybody';
}

function inWords({ attribute, operator, value }: Row): string {
  const type = types[attribute] ?? 'number',
    name = (names[attribute] ?? attribute).toLowerCase();
  return [name, operators[type][operator] ?? operator, said(type, value)].join(' ');
}
function said(type: AttributeType, value: unknown): string {
  if (type === 'boolean') return value === true ? 'yes' : 'no';
  if (type === 'date') return onDay(String(value));
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** Whether nothing is typed or chosen yet. */
export const isOpen = ({ value }: Row): boolean => value === '' || (Array.isArray(value) && value.length === 0);

/** undefined for a condition that is more than a list */
export function rowsOf(targeting: Targeting): Row[] | undefined {
  const rows: Row[] = [];
  for (const [attribute, part] of Object.entries(targeting)) {
    if (attribute.startsWith('$')) return undefined;
    const conditions = typeof part === 'object' && part !== null && !Array.isArray(part) ? part : { $eq: part };
    for (const [operator, value] of Object.entries(conditions)) rows.push({ attribute, operator, value });
  }
  return rows;
}

export function targetingOf(rows: readonly Row[]): Targeting {
  const targeting: Record<string, Record<string, unknown>> = {};
  for (const { attribute, operator, value } of rows) (targeting[attribute] ??= {})[operator] = value;
  return targeting;
}
