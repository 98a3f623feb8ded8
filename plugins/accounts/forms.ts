import { z } from 'zod';
import { languages } from '../../i18n/languages.ts';
import { cleanText, fieldErrors } from '../../core/http/form.ts';
import { passwordProblem } from './password-policy.ts';

const text = z.string('Fill this in.').transform(cleanText);
const name = text.pipe(z.string().min(1, 'Fill this in.').max(80, 'Use at most 80 characters.'));
const bio = text.pipe(z.string().max(500, 'Use at most 500 characters.'));
const handle = text
  .transform((typed) => typed.toLowerCase())
  .pipe(z.string().regex(/^[a-z0-9_]{2,30}$/, 'Use 2 to 30 letters a–z, digits or underscores.'));
const email = text.pipe(z.email('Type an address like name@example.org.').max(254, 'Use at most 254 characters.'));
const password = z.string('Fill this in.');
const newPassword = password.superRefine((value, ctx) => refuse(ctx, [], passwordProblem(value, {})));

/** Only these fields are read from a form: a role or an id that somebody adds never arrives. */
export const signUpForm = z
  .object({ name, handle, email, password: newPassword })
  .superRefine((typed, ctx) => refuse(ctx, ['password'], passwordProblem(typed.password, typed)));

export const signInForm = z.object({
  email: text.pipe(z.string().min(1, 'Fill this in.').max(254, 'Use at most 254 characters.')),
  password: password.min(1, 'Fill this in.').max(200, 'Use at most 200 characters.'),
});

export const profileForm = z.object({ name, bio });
export const preferencesForm = z.object({
  language: z.preprocess((typed) => (typed === '' ? null : typed), z.enum(languages, 'Choose one of the languages.').nullable()),
  shortcuts: z.preprocess((typed) => typed === 'on', z.boolean()),
});

const current = password.min(1, 'Fill this in.').max(200, 'Use at most 200 characters.');
export const emailForm = z.object({ email });
export const newEmailForm = z.object({ current, email });
export const leaveForm = z.object({
  current,
  texts: z.enum(['keep', 'remove'], 'Choose what happens to what you wrote.'),
  sure: z.literal('yes', 'Tick this to go on.'),
});

interface Named {
  readonly name: string;
  readonly handle: string;
  readonly email: string;
}
export const newPasswordForm = (owner: Named) =>
  z.object({ password: newPassword }).superRefine((typed, ctx) => refuse(ctx, ['password'], passwordProblem(typed.password, owner)));

/** The new password must suit its owner. */
export const passwordForm = (owner: Named) =>
  z.object({ current, password: newPassword }).superRefine((typed, ctx) => refuse(ctx, ['password'], passwordProblem(typed.password, owner)));

function refuse(ctx: z.RefinementCtx, path: string[], message: string | undefined): void {
  if (message) ctx.addIssue({ code: 'custom', path, message });
}

export type Errors = Readonly<Record<string, string>>;
type Typed<T> = { readonly data: T; readonly errors?: undefined } | { readonly data?: undefined; readonly errors: Errors };

/** What the form holds, or a message for each refused field. */
export function check<T extends z.ZodType>(schema: T, body: unknown): Typed<z.output<T>> {
  const result = schema.safeParse(body ?? {});
  return result.success ? { data: result.data } : { errors: fieldErrors(result.error) };
}

/** The text fields as typed, to show them again. Name no password here. */
export function typed<K extends string>(body: unknown, ...fields: readonly K[]): Record<K, string> {
  const values = (body ?? {}) as Record<string, unknown>;
  return Object.fromEntries(fields.map((field) => [field, typeof values[field] === 'string' ? cleanText(values[field]) : ''])) as Record<K, string>;
}
