import { between, box, circle, d, disc, faint, figure, line, path, polar, rect, ring, times } from '../draw.ts';
import type { Scene } from './scene.ts';

export const record: Scene = ({ ink, random, h }) => {
  const [x, y] = [300 + between(random, -50, 50), h * 0.5];
  const gleam = (at: number): string => {
    const [ax, ay] = polar(x, y, 232, at);
    const [bx, by] = polar(x, y, 232, at + 0.09);
    return path(d`M ${x} ${y} L ${ax} ${ay} A 232 232 0 0 1 ${bx} ${by} Z`, ink.second, faint(0.55));
  };
  const at = random();
  return (
    rect(0, 0, 600, h, ink.main) +
    circle(x, y, 240, ink.land) +
    times(5, (i) => ring(x, y, 222 - i * 24, ink.second, 2, faint(0.7))) +
    gleam(at) +
    gleam(at + 0.5) +
    circle(x, y, 86, ink.accent) +
    circle(x, y, 52, ink.main) +
    circle(x, y, 12, ink.land) +
    line(d`M 556 30 V ${h * 0.5} L ${x + 150} ${y + 90}`, ink.accent, 13, ' stroke-linejoin="round"')
  );
};

export const keys: Scene = ({ ink, random, h }) => {
  const high = Math.floor(between(random, 1, 6));
  return (
    circle(between(random, 160, 440), h * 0.25, 96, ink.main) +
    times(7, (i) => rect(i * 86 + 1, h * (i === high ? 0.44 : 0.4), 83, h, i === high ? ink.accent : '#f7f0e0')) +
    path(
      times(6, (i) => (i === 2 ? '' : box(i * 86 + 56, h * 0.4, 60, h * 0.34))),
      ink.land,
    ) +
    rect(0, h * 0.36, 600, h * 0.045, ink.second)
  );
};

export const spotlight: Scene = ({ ink, random, h }) => {
  const x = 300 + between(random, -60, 60);
  const fold = (side: number): string =>
    times(4, (i) =>
      path(
        d`M ${side ? 600 : 0} -4 h ${(side ? -1 : 1) * (150 - i * 34)} Q ${side ? 600 - 60 + i * 14 : 60 - i * 14} ${h * 0.5} ${side ? 600 - 90 + i * 22 : 90 - i * 22} ${h} H ${side ? 600 : 0} Z`,
        i % 2 ? ink.second : ink.main,
      ),
    );
  return (
    path(d`M ${x - 26} 0 h 52 L ${x + 150} ${h * 0.86} H ${x - 150} Z`, ink.accent, faint(0.9)) +
    rect(0, h * 0.8, 600, h, ink.land) +
    `<ellipse cx="${Math.round(x)}" cy="${Math.round(h * 0.86)}" rx="150" ry="30" fill="${ink.accent}"/>` +
    fold(0) +
    fold(1) +
    figure(x, h * 0.87, h * 0.34, ink.land)
  );
};

/** A reel, its film running out. */
export const reel: Scene = ({ ink, random, h }) => {
  const [y, at] = [h / 2, random()];
  const holes = times(6, (i) => disc(...polar(300, y, 140, at + i / 6), 54));
  return (
    circle(300, y, 252, ink.land) +
    ring(300, y, 232, ink.accent, 5) +
    path(holes, ink.sky) +
    path(
      times(3, (i) => disc(...polar(300, y, 140, at + i / 3), 34)),
      ink.main,
    ) +
    circle(300, y, 44, ink.accent) +
    circle(300, y, 14, ink.land) +
    path(d`M 300 ${y + 252} h 300 v 40 H 300 z`, ink.second)
  );
};
