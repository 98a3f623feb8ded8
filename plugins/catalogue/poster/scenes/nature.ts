import { between, circle, d, faint, figure, line, path, pick, ridge, times } from '../draw.ts';
import type { Random } from '../../../../math/random.ts';
import type { Scene } from './scene.ts';

const birds = (random: Random, count: number, y: number, ink: string): string =>
  times(count, () => {
    const size = between(random, 9, 20);
    return line(
      d`M ${between(random, 70, 500)} ${y + between(random, -60, 60)} q ${size / 2} ${-size * 0.7} ${size} 0 q ${size / 2} ${-size * 0.7} ${size} 0`,
      ink,
      4,
    );
  });

export const hills: Scene = ({ ink, random, h }) =>
  circle(between(random, 150, 450), h * 0.4, between(random, 90, 150), ink.main) +
  birds(random, 4, h * 0.22, ink.land) +
  ridge(random, h * 0.56, 36, h, ink.accent) +
  ridge(random, h * 0.66, 30, h, ink.second) +
  ridge(random, h * 0.8, 30, h, ink.land);

export const mesa: Scene = ({ ink, random, h }) => {
  const butte = (x: number, y: number, width: number, fill: string): string =>
    path(
      d`M ${x} ${h} L ${x + width * 0.12} ${y + 60} L ${x + width * 0.2} ${y} H ${x + width * 0.8} L ${x + width * 0.88} ${y + 60} L ${x + width} ${h} Z`,
      fill,
    );
  const [x, y] = [pick(random, [110, 440]), h * 0.84];
  return (
    circle(between(random, 220, 380), h * 0.42, 150, ink.accent) +
    butte(between(random, -120, 0), h * 0.5, 320, ink.second) +
    butte(between(random, 290, 380), h * 0.42, 300, ink.main) +
    ridge(random, h * 0.83, 14, h, ink.land) +
    line(
      d`M ${x} ${y} v -130 M ${x} ${y - 50} h -34 v -44 M ${x} ${y - 34} h 32 v -54`,
      ink.land,
      16,
      ' stroke-linecap="round" stroke-linejoin="round"',
    )
  );
};

export const waves: Scene = ({ ink, random, h }) => {
  const fills = [ink.second, ink.accent, ink.main, ink.second, ink.land];
  const swell = (y: number, fill: string): string => {
    const [start, height] = [-between(random, 0, 200), between(random, 18, 34)];
    return path(d`M ${start} ${y} ${times(9, (i) => d`q 50 ${i % 2 ? height : -height} 100 0`)} V ${h} H ${start} Z`, fill);
  };
  return circle(between(random, 180, 420), h * 0.36, between(random, 100, 150), ink.main) + times(5, (i) => swell(h * (0.46 + i * 0.095), fills[i]!));
};

export const peaks: Scene = ({ ink, random, h }) => {
  const peak = (x: number, y: number, width: number, fill: string): string =>
    path(d`M ${x - width} ${h} L ${x} ${y} L ${x + width} ${h} Z`, fill) +
    path(
      d`M ${x} ${y} l ${width * 0.2} ${(h - y) * 0.2} l ${-width * 0.1} -14 l ${-width * 0.1} 30 l ${-width * 0.1} -30 l ${-width * 0.1} 14 Z`,
      ink.accent,
    );
  return (
    circle(between(random, 120, 480), h * 0.24, 66, ink.main) +
    peak(between(random, 90, 190), h * 0.4, 310, ink.second) +
    peak(between(random, 400, 500), h * 0.3, 330, ink.second) +
    peak(between(random, 250, 330), h * 0.48, 250, ink.main) +
    ridge(random, h * 0.85, 22, h, ink.land)
  );
};

/** Bare branches before the moon. */
export const branches: Scene = ({ ink, random, h }) => {
  const strokes = ['', '', '', '', '', ''];
  const grow = (x: number, y: number, angle: number, length: number, depth: number): void => {
    const [tx, ty] = [x + Math.sin(angle) * length, y - Math.cos(angle) * length];
    strokes[depth] += d`M ${x} ${y} L ${tx} ${ty}`;
    if (depth === 5) return;
    grow(tx, ty, angle - between(random, 0.2, 0.65), length * between(random, 0.66, 0.85), depth + 1);
    grow(tx, ty, angle + between(random, 0.2, 0.65), length * between(random, 0.66, 0.85), depth + 1);
  };
  grow(between(random, 220, 380), h * 0.92, between(random, -0.15, 0.15), h * 0.25, 0);
  return (
    circle(between(random, 220, 380), h * 0.38, 190, ink.main) +
    strokes.map((stroke, i) => line(stroke, ink.land, 30 / (1 + i * 0.9), ' stroke-linecap="round"')).join('') +
    ridge(random, h * 0.88, 10, h, ink.land)
  );
};

/** Rows of firs, the nearest darkest. */
export const firs: Scene = ({ ink, random, h }) => {
  const fir = (y: number, size: number, i: number): string => {
    const [x, tall] = [i * size - 30 + between(random, -14, 14), size * between(random, 1.7, 3.2)];
    return d`M ${x} ${y} l ${size * 0.55} ${-tall} l ${size * 0.55} ${tall} z`;
  };
  const row = (y: number, size: number, fill: string): string =>
    path(times(Math.ceil(640 / size), (i) => fir(y, size, i)) + d`M 0 ${y - size * 0.7} H 600 V ${h} H 0 Z`, fill);
  return (
    circle(between(random, 160, 440), h * 0.33, between(random, 80, 130), ink.accent) +
    row(h * 0.7, 62, ink.second) +
    row(h * 0.82, 84, ink.main) +
    row(h * 0.95, 112, ink.land)
  );
};

/** Someone alone on a wide plain. */
export const plain: Scene = ({ ink, random, h }) => {
  const x = between(random, 130, 470);
  return (
    circle(600 - x, h * 0.34, between(random, 60, 120), ink.main) +
    path(d`M 0 ${h * 0.68} H 600 V ${h} H 0 Z`, ink.second) +
    times(4, (i) => line(d`M 0 ${h * 0.71 + i * i * 7} H 600`, ink.accent, 2 + i, faint(0.5))) +
    path(d`M 0 ${h * 0.87} Q 300 ${h * 0.83} 600 ${h * 0.88} V ${h} H 0 Z`, ink.land) +
    figure(x, h * 0.86, h * 0.24, ink.land)
  );
};

/** Poppies on a slope. */
export const poppies: Scene = ({ ink, random, h }) =>
  circle(between(random, 150, 450), h * 0.28, 80, ink.accent) +
  ridge(random, h * 0.5, 26, h, ink.second) +
  times(16, (i) => {
    const [x, size] = [between(random, 10, 590), 8 + i * 2];
    const y = h * 0.5 + i * h * 0.021 + 24;
    return (
      line(d`M ${x} ${y} q ${size * 0.3} ${size * 2} 0 ${size * 4}`, ink.land, 2 + i / 6) +
      circle(x, y, size, ink.main) +
      circle(x, y, size * 0.36, ink.land)
    );
  }) +
  path(d`M 0 ${h * 0.93} Q 300 ${h * 0.87} 600 ${h * 0.93} V ${h} H 0 Z`, ink.land);
