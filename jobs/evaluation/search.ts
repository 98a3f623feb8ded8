import { shuffle, type Random } from '../../math/random.ts';

/** Names of settings with the values to try. */
export type Space = ReadonlyMap<string, readonly string[]>;
export type Point = Readonly<Record<string, string>>;

/** Every combination, the last name changing fastest; at most `trials` of them, seeded (Bergstra & Bengio 2012), where there are more. */
export function pointsOf(space: Space, trials: number, random: Random): Point[] {
  let points: Point[] = [{}];
  for (const [name, values] of space) points = points.flatMap((point) => values.map((value) => ({ ...point, [name]: value })));
  return points.length > trials ? shuffle(points, random).slice(0, trials) : points;
}
