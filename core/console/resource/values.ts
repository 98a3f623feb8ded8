import { cleanText } from '../../http/form.ts';
import type { ConsoleField } from '../part.ts';

export type Value = string | number | boolean | Date | null | readonly string[] | object;
/** What a form's text means for a column, or what to say beside its input. */
export type Parsed = { readonly value: Value } | { readonly message: string };

const longest = { string: 500, text: 50_000, json: 100_000, list: 50_000 } as const;
const smallest = -2_147_483_648,
  largest = 2_147_483_647;

/** A column's value as the forms and lists of the console show it: scalars only, because AdminJS flattens everything else. */
export function shown(field: ConsoleField, value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return field.empty ?? null;
  if (value instanceof Date) return value.toISOString();
  if (field.type === 'json') return JSON.stringify(value, null, 2);
  if (Array.isArray(value)) return value.join('\n');
  return value as string | number | boolean;
}

/** Reads what a form sent. Only the database knows more: uniqueness, references and its own checks. */
export function parse(field: ConsoleField, sent: unknown): Parsed {
  const text = typeof sent === 'string' ? cleanText(sent) : sent;
  if (text === null || text === undefined || text === '') return nothing(field);
  const parsed = field.reference ? integer({ type: 'integer', min: 1 }, String(text)) : byType[field.type](field, String(text));
  if ('value' in parsed && field.choices && !field.choices.includes(String(parsed.value)))
    return { message: `must be one of ${field.choices.join(', ')}` };
  return parsed;
}

function nothing({ type, required }: ConsoleField): Parsed {
  if (type === 'boolean') return { value: false };
  if (required) return { message: 'must not be empty' };
  // Text columns are not null, everything else may be unknown.
  return { value: type === 'string' || type === 'text' ? '' : type === 'list' ? [] : null };
}

const byType: Record<ConsoleField['type'], (field: ConsoleField, text: string) => Parsed> = {
  string: bounded,
  text: bounded,
  integer,
  number,
  boolean: (_field, text) => (text === 'true' || text === 'false' ? { value: text === 'true' } : { message: 'must be yes or no' }),
  date: (_field, text) => {
    const date = new Date(text);
    return Number.isNaN(date.getTime()) ? { message: 'must be a date' } : { value: date };
  },
  json: (field, text) => {
    try {
      return 'message' in bounded(field, text) ? bounded(field, text) : { value: JSON.parse(text) as object };
    } catch (error) {
      return { message: `must be JSON: ${(error as Error).message}` };
    }
  },
  list: (field, text) => {
    const tooLong = bounded(field, text);
    return 'message' in tooLong
      ? tooLong
      : {
          value: text
            .split('\n')
            .map((line) => line.trim())
            .filter(Boolean),
        };
  },
};

function bounded({ type, min = 0, max }: ConsoleField, text: string): Parsed {
  const most = max ?? longest[type as keyof typeof longest];
  if (text.length < min) return { message: `must have at least ${min} characters` };
  return text.length > most ? { message: `must have at most ${most} characters` } : { value: text };
}

function integer(field: ConsoleField, text: string): Parsed {
  if (!/^[+-]?\d{1,10}$/.test(text)) return { message: 'must be a whole number' };
  return within(Number(text), field.min ?? smallest, field.max ?? largest);
}

/** Plain decimals only: "abc", "0x10" and "1e309" are no numbers that a person means. */
function number(field: ConsoleField, text: string): Parsed {
  if (!/^[+-]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})$/.test(text)) return { message: 'must be a number' };
  return within(Number(text), field.min ?? -Infinity, field.max ?? Infinity);
}

function within(value: number, least: number, most: number): Parsed {
  if (value < least) return { message: `must be at least ${least}` };
  return value > most ? { message: `must be at most ${most}` } : { value };
}
