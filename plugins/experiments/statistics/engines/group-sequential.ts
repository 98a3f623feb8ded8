import { normalLower, normalPoint } from '../distributions.ts';
import type { EffectMoments } from '../effect.ts';
import type { Comparison, Side } from './engine.ts';
import { around } from './fixed.ts';
import { bounds } from './recursion.ts';
import { spent, type Spending } from './spending.ts';

/** Looks that are scheduled beforehand share α among them. */
export interface GroupSequential {
  readonly kind: 'group-sequential';
  /** the share of the planned units at each look up to now, rising to 1 at the last (see `information`) */
  readonly looks: readonly number[];
  /** how α is spread over the looks; `power` where nothing is named */
  readonly spending?: Spending;
  /** relative effects by Fieller's interval */
  readonly careful?: true;
}

/**
 * The z of each look beyond which the test stops. Two-sided bounds spend half of α on each side.
 * @throws RangeError unless looks rise within (0, 1]
 */
export function groupBounds({ looks, spending = 'power' }: GroupSequential, alpha: number, side: Side): readonly number[] {
  if (looks.length === 0 || looks.some((t, i) => !(t > (looks[i - 1] ?? 0) && t <= 1)))
    throw new RangeError(`the looks of a group sequential test must rise within (0, 1], not ${looks.join(', ')}`);
  const key = [spending, alpha, side === 'both', ...looks].join(' ');
  const known = kept.get(key);
  if (known) return known;
  const each = side === 'both' ? alpha / 2 : alpha;
  const total = looks.map((t) => spent(spending, t, each));
  return keep(
    key,
    bounds(
      looks,
      total.map((sum, i) => sum - (total[i - 1] ?? 0)),
      side === 'both',
    ),
  );
}

/** Bounds depend on the design alone and are asked for with every metric and arm. */
const kept = new Map<string, readonly number[]>();
const MOST_KEPT = 2_000;
function keep(key: string, value: readonly number[]): readonly number[] {
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, value);
  return value;
}

/** The interval of the last of the looks (Jennison and Turnbull's repeated confidence interval), holding over all scheduled looks. */
export function groupSequential(moments: EffectMoments, alpha: number, side: Side, engine: GroupSequential): Comparison {
  const { effect, standardError, degreesOfFreedom } = moments;
  const half = groupBounds(engine, alpha, side).at(-1)! * standardError;
  const z = effect / standardError;
  const pValue = repeatedP(side === 'both' ? Math.abs(z) : side === 'greater' ? z : -z, alpha, side, engine);
  return { effect, standardError, degreesOfFreedom, interval: around(effect, half, side), pValue };
}

/** α at which the bounds are known, as z of one look, so that p can be read between them; α itself is one of them. */
const GRID = [0.1, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6, 7];

/** Repeated p-value: the smallest α whose bound is crossed at this look. The bound is nearly linear in the z of α, and is read between grid points. */
function repeatedP(z: number, alpha: number, side: Side, engine: GroupSequential): number {
  const sides = side === 'both' ? 2 : 1;
  const grid = [...GRID, -normalPoint(alpha / sides)].sort((a, b) => a - b);
  const bound = (point: number): number => groupBounds(engine, sides * normalLower(-point), side).at(-1)!;
  if (z <= bound(grid[0]!)) return 1;
  let next = grid.findIndex((point) => bound(point) > z);
  if (next < 0) next = grid.length - 1;
  const [a, b] = [grid[next - 1]!, grid[next]!];
  const point = a + ((b - a) * (z - bound(a))) / (bound(b) - bound(a));
  return sides * normalLower(-point);
}
