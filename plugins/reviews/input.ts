import { z } from 'zod';
import { cleanText } from '../../core/http/form.ts';

const words = (most: number) =>
  z
    .string('Write something.')
    .transform((text) => cleanText(text.replaceAll('\r\n', '\n')).replaceAll(/\n{3,}/g, '\n\n'))
    .pipe(
      z
        .string()
        .min(1, 'Write something.')
        .max(most, `Use at most ${most.toLocaleString('en')} characters.`),
    );

/** Only these fields are read: an author or a date that somebody adds never arrives. */
export const ReviewForm = z.object({
  text: words(10_000),
  spoiler: z
    .literal('on')
    .optional()
    .transform((ticked) => ticked !== undefined),
  /** what the writer saw; empty for a new review */
  version: z.union([z.literal(''), z.coerce.number().int().min(1)]).optional(),
});
export const CommentForm = z.object({
  text: words(2_000),
  parent: z.union([z.literal(''), z.coerce.number().int().min(1).max(2_147_483_647)]).optional(),
  form: z.string().regex(/^[\w-]{8,64}$/, 'Reload the page and send it again.'),
});
export type ReviewInput = z.output<typeof ReviewForm>;
export type CommentInput = z.output<typeof CommentForm>;
