import { z } from 'zod';
import { Stars, ViewerName } from '../api.ts';

/** In a body an account's id may be a number, too. */
const UserName = z.union([z.int().positive(), ViewerName], 'Name the user by account id, handle or "visitor:<key>".');

export const Interaction = z
  .strictObject({
    id: z.uuid('Give each interaction a UUID of its own.').describe('Made by the sender. What comes again under the same id is not counted again.'),
    user: UserName,
    film: z.int('Name the film by its id.').positive('Name the film by its id.'),
    kind: z.enum(['rating', 'watched', 'dismissed'], 'The kind is rating, watched or dismissed.'),
    stars: Stars.optional().describe('Needed for ratings.'),
    at: z.iso.datetime({ offset: true, error: 'Write the time as 2026-01-31T12:00:00Z.' }).optional().describe('Default now.'),
  })
  .refine(({ kind, stars }) => kind !== 'rating' || stars !== undefined, { path: ['stars'], error: 'A rating needs stars.' });
export type Interaction = z.output<typeof Interaction>;

const { $schema: _dialect, ...described } = z.toJSONSchema(Interaction, { io: 'input' });

/** Rows are checked one by one, so that a bad one does not hold up the others; the document still shows their shape. */
export const Batch = z.strictObject({ interactions: z.array(z.unknown().meta(described)).min(1).max(1000) });

export const Outcome = z.object({
  index: z.int().describe('Place in the request, from 0.'),
  id: z.string().optional(),
  status: z.enum(['accepted', 'duplicate', 'refused']),
  reason: z.string().optional().describe('What to mend, when refused. A refused interaction may be sent again under the same id.'),
});
export type Outcome = z.output<typeof Outcome>;

export const BatchAnswer = z.object({ accepted: z.int(), duplicate: z.int(), refused: z.int(), results: z.array(Outcome) });
