import type { Attributes, Condition } from './conditions.ts';
import { sortable } from './versions.ts';

/** Named lists of values that conditions may refer to. */
export type Groups = Readonly<Record<string, readonly unknown[]>>;
/** What nested operators need of their surroundings. */
export interface Evaluation {
  readonly matches: (condition: unknown, value: unknown, groups: Groups, fold?: boolean) => boolean;
  readonly meets: (attributes: Attributes, condition: Condition, groups: Groups) => boolean;
  readonly groups: Groups;
}
type Operator = (actual: unknown, expected: unknown, evaluation: Evaluation) => boolean;

const fold = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);
const among = (actual: unknown, list: readonly unknown[], as: (value: unknown) => unknown = (value) => value): boolean => {
  const known = new Set(list.map(as));
  return Array.isArray(actual) ? actual.some((each) => known.has(as(each))) : known.has(as(actual));
};
/** Membership in a list; a condition without a list holds for nobody. */
const list =
  (wanted: boolean, as?: (value: unknown) => unknown): Operator =>
  (actual, expected) =>
    Array.isArray(expected) && among(actual, expected, as) === wanted;
const all =
  (folded: boolean): Operator =>
  (actual, expected, { matches, groups }) =>
    Array.isArray(actual) && Array.isArray(expected) && expected.every((each) => actual.some((value) => matches(each, value, groups, folded)));
const pattern =
  (flags: string): Operator =>
  (actual, expected) => {
    try {
      return new RegExp(expected as string, flags).test(String(actual));
    } catch {
      return false;
    }
  };
/** Compares as JavaScript does: a text with a number as numbers, null as 0. */
const order =
  (holds: (difference: -1 | 0 | 1 | undefined) => boolean): Operator =>
  (actual, expected) => {
    const [a, b] = [actual as number, expected as number];
    return holds(a < b ? -1 : a > b ? 1 : a <= b && a >= b ? 0 : undefined);
  };
const version =
  (holds: (difference: number) => boolean): Operator =>
  (actual, expected) => {
    const [a, b] = [sortable(actual), sortable(expected)];
    return holds(a < b ? -1 : a > b ? 1 : 0);
  };
const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

const elemMatch: Operator = (actual, expected, { matches, meets, groups }) => {
  if (!Array.isArray(actual)) return false;
  const keys = Object.keys(expected as Condition);
  const operators = keys.length > 0 && keys.every((key) => key.startsWith('$'));
  return actual.some((each) => (operators ? matches(expected, each, groups) : meets(each as Attributes, expected as Condition, groups)));
};

/** Everything that a condition can ask of one value. */
export const operators: Readonly<Record<string, Operator>> = {
  $eq: (actual, expected) => actual === expected,
  $ne: (actual, expected) => actual !== expected,
  $lt: order((d) => d === -1),
  $lte: order((d) => d === -1 || d === 0),
  $gt: order((d) => d === 1),
  $gte: order((d) => d === 1 || d === 0),
  $exists: (actual, expected) => (actual !== null && actual !== undefined) === Boolean(expected),
  $type: (actual, expected) => typeOf(actual) === expected,
  $in: list(true),
  $nin: list(false),
  $ini: list(true, fold),
  $nini: list(false, fold),
  $inGroup: (actual, expected, { groups }) => among(actual, groups[expected as string] ?? []),
  $notInGroup: (actual, expected, { groups }) => !among(actual, groups[expected as string] ?? []),
  $not: (actual, expected, { matches, groups }) => !matches(expected, actual, groups),
  $size: (actual, expected, { matches, groups }) => Array.isArray(actual) && matches(expected, actual.length, groups),
  $elemMatch: elemMatch,
  $all: all(false),
  $alli: all(true),
  $regex: pattern(''),
  $regexi: pattern('i'),
  $veq: version((d) => d === 0),
  $vne: version((d) => d !== 0),
  $vlt: version((d) => d < 0),
  $vlte: version((d) => d <= 0),
  $vgt: version((d) => d > 0),
  $vgte: version((d) => d >= 0),
};
