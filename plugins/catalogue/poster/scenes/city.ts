import { between, box, circle, d, faint, figure, line, path, pick, rect, times } from '../draw.ts';
import type { Scene } from './scene.ts';

export const skyline: Scene = ({ ink, random, h }) => {
  let [back, front, lit] = ['', '', ''];
  for (let x = -20; x < 600; x += 62) back += box(x, h * between(random, 0.34, 0.58), 64, h);
  for (let x = -10; x < 600;) {
    const [width, y] = [between(random, 60, 110), h * between(random, 0.52, 0.76)];
    front += box(x, y, width + 1, h);
    for (let i = 0; i < 7; i++)
      if (random() < 0.6) lit += box(x + 14 + Math.floor(random() * 4) * ((width - 24) / 4), y + 20 + Math.floor(random() * 7) * 26, 9, 13);
    x += width;
  }
  return (
    circle(between(random, 130, 470), h * 0.24, between(random, 60, 110), ink.main) +
    path(back, ink.second) +
    path(front, ink.land) +
    path(lit, ink.accent) +
    rect(0, h - 60, 600, 60, ink.land)
  );
};

/** Light through a blind, someone behind it. */
export const blinds: Scene = ({ ink, random, h }) => {
  const [x, brim] = [300 + between(random, -60, 60), h * 0.38];
  const hat = 'M-128 16Q-60-6-74-70-66-112-14-96 0-90 16-98 68-110 74-68 62-6 128 12 0 52-128 16Z';
  const person = 'M-66 20V76Q-58 128-30 142V172Q-176 196-206 500H206Q176 196 30 172V142Q58 128 66 76V20Z';
  return (
    circle(x + pick(random, [-80, 80]), h * 0.42, 236, ink.main) +
    path(hat + person, ink.land, ` transform="translate(${Math.round(x)} ${Math.round(brim)})"`) +
    path(
      times(Math.ceil(h / 52), (i) => box(0, i * 52, 600, 20)),
      ink.land,
      faint(0.9),
    )
  );
};

/** A wet street between dark walls, one lamp. */
export const street: Scene = ({ ink, random, h }) => {
  const [x, y] = [300 + between(random, -50, 50), h * 0.56];
  return (
    circle(x, y - 40, 150, ink.main) +
    path(d`M 0 0 L ${x - 60} ${y - 120} V ${y} L 0 ${h * 0.84} Z M 600 0 L ${x + 60} ${y - 120} V ${y} L 600 ${h * 0.84} Z`, ink.land) +
    path(d`M ${x - 60} ${y} H ${x + 60} L 600 ${h * 0.84} V ${h} H 0 V ${h * 0.84} Z`, ink.second) +
    path(d`M ${x - 8} ${y} H ${x + 8} L ${x + 60} ${h} H ${x - 60} Z`, ink.accent, faint(0.8)) +
    figure(x + pick(random, [-34, 30]), h * 0.78, h * 0.32, ink.land)
  );
};

/** Stairs across the picture and someone on them. */
export const stairs: Scene = ({ ink, random, h }) => {
  const [steps, up] = [8, random() < 0.5];
  const at = Math.floor(between(random, 3, 6));
  const step = (h * 0.62) / steps;
  let data = `M0 ${Math.round(h)}`;
  for (let i = 0; i < steps; i++) data += d`L ${i * 75} ${h - (i + 1) * step} H ${(i + 1) * 75}`;
  return (
    circle(up ? 170 : 150, h * 0.26, between(random, 70, 110), ink.main) +
    `<g${up ? '' : ' transform="translate(600 0) scale(-1 1)"'}>` +
    path(`${data}V${Math.round(h)}Z`, ink.land) +
    line(data.slice(data.indexOf('L')).replace('L', 'M'), ink.accent, 5) +
    figure(at * 75 + 37, h - (at + 1) * step, 120, ink.second) +
    '</g>'
  );
};

