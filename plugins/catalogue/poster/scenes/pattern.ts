import { between, box, circle, d, disc, faint, figure, line, path, pick, polar, rect, ring, times, turn } from '../draw.ts';
import type { Scene } from './scene.ts';

/** Quarter circles, discs, triangles and bars on a grid. */
export const tiles: Scene = ({ ink, random, h }) => {
  const rows = Math.round(h / 150);
  const size = h / rows;
  const colours = [ink.main, ink.second, ink.accent, ink.land, ink.sky];
  const tile = (x: number, y: number): string => {
    const [ground, front] = [pick(random, colours), pick(random, colours)];
    const shapes = [
      d`M ${x} ${y} h 150 a 150 ${size} 0 0 1 -150 ${size} z`,
      d`M ${x} ${y + size} v ${-size} a 150 ${size} 0 0 1 150 ${size} z`,
      disc(x + 75, y + size / 2, 52),
      d`M ${x} ${y} h 150 l -150 ${size} z`,
      d`M ${x} ${y + size / 2} a 75 ${size / 2} 0 0 1 150 0 z`,
      box(x, y, 50, size) + box(x + 100, y, 50, size),
    ];
    return rect(x, y, 151, size + 1, ground) + (front === ground ? '' : path(pick(random, shapes), front));
  };
  return times(rows * 4, (i) => tile((i % 4) * 150, Math.floor(i / 4) * size));
};

/** Rays from low down, with a disc. */
export const rays: Scene = ({ ink, random, h }) => {
  const [x, y, count] = [300 + between(random, -80, 80), h * between(random, 0.5, 0.78), pick(random, [12, 16, 20])];
  const wedge = (i: number): string => {
    const [ax, ay] = polar(x, y, 1000, i / count);
    const [bx, by] = polar(x, y, 1000, (i + 0.5) / count);
    return d`M ${x} ${y} L ${ax} ${ay} L ${bx} ${by} Z`;
  };
  return path(times(count, wedge), ink.second) + circle(x, y, 170, ink.main) + circle(x, y, 120, ink.accent) + circle(x, y, 62, ink.land);
};

/** Slanting bars. */
export const bars: Scene = ({ ink, random, h }) => {
  const fills = [ink.main, ink.accent, ink.second, ink.land, ink.main, ink.second];
  const slope = turn(pick(random, [-32, 32, -24, 24]), 300, h / 2);
  const widths = fills.map(() => between(random, 40, 110));
  let x = 300 - widths.reduce((sum, width) => sum + width + 12, 0) / 2;
  return (
    times(6, (i) => {
      const bar = rect(x, between(random, -260, 60), widths[i]!, h + between(random, -60, 300), fills[i]!, slope);
      x += widths[i]! + 12;
      return bar;
    }) + circle(between(random, 150, 450), h * between(random, 0.3, 0.6), 84, ink.accent)
  );
};

/** A spiral of half circles, each one step wider. */
export const spiral: Scene = ({ ink, random, h }) => {
  const [y, step, wide] = [h / 2, 24, between(random, 20, 28)];
  const half = (i: number): string => d`A ${(i + 1) * step} ${(i + 1) * step} 0 0 1 ${300 + (i % 2 ? -1 : 1) * (i + 1.5) * step} ${y}`;
  return (
    circle(300, y, 270, ink.second, faint(0.35)) +
    line(d`M ${300 - step / 2} ${y} ${times(17, half)}`, ink.main, wide, ' stroke-linecap="round"' + turn(random() * 360, 300, y)) +
    circle(300, y, 22, ink.accent)
  );
};

/** A disc of printer's dots, fading to one side. */
export const halftone: Scene = ({ ink, random, h }) => {
  const [step, angle] = [42, random()];
  const [gx, gy] = polar(0, 0, 1, angle);
  const bySize = Array.from({ length: 8 }, () => '');
  for (let x = 48; x < 590; x += step)
    for (let y = h / 2 - 252; y < h / 2 + 260; y += step) {
      const [rx, ry] = [(x - 300) / 260, (y - h / 2) / 260];
      if (rx * rx + ry * ry < 1) bySize[Math.round(3.5 + 3.4 * (rx * gx + ry * gy))] += d`M ${x} ${y} h 0`;
    }
  return (
    rect(0, h * 0.5, 600, h, ink.second) +
    bySize.map((dots, i) => dots && line(dots, ink.main, 8 + i * 5, ' stroke-linecap="round"')).join('') +
    circle(300 + gx * 150, h / 2 + gy * 150, 58, ink.accent)
  );
};

