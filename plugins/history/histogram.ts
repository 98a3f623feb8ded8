import type { Sql } from '../../core/database/sql.ts';

/** One bar of the drawing, in its units. */
export interface Bar {
  readonly stars: number;
  readonly ratings: number;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly own: boolean;
}
/** Of the drawing; a bar takes nine tenths of its place. */
const height = 72,
  step = 20;

interface Count {
  readonly stars: number;
  readonly ratings: number;
}

/** How many viewers gave a film each number of stars that somebody gave it. */
export const spreadOf = (sql: Sql, film: number): Promise<Count[]> =>
  sql.rows('select stars, count(*)::integer as ratings from rating where film = $1 group by stars', [film]);

/** The bars of a film, ½ first; undefined when nobody rated it. */
export function histogramOf(rows: readonly Count[], own: number | null): readonly Bar[] | undefined {
  if (rows.length === 0) return undefined;
  const counts = new Map(rows.map(({ stars, ratings }) => [stars, ratings])),
    most = Math.max(...counts.values());
  return Array.from({ length: 10 }, (_, i) => {
    const stars = (i + 1) / 2,
      ratings = counts.get(stars) ?? 0,
      // What is there can be seen, however little it is.
      tall = ratings === 0 ? 0 : Math.max(2, Math.round((height * ratings) / most));
    return { stars, ratings, x: i * step + 1, y: height - tall, height: tall, own: stars === own };
  });
}