/** A wall of windows at night, one of them lit. */
export const windows: Scene = ({ ink, random, h }) => {
  const rows = Math.floor((h - 90) / 106);
  const [litRow, litColumn] = [Math.floor(between(random, 1, rows)), Math.floor(between(random, 0, 5))];
  const cell = (row: number, column: number): [number, number] => [55 + column * 104, 64 + row * 106];
  let [dark, blind] = ['', ''];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < 5; column++) {
      const [x, y] = cell(row, column);
      dark += box(x, y, 74, 78);
      blind += box(x, y, 74, between(random, 6, 40));
    }
  const [x, y] = cell(litRow, litColumn);
  return (
    rect(0, 0, 600, h, ink.land) +
    path(dark, ink.second) +
    path(blind, ink.main, faint(0.45)) +
    rect(x, y, 74, 78, ink.accent) +
    `<svg x="${x}" y="${y}" width="74" height="78">${figure(between(random, 24, 50), 150, 128, ink.land)}</svg>`
  );
};

/** An open door throws a long wedge of light. */
export const door: Scene = ({ ink, random, h }) => {
  const [x, lean] = [300 + between(random, -100, 60), between(random, -90, 90)];
  return (
    rect(0, h * 0.62, 600, h, ink.land) +
    path(d`M ${x} ${h * 0.62} h 96 L ${x + 220 + lean} ${h} H ${x - 124 + lean} Z`, ink.main) +
    rect(x, h * 0.24, 96, h * 0.38, ink.accent) +
    path(d`M ${x + 96} ${h * 0.24} l 50 -26 V ${h * 0.66} l -50 -26 Z`, ink.second) +
    path(d`M ${x + 30} ${h * 0.64} h 36 L ${x + 90 + lean} ${h} h -84 Z`, ink.land, faint(0.75)) +
    figure(x + 48, h * 0.65, h * 0.26, ink.land)
  );
};

/** A road to the horizon. */
export const road: Scene = ({ ink, random, h }) => {
  const [x, y] = [300 + between(random, -90, 90), h * 0.56];
  return (
    circle(x, y - 10, between(random, 110, 170), ink.main) +
    path(d`M 0 ${y} H 600 V ${h} H 0 Z`, ink.second) +
    path(d`M 0 ${y} L 120 ${y - 46} L 240 ${y} L 420 ${y - 34} L 520 ${y - 60} L 600 ${y - 20} V ${y + 2} H 0 Z`, ink.land, faint(0.85)) +
    path(d`M ${x - 5} ${y} h 10 L 520 ${h} H 80 Z`, ink.land) +
    times(5, (i) => {
      const [t, u] = [(i * i + 1) / 28, (i * i + 1 + i * 0.9) / 28];
      const [a, b] = [y + (h - y) * t, y + (h - y) * u];
      const [ca, cb] = [x + (300 - x) * t, x + (300 - x) * u];
      return path(d`M ${ca - 16 * t - 1} ${a} L ${ca + 16 * t + 1} ${a} L ${cb + 16 * u + 1} ${b} L ${cb - 16 * u - 1} ${b} Z`, ink.accent);
    })
  );
};

/** A row of gabled houses. */
export const houses: Scene = ({ ink, random, h }) => {
  const fills = [ink.main, ink.second, ink.accent, ink.main, ink.second];
  return (
    circle(between(random, 120, 480), h * 0.2, 58, ink.accent) +
    times(5, (i) => {
      const [x, y] = [i * 118 + 6, h * between(random, 0.46, 0.6)];
      return (
        path(d`M ${x} ${h} V ${y} l 59 ${-between(random, 50, 110)} l 59 110 V ${h} Z`, fills[i]!) +
        path(
          box(x + 24, y + 34, 22, 34) + box(x + 72, y + 34, 22, 34) + box(x + 24, y + 96, 22, 34) + box(x + 72, y + 96, 22, 34),
          ink.land,
          faint(0.85),
        )
      );
    }) +
    rect(0, h * 0.88, 600, h, ink.land)
  );
};
