import type { Targeting } from '../model.ts';
import { meets, type Condition } from '../statistics/assignment/conditions.ts';
import { attributeTypes, type Attributes, type AttributeType } from './attributes.ts';

/** Whether a unit is meant by a condition that `problemOf` finds nothing wrong with. */
export const isMeant = (attributes: Attributes, targeting: Targeting): boolean => meets(attributes as unknown as Condition, targeting);

const joins: readonly string[] = ['$and', '$or', '$nor'];
const isObject = (part: unknown): part is Readonly<Record<string, unknown>> => typeof part === 'object' && part !== null && !Array.isArray(part);
const conditionOf = (part: unknown): Readonly<Record<string, unknown>> => (isObject(part) ? part : { $eq: part });

/** What is wrong with a condition, in a sentence; undefined where nothing is. */
export function problemOf(targeting: unknown, depth = 0): string | undefined {
  if (!isObject(targeting)) return 'A condition is an object such as { "ratings": { "$gte": 20 } }.';
  if (depth > 5) return 'Conditions may be nested five deep.';
  for (const [key, part] of Object.entries(targeting)) {
    const wrong = key === '$not' ? problemOf(part, depth + 1) : joins.includes(key) ? problemOfList(key, part, depth) : problemOfAttribute(key, part);
    if (wrong) return wrong;
  }
  return undefined;
}

function problemOfList(key: string, part: unknown, depth: number): string | undefined {
  if (!Array.isArray(part) || part.length === 0) return `${key} takes a list of conditions.`;
  return part.map((one) => problemOf(one, depth + 1)).find((wrong) => wrong !== undefined);
}

function problemOfAttribute(key: string, part: unknown): string | undefined {
  if (!Object.hasOwn(attributeTypes, key)) return `There is no attribute "${key}". There are ${Object.keys(attributeTypes).join(', ')}.`;
  const type = attributeTypes[key as keyof Attributes];
  for (const [operator, wanted] of Object.entries(conditionOf(part))) {
    if (!allowed[type].includes(operator)) return `${key} can be compared with ${allowed[type].join(', ')}, not with ${operator}.`;
    const values = lists.includes(operator) ? wanted : [wanted];
    if (!Array.isArray(values)) return `${operator} takes a list.`;
    if (values.length === 0) return `Choose at least one: ${key} is compared with ${words[type]}.`;
    if (!values.every(isA[type])) return `${key} is compared with ${words[type]}.`;
  }
  return undefined;
}

const lists: readonly string[] = ['$in', '$nin', '$all'];
const order = ['$eq', '$ne', '$lt', '$lte', '$gt', '$gte'];
const allowed: Readonly<Record<AttributeType, readonly string[]>> = {
  date: order,
  number: order,
  boolean: ['$eq', '$ne'],
  genres: lists,
  country: ['$in', '$nin'],
};
const isA: Readonly<Record<AttributeType, (value: unknown) => boolean>> = {
  date: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)),
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  country: (value) => typeof value === 'string' && /^[A-Z]{2}$/.test(value),
  genres: (value) => typeof value === 'string' && value.length > 0 && value.length <= 60,
};
const words: Readonly<Record<AttributeType, string>> = {
  date: 'a day such as "2026-05-01"',
  number: 'a number',
  boolean: 'true or false',
  genres: 'names of genres',
  country: 'codes of countries in two capital letters, such as "DE"',
};
