import { z } from 'zod';

const perHour = (most: number, what: string) =>
  z.int().min(1).max(100_000).default(most).describe(`How many ${what} one account may write in an hour`);

export const settings = z.object({
  reviews: perHour(20, 'reviews'),
  comments: perHour(60, 'comments'),
  likes: perHour(300, 'likes'),
  shares: perHour(40, 'recommendations to friends'),
  follows: perHour(200, 'follows and requests'),
  reports: perHour(20, 'reports'),
  lists: perHour(60, 'public lists, new or changed,'),
  entries: perHour(1000, 'films and notes on public lists'),
});
export type Limits = z.output<typeof settings>;
