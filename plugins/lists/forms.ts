import { z } from 'zod';
import { cleanText } from '../../core/http/form.ts';

const text = (most: number) =>
  z
    .string()
    .transform(cleanText)
    .pipe(z.string().max(most, `Write at most ${most} characters.`));

/** A list as its form sends it. */
export const ListForm = z.object({
  name: text(100).pipe(z.string().min(1, 'Give the list a name.')),
  description: text(2000).default(''),
  public: z
    .string('Tick it or not.')
    .optional()
    .transform((ticked) => ticked !== undefined),
});
export const ChangeForm = ListForm.extend({ version: z.coerce.number('Reload the page.').int().min(1) });
export const NoteForm = z.object({ note: text(500) });
/** `to` by buttons, `before` by dragging: the film that comes next, 0 at the end. */
export const MoveForm = z.object({
  to: z.enum(['up', 'down', 'top']).optional(),
  before: z.coerce.number('Name the film by its id.').int().min(0).optional(),
});
