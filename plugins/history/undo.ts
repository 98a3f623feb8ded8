import type { Request, Response } from 'express';
import type { HistoryService, Mark } from './api.ts';

/** What was done last, so that the next page can offer to take it back. */
export interface Done {
  readonly kind: 'rating' | 'rating/delete' | 'watched' | 'dismiss';
  readonly film: number;
  /** stars before; null = none */
  readonly before: number | null;
}
const cookieName = 'undo';
/** Milliseconds. After that somebody has seen that it was right. */
const offeredFor = 30_000;
const shape = /(?:^|;\s*)undo=(rating|rating%2Fdelete|watched|dismiss)\.([1-9]\d{0,9})\.([0-5](?:\.5)?)(?:;|$)/;

/** The browser keeps it, not the database: it is worth nothing half a minute later. */
export const offerUndo = (response: Response, { kind, film, before }: Done, secure: boolean): void =>
  void response.cookie(cookieName, `${kind}.${film}.${before ?? 0}`, { httpOnly: true, sameSite: 'lax', secure, maxAge: offeredFor, path: '/' });

export function doneLast({ headers }: Pick<Request, 'headers'>): Done | undefined {
  const [, kind, film, before] = shape.exec(headers.cookie ?? '') ?? [];
  if (kind === undefined) return undefined;
  return { kind: decodeURIComponent(kind) as Done['kind'], film: Number(film), before: Number(before) || null };
}

/** What a notice offers: the form that takes it back; undefined when that has been done already. */
export async function undoOf(history: HistoryService, unit: number, { kind, film, before }: Done) {
  const { stars = null, watched = false, dismissed = false }: Partial<Mark> = (await history.of(unit, [film])).get(film) ?? {};
  switch (kind) {
    case 'rating':
      return stars === null || stars === before ? undefined : { rated: stars, action: before === null ? 'rating/delete' : 'rating', stars: before };
    case 'rating/delete':
      return stars === null && before !== null ? { unrated: true, action: 'rating', stars: before } : undefined;
    case 'watched':
      return watched ? { watched, action: 'watched/delete' } : undefined;
    case 'dismiss':
      return dismissed ? { dismissed, action: 'dismiss/delete' } : undefined;
  }
}
