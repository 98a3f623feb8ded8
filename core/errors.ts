/**
 * Every error that Marquee makes on purpose: a stable code for machines, a message for people that
 * says what to do, and the HTTP status it maps to. Anything else that is thrown is a fault: 500.
 */
export class AppError extends Error {
  readonly code: string;
  readonly status: number;
  /** messages by field of a form or body, where the input was refused */
  readonly fields: Readonly<Record<string, string>>;
  constructor(code: string, status: number, message: string, fields: Readonly<Record<string, string>> = {}, cause?: unknown) {
    super(message, { cause });
    this.name = 'AppError';
    this.code = code;
    this.status = status;
    this.fields = fields;
  }
}

export const badRequest = (message: string) => new AppError('BAD_REQUEST', 400, message);
export const signInFirst = () => new AppError('SIGN_IN', 401, 'Please sign in first.');
export const badToken = () => new AppError('BAD_TOKEN', 401, 'This token is unknown or was revoked. Make a new one in the console under API tokens.');
export const forbidden = (message = 'You are not allowed to do this.') => new AppError('FORBIDDEN', 403, message);
export const foreignRequest = () =>
  new AppError(
    'FOREIGN_REQUEST',
    403,
    'This form came from another site, or you signed in or out since it was opened. Go back, copy what you wrote, reload the page and send it again.',
  );
export const notFound = (what = 'page') => new AppError('NOT_FOUND', 404, `There is no such ${what}.`);
export const conflict = (message: string) => new AppError('CONFLICT', 409, message);
export const stale = (what: string) =>
  new AppError('STALE', 409, `Somebody else changed this ${what} meanwhile. Reload it, look at the change and save again.`);
export const tooLarge = (message: string) => new AppError('TOO_LARGE', 413, message);
/** Input that is well formed but wrong. `fields` names what to mend. */
export const invalid = (fields: Readonly<Record<string, string>>) =>
  new AppError(
    'INVALID',
    422,
    Object.entries(fields)
      .map(([name, message]) => `${name}: ${message}`)
      .join('; ')
      .replaceAll('.;', '.'),
    fields,
  );
export const tooMany = (seconds: number) => new AppError('TOO_MANY', 429, `Too many attempts. Try again in ${Math.ceil(seconds / 60)} minutes.`);
export const unavailable = (message: string) => new AppError('UNAVAILABLE', 503, message);

export const duplicate = (what: string, id: string) => new AppError('DUPLICATE', 500, `Two plugins provide the ${what} "${id}". Rename one of them.`);
export const cycle = (ids: readonly string[]) =>
  new AppError('PLUGIN_CYCLE', 500, `These plugins require each other in a circle: ${ids.join(' → ')}.`);
