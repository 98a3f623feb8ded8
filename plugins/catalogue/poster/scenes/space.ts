import { between, circle, d, faint, figure, line, path, pick, polar, rect, ring, times, turn } from '../draw.ts';
import type { Scene, Stage } from './scene.ts';

const stars = ({ ink, random, h }: Stage, count: number, below = 1): string =>
  times(count, () => circle(between(random, 10, 590), between(random, 10, h * below), pick(random, [1, 2, 2, 3]), ink.accent, faint(0.8)));

/** Circles in circles, each a little off the last one's centre. */
export const tunnel: Scene = ({ ink, random, h }) => {
  const [dx, dy] = polar(0, 0, between(random, 8, 26), random());
  const fills = [ink.second, ink.main, ink.land, ink.accent, ink.second, ink.main, ink.land];
  return (
    times(7, (i) => circle(300 + dx * (i - 3), h / 2 + dy * (i - 3), 350 - i * 50, fills[i]!)) + circle(300 + dx * 4, h / 2 + dy * 4, 18, ink.accent)
  );
};

/** A planet with its ring, lit from one side. */
export const planet: Scene = (stage) => {
  const { ink, random, h } = stage;
  const [x, y, r] = [300 + between(random, -60, 60), h * 0.5, between(random, 150, 190)];
  const tilt = turn(between(random, -28, 28), x, y);
  const half = (sweep: number): string =>
    line(d`M ${x - r * 1.7} ${y} A ${r * 1.7} ${r * 0.42} 0 0 ${sweep} ${x + r * 1.7} ${y}`, ink.accent, 12, tilt);
  return (
    stars(stage, 26) +
    half(1) +
    circle(x, y, r, ink.main) +
    path(
      d`M ${x} ${y - r} A ${r} ${r} 0 0 1 ${x} ${y + r} A ${r * 1.5} ${r * 1.5} 0 0 0 ${x} ${y - r} Z`,
      ink.second,
      turn(between(random, -40, 40), x, y),
    ) +
    half(0)
  );
};

/** A black sun over the curve of a world. */
export const eclipse: Scene = (stage) => {
  const { ink, random, h } = stage;
  const y = h * 0.4;
  return (
    stars(stage, 20, 0.6) +
    circle(300, y, 210, ink.second, faint(0.5)) +
    circle(300, y, 178, ink.accent) +
    circle(300 + between(random, -20, 20), y + between(random, -4, 14), 166, ink.land) +
    circle(300, h + 830, 1000, ink.second) +
    circle(300, h + 870, 1000, ink.land)
  );
};

/** Paths of moons around one sun. */
export const orbits: Scene = (stage) => {
  const { ink, random, h } = stage;
  const [x, y] = [300, h * 0.5];
  const moons = [ink.accent, ink.second, ink.main, ink.accent, ink.second];
  return (
    stars(stage, 14) +
    times(5, (i) => {
      const r = 110 + i * 46;
      const [mx, my] = polar(x, y, r, random());
      return ring(x, y, r, ink.accent, 2, faint(0.55)) + circle(mx, my, between(random, 9, 26), moons[i]!);
    }) +
    circle(x, y, 66, ink.main) +
    circle(x, y, 50, ink.accent)
  );
};

/** One slab before a huge low sun. */
export const monolith: Scene = ({ ink, random, h }) => {
  const x = 300 + between(random, -90, 90);
  return (
    circle(300, h * 0.56, 235, ink.main) +
    circle(300, h * 0.56, 190, ink.accent, faint(0.45)) +
    path(d`M 0 ${h * 0.84} Q 300 ${h * 0.76} 600 ${h * 0.84} V ${h} H 0 Z`, ink.land) +
    rect(x - 34, h * 0.32, 68, h * 0.5, ink.land) +
    rect(x + 34, h * 0.32, 14, h * 0.5, ink.second) +
    figure(x - 110, h * 0.82, 60, ink.land)
  );
};

/** A beam from above and someone small in it. */
export const beam: Scene = (stage) => {
  const { ink, random, h } = stage;
  const x = 300 + between(random, -80, 80);
  return (
    stars(stage, 18, 0.7) +
    path(d`M ${x - 40} ${h * 0.2} H ${x + 40} L ${x + 170} ${h * 0.86} H ${x - 170} Z`, ink.accent) +
    path(d`M ${x - 150} ${h * 0.2} Q ${x} ${h * 0.28} ${x + 150} ${h * 0.2} Q ${x} ${h * 0.12} ${x - 150} ${h * 0.2} Z`, ink.main) +
    circle(x, h * 0.165, 52, ink.second) +
    path(d`M ${x - 150} ${h * 0.2} Q ${x} ${h * 0.28} ${x + 150} ${h * 0.2} Q ${x} ${h * 0.2} ${x - 150} ${h * 0.2} Z`, ink.main) +
    rect(0, h * 0.85, 600, h * 0.15, ink.land) +
    figure(x, h * 0.87, 110, ink.land)
  );
};
