import { between, circle, d, line, path, polar, rect, ring, times, turn } from '../draw.ts';
import type { Scene } from './scene.ts';

export const balloons: Scene = ({ ink, random, h }) => {
  const fills = [ink.main, ink.second, ink.accent, ink.land, ink.second, ink.main, ink.accent];
  const all = fills.map((fill, i) => ({
    fill,
    x: 96 + i * 68,
    y: h * (0.2 + ((i * 2) % 3) * 0.14) + between(random, -18, 18),
    r: between(random, 60, 76),
  }));
  return (
    all.map(({ x, y, r }) => line(d`M ${x} ${y + r} Q ${x * 0.4 + 180} ${h * 0.76} 300 ${h * 1.02}`, ink.land, 3)).join('') +
    all
      .map(
        ({ fill, x, y, r }) =>
          path(
            d`M ${x} ${y + r} C ${x - r * 1.25} ${y + r * 0.3} ${x - r} ${y - r} ${x} ${y - r} S ${x + r * 1.25} ${y + r * 0.3} ${x} ${y + r} l -10 14 h 20 z`,
            fill,
          ) + line(d`M ${x - r * 0.5} ${y - r * 0.1} q 4 ${-r * 0.4} ${r * 0.32} ${-r * 0.5}`, '#fff', 7, ' stroke-linecap="round" opacity=".4"'),
      )
      .join('')
  );
};

/** A boat on its reflection. */
export const boat: Scene = ({ ink, random, h }) => {
  const [x, y] = [300 + between(random, -110, 80), h * 0.62];
  return (
    circle(600 - x, h * 0.34, 110, ink.main) +
    rect(0, y, 600, h, ink.second) +
    times(8, (i) =>
      line(d`M ${600 - x - 90 + between(random, -20, 20) + i * 5} ${y + 18 + i * 24} h ${180 - i * 12}`, ink.main, 7, ' stroke-linecap="round"'),
    ) +
    path(d`M ${x - 8} ${y - 210} V ${y - 20} h -110 z M ${x + 6} ${y - 180} V ${y - 20} h 80 z`, ink.accent) +
    path(d`M ${x - 130} ${y - 8} h 240 l -44 54 h -150 z`, ink.land) +
    path(d`M 0 ${h * 0.92} q 75 -22 150 0 t 150 0 t 150 0 t 150 0 V ${h} H 0 Z`, ink.land)
  );
};

export const compass: Scene = ({ ink, random, h }) => {
  const [y, at] = [h / 2, between(random, 0, 0.25)];
  const needle = (turns: number, r: number): string => {
    const [[a, b], [c, e], [f, g]] = [polar(300, y, r, turns), polar(300, y, r * 0.16, turns + 0.125), polar(300, y, r * 0.16, turns - 0.125)];
    return path(d`M ${a} ${b} L ${c} ${e} L 300 ${y} Z`, ink.main) + path(d`M ${a} ${b} L ${f} ${g} L 300 ${y} Z`, ink.accent);
  };
  return (
    circle(300, y, 250, ink.second) +
    ring(300, y, 226, ink.accent, 3) +
    times(24, (i) => {
      const [[a, b], [c, e]] = [polar(300, y, 226, i / 24), polar(300, y, i % 2 ? 212 : 200, i / 24)];
      return line(d`M ${a} ${b} L ${c} ${e}`, ink.accent, 4);
    }) +
    times(4, (i) => needle(at + 0.125 + i / 4, 120)) +
    times(4, (i) => needle(at + i / 4, 205)) +
    circle(300, y, 20, ink.land)
  );
};

/** Paper planes in formation, one of them on its own way. */
export const planes: Scene = ({ ink, random, h }) => {
  const odd = Math.floor(random() * 6);
  return times(6, (i) => {
    const [x, y, way] = [
      165 + (i % 2) * 270,
      h * (0.2 + Math.floor(i / 2) * 0.3) + (i % 2) * 40 - 20,
      turn(i === odd ? -52 : 38, 165 + (i % 2) * 270, h * (0.2 + Math.floor(i / 2) * 0.3)),
    ];
    const [light, dark] = i === odd ? [ink.accent, ink.main] : [ink.second, ink.land];
    return (
      `<g${way}>` +
      path(d`M ${x} ${y - 92} L ${x - 78} ${y + 64} L ${x - 12} ${y + 40} Z`, light) +
      path(d`M ${x} ${y - 92} L ${x + 78} ${y + 64} L ${x + 12} ${y + 40} Z`, light) +
      path(d`M ${x} ${y - 92} L ${x - 12} ${y + 40} L ${x + 6} ${y + 78} L ${x + 12} ${y + 40} Z`, dark) +
      '</g>'
    );
  });
};
