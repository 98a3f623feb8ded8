import { between, box, circle, d, faint, figure, line, path, pick, polar, rect, ridge, times } from '../draw.ts';
import type { Scene } from './scene.ts';

/** A lamp over rocks and sea, its beam to one side. */
export const lighthouse: Scene = ({ ink, random, h }) => {
  const [x, y, way] = [pick(random, [170, 430]), h * 0.3, random() < 0.5 ? -70 : 30];
  const side = x < 300 ? 1 : -1;
  return (
    path(
      d`M ${x} ${y} L ${x + side * 620} ${y + way - 70} v 180 Z M ${x} ${y} L ${x - side * 620} ${y - way - 60} v 150 Z`,
      ink.accent,
      faint(0.75),
    ) +
    path(d`M 0 ${h * 0.72} H 600 V ${h} H 0 Z`, ink.second) +
    path(d`M ${x - 60} ${h * 0.8} L ${x - 36} ${y + 34} h 72 L ${x + 60} ${h * 0.8} Z`, ink.main) +
    path(
      d`M ${x - 52} ${h * 0.66} L ${x - 46} ${h * 0.56} H ${x + 46} L ${x + 52} ${h * 0.66} Z M ${x - 41} ${h * 0.46} L ${x - 37} ${h * 0.39} H ${x + 37} L ${x + 41} ${h * 0.46} Z`,
      ink.land,
    ) +
    path(box(x - 52, y + 24, 104, 12) + d`M ${x - 34} ${y - 28} L ${x} ${y - 64} L ${x + 34} ${y - 28} Z`, ink.land) +
    rect(x - 26, y - 28, 52, 52, ink.accent) +
    ridge(random, h * 0.8, 18, h, ink.land)
  );
};

/** Umbrellas seen from above, one of another colour. */
export const umbrella: Scene = ({ ink, random, h }) => {
  const odd = Math.floor(random() * 6);
  return times(6, (i) => {
    const [x, y, r, at] = [150 + (i % 2) * 300, h * (1 / 6 + Math.floor(i / 2) / 3), Math.min(132, h * 0.165), random() / 8];
    const [fill, shade] = i === odd ? [ink.main, ink.accent] : [ink.second, ink.land];
    const points = Array.from({ length: 8 }, (_, k) => polar(x, y, r, at + k / 8));
    const rim = points.flatMap(([px, py], k) => ['Q', ...polar(x, y, r * 0.84, at + (k - 0.5) / 8), px, py]);
    return (
      path(d`M ${points[7]!} ${rim} Z`, fill) +
      line(d`${points.slice(0, 4).flatMap(([px, py], k) => ['M', px, py, 'L', ...points[k + 4]!])}`, shade, 4) +
      circle(x, y, 9, shade)
    );
  });
};

/** A clock without figures, shortly before or after. */
export const clock: Scene = ({ ink, random, h }) => {
  const [y, hour] = [h / 2, random()];
  const hand = (turns: number, r: number, width: number, fill: string): string => {
    const [[a, b], [c, e]] = [polar(300, y, r, turns), polar(300, y, -40, turns)];
    return line(d`M ${c} ${e} L ${a} ${b}`, fill, width);
  };
  const [fx, fy] = polar(300, y, 232, hour);
  const [tx, ty] = polar(300, y, 232, hour + 0.3);
  return (
    circle(300, y, 258, ink.second) +
    circle(300, y, 232, ink.accent) +
    path(d`M 300 ${y} L ${fx} ${fy} A 232 232 0 0 1 ${tx} ${ty} Z`, ink.main) +
    times(12, (i) => {
      const [[a, b], [c, e]] = [polar(300, y, 214, i / 12), polar(300, y, i % 3 ? 194 : 172, i / 12)];
      return line(d`M ${a} ${b} L ${c} ${e}`, ink.land, i % 3 ? 6 : 12);
    }) +
    hand(hour, 130, 18, ink.land) +
    hand(hour + 0.3, 196, 10, ink.land) +
    circle(300, y, 20, ink.land)
  );
};

/** One tree on a rise, its crown of leaves in the colours of the palette. */
export const tree: Scene = ({ ink, random, h }) => {
  const [x, y] = [300 + between(random, -60, 60), h * 0.38];
  const fills = [ink.second, ink.main, ink.accent];
  return (
    line(
      d`M ${x} ${h * 0.86} V ${y} M ${x} ${h * 0.62} l 70 -90 M ${x} ${h * 0.56} l -80 -80 M ${x} ${h * 0.48} l 50 -80`,
      ink.land,
      17,
      ' stroke-linecap="round"',
    ) +
    times(44, (i) => {
      const [lx, ly] = polar(x, y, 205 * Math.sqrt((i + 0.5) / 44), i * 0.382);
      return circle(lx, ly, between(random, 17, 34), fills[Math.floor(random() * 3)]!);
    }) +
    ridge(random, h * 0.84, 16, h, ink.land) +
    (random() < 0.6 ? figure(x + pick(random, [-130, 120]), h * 0.86, 84, ink.land) : '')
  );
};

