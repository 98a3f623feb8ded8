import type { Count } from './store.ts';

/** A column of a chart, in the units of its drawing: 320 wide, 100 high. */
export interface Column extends Count {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly middle: number;
  /** the name of its value */
  readonly name: string;
  /** the name where it stands below the column: of every few of many */
  readonly label: string;
}
const wide = 320,
  high = 100;
/** The widest column, so that a single year is no wall. */
const widest = 32;
/** Names that fit side by side. */
const mostNames = 12;
const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Columns of counts, the largest as high as the drawing. @param named the name of a value */
export function columnsOf(
  counts: readonly Count[],
  named: (value: number) => string = String,
): { readonly columns: readonly Column[]; readonly most: number } {
  const most = Math.max(1, ...counts.map(({ n }) => n)),
    every = Math.ceil(counts.length / mostNames),
    step = wide / Math.max(1, counts.length),
    width = Math.min(widest, 0.8 * step);
  const columns = counts.map(({ value, n }, index) => {
    const height = rounded((high * n) / most),
      name = named(value);
    return {
      value,
      n,
      name,
      x: rounded((index + 0.5) * step - width / 2),
      y: rounded(high - height),
      width: rounded(width),
      height,
      middle: rounded((index + 0.5) * step),
      label: index % every === 0 ? name : '',
    };
  });
  return { columns, most };
}

/** The counts of years, put together by decade. */
export function decadesOf(years: readonly Count[]): Count[] {
  const decades = new Map<number, number>();
  for (const { value, n } of years) decades.set(value - (value % 10), (decades.get(value - (value % 10)) ?? 0) + n);
  return [...decades].map(([value, n]) => ({ value, n })).filter(({ n }) => n > 0);
}

/** Each count with its share of the largest, in percent, for bars that lie. */
export function barsOf<T extends { readonly n: number }>(counts: readonly T[]): (T & { readonly share: number })[] {
  const most = Math.max(1, ...counts.map(({ n }) => n));
  return counts.map((count) => ({ ...count, share: Math.round((100 * count.n) / most) }));
}
