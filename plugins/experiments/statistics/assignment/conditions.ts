import { operators, type Groups } from './operators.ts';

/** Attributes of a unit, and a condition on them in GrowthBook's (MongoDB's) language: { country: 'CH', ratings: { $gte: 20 } }. */
export type Attributes = Readonly<Record<string, unknown>>;
export type Condition = Readonly<Record<string, unknown>>;

/** Whether the unit is meant. All parts of a condition must hold; the empty one holds for everybody. */
export function meets(attributes: Attributes, condition: Condition, groups: Groups = {}): boolean {
  return Object.entries(condition).every(([key, part]) => {
    const parts = part as readonly Condition[];
    switch (key) {
      case '$or':
        return parts.length === 0 || parts.some((each) => meets(attributes, each, groups));
      case '$nor':
        return parts.length > 0 && !parts.some((each) => meets(attributes, each, groups));
      case '$and':
        return parts.every((each) => meets(attributes, each, groups));
      case '$not':
        return !meets(attributes, part as Condition, groups);
      default:
        return matches(part, at(attributes, key), groups);
    }
  });
}

/** An attribute by its path (`address.country`); null where there is none. */
function at(attributes: Attributes, path: string): unknown {
  let value: unknown = attributes;
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null || !(part in value)) return null;
    value = (value as Attributes)[part];
  }
  return value;
}

/** Whether one value meets a plain value or operators. */
export function matches(condition: unknown, value: unknown, groups: Groups, fold = false): boolean {
  if (condition === null) return value === null;
  if (typeof condition === 'string') return fold ? String(value).toLowerCase() === condition.toLowerCase() : String(value) === condition;
  if (typeof condition === 'number') return Number(value) === condition;
  if (typeof condition === 'boolean') return value !== null && Boolean(value) === condition;
  if (!isOperators(condition)) return JSON.stringify(value) === JSON.stringify(condition);
  return Object.entries(condition).every(([name, expected]) => operators[name]?.(value, expected, { matches, meets, groups }) ?? false);
}

/** { $gt: 3, $lt: 5 }: an object of nothing but operators. */
export function isOperators(condition: unknown): condition is Condition {
  const keys = typeof condition === 'object' && condition !== null && !Array.isArray(condition) ? Object.keys(condition) : [];
  return keys.length > 0 && keys.every((key) => key.startsWith('$'));
}