/** Lines of equal height, as on a map. */
export const contours: Scene = ({ ink, random, h }) => {
  const bumps = Array.from({ length: 7 }, () => between(random, 0.72, 1.25));
  const loop = (r: number): string => {
    const points = bumps.map((bump, i) => polar(300, h * 0.5, r * bump, i / 7));
    const middle = (i: number): [number, number] => [
      (points[i % 7]![0] + points[(i + 1) % 7]![0]) / 2,
      (points[i % 7]![1] + points[(i + 1) % 7]![1]) / 2,
    ];
    return d`M ${middle(6)} ${points.flatMap((point, i) => ['Q', ...point, ...middle(i)])} Z`;
  };
  return (
    path(loop(330), ink.second) +
    path(loop(190), ink.main) +
    times(9, (i) => line(loop(70 + i * 38), i < 4 ? ink.accent : ink.land, 3)) +
    circle(300, h * 0.5, 16, ink.accent)
  );
};

/** Arches within arches, in the middle or leaning on one side. */
export const arches: Scene = ({ ink, random, h }) => {
  const fills = [ink.second, ink.main, ink.accent, ink.second, ink.land];
  const [shift, top] = [pick(random, [-1, 0, 0, 1]), h * between(random, 0.1, 0.24)];
  const arch = (i: number): string => {
    const [half, x] = [252 - i * 46, 300 + shift * i * 46];
    return path(d`M ${x - half} ${h} V ${top + i * 46 + half} a ${half} ${half} 0 0 1 ${2 * half} 0 V ${h} Z`, fills[i]!);
  };
  return (
    circle(shift ? 300 - shift * 200 : 300, top - 8, shift ? 44 : 0, ink.main) + times(5, arch) + figure(300 + shift * 184, h, h * 0.26, ink.accent)
  );
};

/** Petals round a heart. */
export const petals: Scene = ({ ink, random, h }) => {
  const count = pick(random, [6, 8, 10]);
  const [y, long] = [h * 0.46, h * 0.36];
  const petal = (size: number, fill: string, shift: number): string =>
    times(count, (i) =>
      path(
        d`M 300 ${y} C ${300 - size * 0.42} ${y - size * 0.5} ${300 - size * 0.2} ${y - size} 300 ${y - size} S ${300 + size * 0.42} ${y - size * 0.5} 300 ${y} Z`,
        fill,
        turn((360 * (i + shift)) / count, 300, y),
      ),
    );
  return (
    line(d`M 300 ${y} Q 330 ${h * 0.8} 290 ${h}`, ink.land, 14) +
    petal(long, ink.second, 0.5) +
    petal(long * 0.82, ink.main, 0) +
    circle(300, y, long * 0.2, ink.accent)
  );
};

/** Two discs that share a part. */
export const twins: Scene = ({ ink, random, h }) => {
  const [r, gap] = [168, between(random, 70, 115)];
  const [y, lift] = [h * 0.5, between(random, -40, 40)];
  const half = Math.sqrt(r * r - gap * gap - lift * lift);
  const length = Math.hypot(gap, lift);
  const [nx, ny] = [(-lift / length) * half, (gap / length) * half];
  return (
    circle(300 - gap, y - lift, r, ink.main) +
    circle(300 + gap, y + lift, r, ink.second) +
    path(d`M ${300 + nx} ${y + ny} A ${r} ${r} 0 0 1 ${300 - nx} ${y - ny} A ${r} ${r} 0 0 1 ${300 + nx} ${y + ny} Z`, ink.accent) +
    rect(0, h - 30, 600, 30, ink.land)
  );
};

/** Rainbows of half rings, stacked. */
export const rainbows: Scene = ({ ink, random, h }) => {
  const fills = [ink.main, ink.accent, ink.second, ink.land];
  const rows = Math.round(h / 150);
  const size = h / rows;
  return times(rows, (row) =>
    times(row % 2 ? 3 : 2, (i) => {
      const [x, y, start] = [(row % 2 ? 0 : 150) + i * 300, (row + 1) * size, Math.floor(random() * 4)];
      return times(4, (k) =>
        path(d`M ${x - 150 + k * 36} ${y} a ${150 - k * 36} ${size - k * 36} 0 0 1 ${300 - k * 72} 0 z`, fills[(start + k) % 4]!),
      );
    }),
  );
};

/** A target. */
export const target: Scene = ({ ink, random, h }) => {
  const [x, y] = [300 + between(random, -40, 40), h / 2];
  return (
    circle(x, y, 240, ink.second) +
    times(3, (i) => ring(x, y, 215 - i * 70, i % 2 ? ink.land : ink.main, 34)) +
    circle(x, y, 26, ink.accent) +
    path(d`M 0 ${y - 3} H 600 V ${y + 3} H 0 Z M ${x - 3} 0 H ${x + 3} V ${h} H ${x - 3} Z`, ink.land)
  );
};
