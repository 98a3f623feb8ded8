import type { Request } from 'express';
import type { ServedCard } from '../api.ts';
import { browsedList, cardsOf } from '../lists.ts';
import type { Parts } from '../parts.ts';
import { record } from '../record.ts';

/** How many films a page of a grid shows: full lines for 2, 3, 4, 6 and 7 columns or nearly so. */
export const gridSize = 42;

/** Cards of films that the viewer asked for, recorded as shown. */
export async function browsedCards(parts: Parts, request: Request, surface: string, ids: readonly number[]): Promise<ServedCard[]> {
  const films = parts.index.visible(ids);
  const list = browsedList({ unit: await request.unit(), at: request.clock, surface, films }, parts.index);
  await record(parts, [list]);
  return cardsOf(list, parts.index);
}