/** A suspension bridge into the haze. */
export const bridge: Scene = ({ ink, random, h }) => {
  const [deck, top, x] = [h * 0.72, h * 0.26, between(random, 130, 220)];
  const far = x + 300;
  const sag = (t: number): number => deck - 40 - (deck - 40 - top) * (2 * t - 1) ** 2;
  return (
    circle(between(random, 200, 420), h * 0.36, 120, ink.accent) +
    path(d`M 0 ${h * 0.78} H 600 V ${h} H 0 Z`, ink.second) +
    line(
      times(14, (i) => d`M ${x + (i * 300) / 14} ${deck} V ${sag(i / 14)}`),
      ink.main,
      3,
    ) +
    line(
      d`M ${x - 300} ${deck} Q ${x - 90} ${deck - 60} ${x} ${top} Q ${x + 150} ${deck * 2 - 80 - top} ${far} ${top} Q ${far + 90} ${deck - 60} ${far + 300} ${deck}`,
      ink.main,
      7,
    ) +
    path(
      [x, far]
        .map(
          (at) =>
            box(at - 22, top - 24, 13, h - top) +
            box(at + 9, top - 24, 13, h - top) +
            box(at - 12, top + 20, 24, 12) +
            box(at - 12, top + 110, 24, 12),
        )
        .join(''),
      ink.main,
    ) +
    rect(0, deck, 600, 20, ink.land) +
    path(d`M 0 ${h * 0.9} Q 300 ${h * 0.84} 600 ${h * 0.92} V ${h} H 0 Z`, ink.land)
  );
};

/** Three arches in a long wall, someone walking by. */
export const arcade: Scene = ({ ink, random, h }) => {
  const at = Math.floor(random() * 3);
  const opening = (x: number, inset: number): string =>
    d`M ${x + inset} ${h * 0.86} V ${h * 0.4 + inset} a ${75 - inset} ${75 - inset} 0 0 1 ${150 - 2 * inset} 0 V ${h * 0.86} Z`;
  return (
    circle(pick(random, [120, 480]), h * 0.14, 56, ink.main) +
    rect(0, h * 0.23, 600, h, ink.second) +
    rect(0, h * 0.21, 600, 24, ink.land) +
    path(
      times(3, (i) => opening(30 + i * 195, 0)),
      ink.land,
    ) +
    path(
      times(3, (i) => opening(50 + i * 195, 8)),
      ink.accent,
    ) +
    path(d`M ${50 + at * 195 + 8} ${h * 0.86} h 134 l 80 ${h * 0.14} h -160 z`, ink.main) +
    rect(0, h * 0.86, 600, h, ink.land) +
    figure(118 + at * 195, h * 0.9, h * 0.27, ink.land)
  );
};

/** A balloon with its basket over far hills. */
export const airship: Scene = ({ ink, random, h }) => {
  const [x, y, r] = [300 + between(random, -70, 70), h * 0.34, 150];
  const gore = (half: number, fill: string): string =>
    path(
      d`M ${x} ${y - r} C ${x - half * 1.3} ${y - r} ${x - half * 1.3} ${y + r * 0.4} ${x - half * 0.22} ${y + r * 1.15} H ${x + half * 0.22} C ${x + half * 1.3} ${y + r * 0.4} ${x + half * 1.3} ${y - r} ${x} ${y - r} Z`,
      fill,
    );
  return (
    times(3, (i) =>
      path(
        d`M ${between(random, -40, 460)} ${h * (0.16 + i * 0.18)} a 26 26 0 0 1 40 -16 a 34 34 0 0 1 62 4 a 20 20 0 0 1 30 12 z`,
        '#fff',
        faint(0.55),
      ),
    ) +
    line(d`M ${x - 30} ${y + r * 1.15} l 10 60 M ${x + 30} ${y + r * 1.15} l -10 60`, ink.land, 3) +
    gore(r, ink.main) +
    gore(r * 0.7, ink.accent) +
    gore(r * 0.34, ink.main) +
    rect(x - 24, y + r * 1.15 + 52, 48, 38, ink.land) +
    ridge(random, h * 0.74, 24, h, ink.second) +
    ridge(random, h * 0.86, 22, h, ink.land)
  );
};
