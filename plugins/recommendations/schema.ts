import { z } from 'zod';

/** Where the list will stand, so that its clicks can be told from those of other places. */
const Surface = z
  .string()
  .regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/, 'Use lower-case letters, digits, dots and hyphens: "mail.weekly".')
  .max(40);

export const Query = z.object({
  size: z.coerce.number().int().min(1).max(100).default(20).describe('How many films'),
  offset: z.coerce.number().int().min(0).max(1000).default(0).describe('How many of the best films to skip, for paging'),
  surface: Surface.default('for-you').describe('Where you show the list; figures name it "api." and this'),
});

const Film = z.object({
  position: z.int().describe('Place in this list, from 0: report clicks with it'),
  id: z.int(),
  title: z.string(),
  year: z.int().nullable(),
  score: z.number().describe('What the list is ordered by before it is made diverse; to be compared within one list only'),
  reason: z
    .object({ text: z.string(), film: z.int().nullable().describe("Id of the film of the viewer's that the reason names") })
    .nullable()
    .describe('Null when no algorithm can say why'),
  algorithms: z
    .array(z.object({ id: z.string(), share: z.number() }))
    .describe('How much of the score came from each algorithm, the largest share first; the shares add up to 1'),
});

export const Answer = z.object({
  list: z.uuid().describe('Report clicks to /lists/{id}/clicks'),
  blend: z.object({ name: z.string(), version: z.int() }).describe('The blend that made the list; an experiment may have chosen it'),
  films: z.array(Film),
});
export type ListedFilm = z.output<typeof Film>;
