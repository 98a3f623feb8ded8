import { AppError as AdminError, ValidationError } from 'adminjs';

interface DatabaseError {
  readonly original?: { readonly code?: string; readonly message?: string; readonly routine?: string };
  readonly fields?: Readonly<Record<string, unknown>>;
}
const sentences: Readonly<Record<string, string>> = {
  23502: 'A value that is needed is missing.',
  23503: 'This refers to something that does not exist, or something else still refers to it.',
  23514: 'The database refuses these values: one is out of its bounds.',
  42501: 'This must not be changed or deleted.',
  22003: 'A number is out of its bounds.',
  22008: 'A date is out of its bounds.',
};

export const fieldErrors = (messages: Readonly<Record<string, string>>): ValidationError =>
  new ValidationError(Object.fromEntries(Object.entries(messages).map(([name, message]) => [name, { message, type: 'invalid' }])));
/** Not a ValidationError: AdminJS takes one without fields for a success. */
export const refusal = (message: string): AdminError => new AdminError(message);

/** What the form says when the database refused a change; other errors are faults and stay what they are. No SQL reaches the page. */
export function asRefusal(error: unknown): unknown {
  const { original, fields = {} } = error as DatabaseError;
  const code = original?.code ?? '';
  if (code === '23505') return fieldErrors(Object.fromEntries(Object.keys(fields).map((name) => [name, 'is already taken'])));
  // Our own triggers say in their message what is wrong.
  if (original?.routine === 'exec_stmt_raise' && original.message)
    return refusal(`${original.message[0]!.toUpperCase()}${original.message.slice(1)}.`);
  return sentences[code] ? refusal(sentences[code]) : error;
}
