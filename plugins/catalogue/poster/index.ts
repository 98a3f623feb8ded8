import { box, circle, path, pick, randomFrom, rect } from './draw.ts';
import type { Random } from '../../../math/random.ts';
import { palettes, plainPalettes } from './palettes.ts';
import type { Ink } from './palettes.ts';
import { plainScenes, scenes } from './scenes/index.ts';
import type { Scene } from './scenes/index.ts';
import { clean, escapeXml, fit, fitLine, held, LEADING, plainVoices, small, voices } from './type.ts';
import type { Voice } from './type.ts';
import { inkOn } from './contrast.ts';

export interface PosterFacts {
  readonly id: number | string;
  readonly title: string;
  readonly year: number | null;
  readonly genres: readonly string[];
  readonly directors: readonly string[];
}

/** The genre that says most about a film's look comes first. */
const TELLING = [
  'Horror',
  'Western',
  'Sci-Fi',
  'Film-Noir',
  'War',
  'Documentary',
  'Animation',
  'Music',
  'Musical',
  'Fantasy',
  'Family',
  'Crime',
  'Romance',
  'Mystery',
  'Action',
  'Adventure',
  'Thriller',
  'History',
  'Comedy',
  'Drama',
];
/** MovieLens' names for the same. */
const ALIAS: Readonly<Record<string, string>> = { Children: 'Family', "Children's": 'Family' };
const MARGIN = 46;
/** how far the ground laps over the picture */
const LAP = 6;
const CREDITS = 21;

/**
 * A film's poster as an SVG document of 600 × 900 units, at most 6 kB. The same facts always give the same poster;
 * composition, colours and face follow the genres. Safe to serve as image/svg+xml: no scripts, no foreign references.
 */
export function poster(film: PosterFacts): string {
  const random = randomFrom(`${film.id} ${film.title}`);
  const genres = new Set(film.genres.map((genre) => ALIAS[genre] ?? genre));
  const [first, second = first] = TELLING.filter((genre) => genres.has(genre));
  // Two times out of three the first genre decides on the picture, else the second.
  const scene = pick(random, first && second ? scenes[random() < 2 / 3 ? first : second]! : plainScenes);
  const ink = pick(random, first ? palettes[first]! : plainPalettes);
  const voice = pick(random, first ? voices[first]! : plainVoices);
  return compose(film, { scene, ink, voice, random });
}

interface Look {
  readonly scene: Scene;
  readonly ink: Ink;
  readonly voice: Voice;
  readonly random: Random;
}

/** The title below the picture, above it, or below a picture in a frame. */
type Layout = 'below' | 'above' | 'framed';

function compose(film: PosterFacts, { scene, ink, voice, random }: Look): string {
  const layout = pick<Layout>(random, ['below', 'below', 'above', 'framed']);
  const ground = layout === 'above' ? ink.sky : ink.land;
  const type = titleBlock(film, voice, inkOn(ground));
  const frame = layout === 'framed' ? MARGIN : 0;
  const y = layout === 'above' ? type.height : frame;
  const [width, height] = [600 - 2 * frame, 900 - type.height - frame];
  const h = Math.round((height * 600) / width);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 900" role="img"><title>${escapeXml(clean(film.title, 200))}</title>` +
    DEFS +
    rect(0, 0, 600, 900, ground) +
    `<svg x="${frame}" y="${y}" width="${width}" height="${height}" viewBox="0 0 600 ${h}">` +
    rect(0, 0, 600, h, ink.sky) +
    circle(300, h / 2, h / 2, 'url(#g)') +
    scene({ ink, random, h }) +
    '</svg>' +
    // The ground laps over the picture, else a hairline of sky shines through where both end.
    path(box(-LAP, -LAP, 600 + 2 * LAP, 900 + 2 * LAP) + hole(layout, y, height), ground, ' fill-rule="evenodd"') +
    `<g transform="translate(${MARGIN} ${layout === 'above' ? 0 : 900 - type.height})">${type.svg}</g>` +
    rect(0, 0, 600, 900, 'url(#n)') +
    '</svg>'
  );
}

/** Where the picture shows through the ground. */
const hole = (layout: Layout, y: number, height: number): string => {
  if (layout === 'framed') return box(MARGIN + LAP, y + LAP, 600 - 2 * (MARGIN + LAP), height - 2 * LAP);
  return box(-LAP, layout === 'above' ? y + LAP : -LAP, 600 + 2 * LAP, height);
};

/** A soft light behind the scene, and a tile of specks as the grain of the paper. */
const DEFS =
  '<defs><radialGradient id="g"><stop stop-color="#fff" stop-opacity=".16"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient>' +
  '<pattern id="n" width="97" height="89" patternUnits="userSpaceOnUse"><path d="M5 9h2M31 3h1M58 14h2M83 7h1M17 27h1M44 33h2M71 29h1M91 41h2M8 51h1M29 58h2M62 52h1M80 66h2M14 76h2M47 81h1M69 84h1M38 70h1M54 69h1M3 38h1M88 20h1" stroke="#fff" stroke-opacity=".11"/>' +
  '<path d="M12 4h1M40 11h2M67 3h1M92 16h1M4 24h2M27 41h1M57 42h2M78 47h1M19 64h1M42 54h1M72 74h2M93 79h1M24 86h2M60 60h1M35 22h1M84 33h1" stroke="#000" stroke-opacity=".11"/></pattern></defs>';

/** Title and credits from a left edge at 0, and the height they take with the margins above and below. */
function titleBlock(film: PosterFacts, voice: Voice, colour: string): { svg: string; height: number } {
  const width = 600 - 2 * MARGIN;
  const { lines, size } = fit(clean(film.title, 160) || 'Untitled', voice, width, 190);
  const step = size * LEADING;
  const text = (content: string, y: number, face: Omit<Voice, 'largest'>, em: number): string =>
    `<text y="${Math.round(y)}" font-family="${face.family}" font-weight="${face.weight}" font-size="${em}" ` +
    `letter-spacing="${Math.round(face.tracking * em * 10) / 10}" fill="${colour}"${held(content, face, em, width)}>${escapeXml(content)}</text>`;
  const title = lines.map((content, i) => text(content, 30 + size * 0.86 + i * step, voice, size)).join('');
  const base = 30 + size * 0.86 + (lines.length - 1) * step;
  const credits = [film.year, clean(film.directors.slice(0, 2).join(' & '), 80)].filter(Boolean).join('\u2003').toUpperCase();
  const line = fitLine(credits, small, width, CREDITS);
  return { svg: title + (credits ? text(line.text, base + 44, small, line.size) : ''), height: Math.round(base + (credits ? 44 : 0) + MARGIN - 4) };
}
