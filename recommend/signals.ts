import type { Sql } from '../core/database/sql.ts';
import { foldPreferences, starPreferences, usualScale, type Preferences, type StarScale } from '../math/preferences.ts';
import type { Catalogue, HistoryReader, StoredHistory } from './ports.ts';

/** A kind of event that says something about taste. Plain data: it is handed to the training thread as it is. */
export interface Signal {
  /** "watched" */
  readonly kind: string;
  /** for operators: "Watched without rating" */
  readonly title: string;
  /** what one event counts, where a rating at the viewer's mean counts 1; below 0 it speaks against the film, 0 leaves it out */
  readonly weight: number;
  /** a SELECT of the columns unit and film; the core adds conditions to it */
  readonly rows: string;
}

/** What a plugin contributes: events, and (the plugin that owns ratings) what stars count. */
export interface SignalPart {
  readonly stars?: StarScale;
  readonly events?: readonly Signal[];
}

/** Everything that preferences are made of. */
export interface Signals {
  readonly stars: StarScale;
  /** the weakest first: of several events on one film the last one counts */
  readonly events: readonly Signal[];
}

/**
 * One rule for requests and training: stars count alone where there are some, otherwise an event against the film,
 * otherwise the strongest event for it.
 */
export function gatherSignals(parts: Iterable<SignalPart>): Signals {
  const all = [...parts];
  const events = all.flatMap((part) => part.events ?? []).filter(({ weight }) => weight !== 0);
  const rank = ({ weight }: Signal): number => (weight > 0 ? weight : Number.MAX_SAFE_INTEGER - weight);
  return { stars: all.find((part) => part.stars)?.stars ?? usualScale, events: events.sort((a, b) => rank(a) - rank(b)) };
}

/** A unit's films by kind of event, in the order of `events`: one statement for all kinds. */
export async function readEvents(sql: Sql, { events }: Signals, unit: number): Promise<readonly (readonly number[])[]> {
  if (events.length === 0) return [];
  const lists = events.map(({ rows }, i) => `(select coalesce(json_agg(distinct film), '[]') from (${rows}) s where s.unit = $1) as k${i}`);
  const row = (await sql.one<Record<string, number[]>>(`select ${lists.join(', ')}`, [unit]))!;
  return events.map((_, i) => row[`k${i}`]!);
}

/** A unit's history, and its films by kind of event in the order of `events`, which `read` gives as far as the history does not hold them. */
export async function historyWithEvents(
  histories: HistoryReader,
  signals: Signals,
  unit: number,
  read: (signals: Signals, unit: number) => ReturnType<typeof readEvents>,
): Promise<[history: StoredHistory, events: readonly (readonly number[])[]]> {
  const held = histories.held ?? {},
    missing = signals.events.filter(({ kind }) => !(kind in held));
  const [history, found] = await Promise.all([histories.of(unit), read({ ...signals, events: missing }, unit)]);
  const films = new Map(missing.map(({ kind }, i) => [kind, found[i] ?? []]));
  return [history, signals.events.map(({ kind }) => held[kind]?.(history) ?? films.get(kind)!)];
}

/** The viewer's preferences; events of films that are not in the catalogue yet are passed over. */
export function preferencesOf(
  history: StoredHistory,
  events: readonly (readonly number[])[],
  { stars: scale, events: kinds }: Signals,
  catalogue: Catalogue,
): Preferences {
  const known = (ids: readonly number[]): number[] => ids.map((id) => catalogue.position(id)).filter((film) => film !== undefined);
  const rated = history.films.filter(({ film, stars }) => stars !== null && catalogue.position(film) !== undefined);
  return foldPreferences([
    ...kinds.map(({ weight }, i) => {
      const films = Int32Array.from(known(events[i] ?? []));
      return { films, weight: new Float32Array(films.length).fill(weight) };
    }),
    {
      films: Int32Array.from(rated, ({ film }) => catalogue.position(film)!),
      weight: starPreferences(
        Float32Array.from(rated, ({ stars }) => stars!),
        scale,
      ),
    },
  ]);
}
