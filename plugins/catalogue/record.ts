import type { ServedList } from '../../recommend/served.ts';
import { Tracking } from '../tracking/api.ts';
import type { Parts } from './parts.ts';

/** Stores what is about to be shown, so that clicks can be counted when they come. */
export async function record({ find }: Parts, lists: readonly ServedList[]): Promise<void> {
  const shown = lists.filter(({ films }) => films.length > 0);
  if (shown.length > 0) await find(Tracking)?.record(shown);
}
