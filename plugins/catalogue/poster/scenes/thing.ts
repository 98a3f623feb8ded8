import { between, box, circle, d, faint, figure, line, path, pick, rect, ridge, times, turn } from '../draw.ts';
import type { Scene } from './scene.ts';

export const eye: Scene = ({ ink, random, h }) => {
  const [y, look] = [h / 2, between(random, -36, 36)];
  const lid = (lift: number): string => d`M 40 ${y} Q 300 ${y - lift} 560 ${y} Q 300 ${y + lift} 40 ${y} Z`;
  return (
    times(5, (i) => line(d`M ${60 - i * 30} ${y - 60 - i * 34} Q 300 ${y - 300 - i * 40} ${540 + i * 30} ${y - 60 - i * 34}`, ink.second, 10)) +
    path(lid(290), ink.accent) +
    circle(300 + look, y, 132, ink.main) +
    circle(300 + look, y, 66, ink.land) +
    circle(326 + look, y - 30, 18, ink.accent) +
    line(lid(290), ink.land, 12)
  );
};

export const keyhole: Scene = ({ ink, random, h }) => {
  const y = h * 0.36;
  const hole = d`M 264 ${y + 90} A 118 118 0 1 1 336 ${y + 90} L 392 ${h * 0.86} H 208 Z`;
  return (
    path(hole, ink.accent) +
    path(d`M 226 ${h * 0.72} L 208 ${h * 0.86} H 392 L 374 ${h * 0.72} Z`, ink.main) +
    figure(300 + between(random, -30, 30), h * 0.8, h * 0.34, ink.land) +
    line(hole, ink.second, 16) +
    times(4, (i) => circle(i % 2 ? 480 : 120, i < 2 ? 90 : h - 90, 14, ink.second))
  );
};

/** Cuts through the paper, deepest in the middle. */
export const claws: Scene = ({ ink, random, h }) => {
  const lean = pick(random, [-70, 70]);
  return (
    rect(0, 0, 600, h, ink.main) +
    times(4, (i) => {
      const [x, top, bottom] = [
        150 + i * 100,
        h * between(random, 0.02, 0.12) + Math.abs(i - 1.5) * 34,
        h * between(random, 0.9, 0.98) - Math.abs(i - 1.5) * 46,
      ];
      const [from, to, y] = [x + lean, x - lean, (top + bottom) / 2];
      return (
        path(d`M ${from} ${top} Q ${x + 34} ${y} ${to} ${bottom} Q ${x - 20} ${y} ${from} ${top} Z`, ink.land) +
        path(d`M ${from} ${top} Q ${x + 34} ${y} ${to} ${bottom} Q ${x + 20} ${y} ${from} ${top} Z`, ink.accent)
      );
    })
  );
};

export const castle: Scene = ({ ink, random, h }) => {
  const [x, y] = [300 + between(random, -60, 60), h * 0.78];
  const tower = (at: number, width: number, tall: number): string =>
    d`M ${at - width / 2} ${y} v ${-tall} l -8 0 l ${width / 2 + 8} ${-width * 1.3} l ${width / 2 + 8} ${width * 1.3} l -8 0 v ${tall} z`;
  return (
    circle(x + pick(random, [-90, 90]), h * 0.34, 140, ink.main) +
    ridge(random, h * 0.66, 26, h, ink.second) +
    path(
      tower(x - 90, 54, 120) +
        tower(x, 74, 220) +
        tower(x + 86, 50, 160) +
        tower(x + 44, 44, 90) +
        tower(x - 44, 40, 150) +
        box(x - 110, y - 70, 220, 80),
      ink.land,
    ) +
    path(box(x - 6, y - 190, 12, 26) + box(x - 6, y - 130, 12, 26) + box(x + 80, y - 130, 12, 24) + box(x - 96, y - 90, 12, 22), ink.accent) +
    path(d`M 0 ${h} V ${h * 0.9} Q ${x} ${h * 0.6} 600 ${h * 0.9} V ${h} Z`, ink.land)
  );
};

/** Columns of a temple. */
export const columns: Scene = ({ ink, random, h }) => {
  const top = h * 0.34;
  return (
    circle(between(random, 200, 400), h * 0.3, 150, ink.main) +
    path(d`M 60 ${top} L 300 ${top - 110} L 540 ${top} Z`, ink.land) +
    rect(60, top + 6, 480, 26, ink.land) +
    times(
      5,
      (i) =>
        rect(84 + i * 96, top + 40, 48, h * 0.46, i % 2 ? ink.second : ink.accent) + rect(84 + i * 96, top + 40, 16, h * 0.46, ink.land, faint(0.25)),
    ) +
    rect(40, h * 0.82, 520, 24, ink.land) +
    rect(0, h * 0.86, 600, h, ink.land)
  );
};

/** Searchlights over a dark town. */
export const searchlights: Scene = ({ ink, random, h }) =>
  times(4, (i) => {
    const [x, to] = [90 + i * 140, between(random, 40, 560)];
    return path(d`M ${x - 6} ${h * 0.84} L ${to - 60} -10 H ${to + 60} L ${x + 6} ${h * 0.84} Z`, i % 2 ? ink.accent : ink.second, faint(0.7));
  }) +
  times(3, (i) =>
    path(d`M ${200 + i * 90} ${h * (0.24 + (i % 2) * 0.07)} l 34 10 l 34 -10 l -34 26 z`, ink.main, turn(-12, 200 + i * 90, h * 0.24)),
  ) +
  path(d`M 0 ${h * 0.86} ${times(12, (i) => d`L ${i * 52} ${h * between(random, 0.74, 0.82)} h 50`)} V ${h} H 0 Z`, ink.land);
