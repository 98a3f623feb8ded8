import { z } from 'zod';
import { event } from '../../core/plugin.ts';

const id = z.int().positive();
/** A film was put on a watchlist that it was not on. */
export const WatchlistAdded = event('watchlist.added', z.object({ unit: id, account: id, film: id, at: z.date() }));
