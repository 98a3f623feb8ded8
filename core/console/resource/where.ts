import type { Filter } from 'adminjs';
import { Op, type WhereOptions } from 'sequelize';
import { badRequest } from '../../errors.ts';
import type { ConsoleField } from '../part.ts';
import { parse, type Value } from './values.ts';

type Condition = WhereOptions<Record<string, unknown>>;
interface Range {
  readonly from?: string;
  readonly to?: string;
}

/** The conditions of a list's filter. Columns that the console does not know, and values that are none, are refused. */
export function whereOf(fields: Readonly<Record<string, ConsoleField>>, filter: Filter | undefined): Condition {
  const all: Condition[] = [];
  for (const [name, { value }] of Object.entries(filter?.filters ?? {})) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) throw badRequest(`There is no column "${name}" to filter by.`);
    if (value !== '' && value !== undefined) all.push({ [name]: condition(name, field, value) } as Condition);
  }
  return { [Op.and]: all };
}

function condition(name: string, field: ConsoleField, value: unknown): object | Value {
  if (field.type === 'date') return range(name, field, value as Range);
  if (typeof value !== 'string') throw badRequest(`The filter of "${name}" must be text.`);
  const text = (field.type === 'string' || field.type === 'text') && !field.choices && !field.reference;
  return text ? { [Op.iLike]: `%${value.replace(/[\\%_]/g, '\\$&')}%` } : one(name, field, value);
}

function range(name: string, field: ConsoleField, value: Range): object {
  if (typeof value !== 'object' || value === null) throw badRequest(`The filter of "${name}" must say from or to.`);
  return { ...(value.from && { [Op.gte]: one(name, field, value.from) }), ...(value.to && { [Op.lte]: one(name, field, value.to) }) };
}

function one(name: string, field: ConsoleField, value: unknown): Value {
  if (field.type === 'json' || field.type === 'list') throw badRequest(`"${name}" cannot be filtered by.`);
  const parsed = parse({ ...field, required: true }, value);
  if ('message' in parsed) throw badRequest(`The filter of "${name}" ${parsed.message}.`);
  return parsed.value;
}
