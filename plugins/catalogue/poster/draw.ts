import { seeded } from '../../../math/random.ts';
import type { Random } from '../../../math/random.ts';

/** The few SVG shapes that every scene is made of. Lengths are in poster units (600 wide), rounded to keep files small. */

/** Random numbers that only depend on the text (its FNV-1a hash is the seed): the same film always gets the same poster. */
export function randomFrom(text: string): Random {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  return seeded(hash >>> 0);
}

export const between = (random: Random, low: number, high: number): number => low + random() * (high - low);
export const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
export const times = (count: number, each: (index: number) => string): string => Array.from({ length: count }, (_, index) => each(index)).join('');

const round = (value: number): number => Math.round(value);

type Data = number | string | readonly Data[];
const show = (value: Data): string => (typeof value === 'number' ? `${round(value)}` : typeof value === 'string' ? value : value.map(show).join(' '));

/** Path data from a template: numbers are rounded, lists of points joined. */
export const d = (text: TemplateStringsArray, ...values: readonly Data[]): string =>
  text
    .map((part, i) => part + show(values[i] ?? ''))
    .join('')
    .replace(/ ?([A-Za-z]) ?/g, '$1');

export const path = (data: string, fill: string, more = ''): string => `<path d="${data}" fill="${fill}"${more}/>`;
export const line = (data: string, stroke: string, width: number, more = ''): string =>
  `<path d="${data}" fill="none" stroke="${stroke}" stroke-width="${round(width)}"${more}/>`;
export const circle = (x: number, y: number, r: number, fill: string, more = ''): string =>
  `<circle cx="${round(x)}" cy="${round(y)}" r="${round(r)}" fill="${fill}"${more}/>`;
export const ring = (x: number, y: number, r: number, stroke: string, width: number, more = ''): string =>
  circle(x, y, r, 'none', ` stroke="${stroke}" stroke-width="${round(width)}"${more}`);
export const rect = (x: number, y: number, width: number, height: number, fill: string, more = ''): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${fill}"${more}/>`;
export const turn = (degrees: number, x: number, y: number): string => ` transform="rotate(${round(degrees)} ${round(x)} ${round(y)})"`;
export const faint = (opacity: number): string => ` opacity="${opacity}"`;

/** The outline of a whole circle, for paths with holes. */
export const disc = (x: number, y: number, r: number): string => d`M ${x - r} ${y} a ${r} ${r} 0 1 0 ${2 * r} 0 a ${r} ${r} 0 1 0 ${-2 * r} 0 z`;
export const box = (x: number, y: number, width: number, height: number): string => d`M ${x} ${y} h ${width} v ${height} h ${-width} z`;

/** A standing person in a coat, feet at (x, y). */
export const figure = (x: number, y: number, height: number, fill: string): string =>
  circle(x, y - 0.9 * height, 0.085 * height, fill) +
  path(
    d`M ${x - 0.15 * height} ${y} L ${x - 0.12 * height} ${y - 0.68 * height} Q ${x} ${y - 0.9 * height} ${x + 0.12 * height} ${y - 0.68 * height} L ${x + 0.15 * height} ${y} H ${x + 0.03 * height} L ${x} ${y - 0.36 * height} L ${x - 0.03 * height} ${y} Z`,
    fill,
  );

/** Points on a circle, from the top clockwise. */
export const polar = (x: number, y: number, r: number, turns: number): [number, number] => [
  x + r * Math.sin(2 * Math.PI * turns),
  y - r * Math.cos(2 * Math.PI * turns),
];

/** Ground whose upper edge rolls around `y`, filled down to `bottom`. */
export function ridge(random: Random, y: number, swing: number, bottom: number, fill: string): string {
  const heights = Array.from({ length: 4 }, () => y + between(random, -swing, swing));
  return path(d`M 0 ${heights[0]!} C 110 ${heights[1]!} 190 ${heights[2]!} 310 ${y} S 500 ${heights[3]!} 600 ${heights[2]!} V ${bottom} H 0 Z`, fill);
}
