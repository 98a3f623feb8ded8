import { z } from 'zod';

export const settings = z.object({
  by: z
    .enum(['liking', 'count'])
    .default('liking')
    .describe('Popularity: "liking" weighs how many ratings a film has with how good they are, "count" only counts them'),
  damping: z
    .number()
    .min(0)
    .max(1000)
    .default(10)
    .describe('How many average ratings each film starts with, so that a few high ratings do not make a favourite'),
  halfLife: z.number().min(0.1).max(3650).default(30).describe('Trending: after so many days a rating counts half'),
});

export type Settings = z.output<typeof settings>;
