import { contains } from '../math/ascending.ts';
import type { Preferences } from '../math/preferences.ts';
import type { Seen } from './again.ts';
import type { Position, Viewer } from './algorithm.ts';
import type { Catalogue, StoredHistory } from './ports.ts';

/** The viewer as algorithms see it: film ids become positions. */
export function viewerOf(unit: number, history: StoredHistory, preferences: Preferences, catalogue: Catalogue): Viewer {
  const rated = history.films
    .map(({ film, stars }) => ({ at: catalogue.position(film), stars }))
    .filter((entry): entry is { at: Position; stars: number | null } => entry.at !== undefined)
    .sort((a, b) => a.at - b.at);
  const dismissed = history.dismissed
    .map((film) => catalogue.position(film))
    .filter((at) => at !== undefined)
    .sort((a, b) => a - b);
  return {
    unit,
    films: Int32Array.from(rated, ({ at }) => at),
    stars: Float32Array.from(rated, ({ stars }) => stars ?? Number.NaN),
    dismissed: Int32Array.from(dismissed),
    preferences,
  };
}

/** When the viewer saw what. */
export const seenBy = (history: StoredHistory, catalogue: Catalogue, now: Date): Seen[] =>
  history.films.flatMap(({ film, at }) => {
    const position = catalogue.position(film);
    return position === undefined ? [] : [{ film: position, days: (now.getTime() / 1000 - at) / 86_400 }];
  });

/** Says whether a film may stand in a list at all. Hidden, dismissed and (of the unseen) seen films may not. */
export function candidatesFor(viewer: Viewer, { visible }: Catalogue): { unseen: (film: Position) => boolean; all: (film: Position) => boolean } {
  const { films, dismissed } = viewer,
    all = (film: Position): boolean => visible[film] === 1 && !contains(dismissed, film);
  return { all, unseen: (film) => !contains(films, film) && all(film) };
}
