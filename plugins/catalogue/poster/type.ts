/** Setting the title: measured by a table, since no font is loaded on the server. */

export interface Voice {
  readonly family: string;
  readonly weight: number;
  /** width of the widest usual font of the stack against bold Arial */
  readonly width: number;
  /** letter spacing in em */
  readonly tracking: number;
  readonly capitals: boolean;
  readonly largest: number;
}
export interface Setting {
  readonly lines: readonly string[];
  readonly size: number;
}

const SMALLEST = 34;
const LINES = 4;
/** Lines of one title stand this many em apart. */
export const LEADING = 1.08;

const sans = "'Helvetica Neue',Helvetica,Arial,'Liberation Sans','Noto Sans',sans-serif";
const serif = "Georgia,'Liberation Serif','Noto Serif','Times New Roman',serif";
const round = "ui-rounded,'Arial Rounded MT Bold','Trebuchet MS',Arial,'Liberation Sans','Noto Sans',sans-serif";
const grotesk: Voice = { family: sans, weight: 800, width: 1.02, tracking: -0.02, capitals: false, largest: 92 };
const shout: Voice = { ...grotesk, capitals: true, tracking: -0.01, largest: 84 };
const spaced: Voice = { ...grotesk, weight: 400, width: 0.97, capitals: true, tracking: 0.12, largest: 64 };
const bookish: Voice = { family: serif, weight: 400, width: 1, tracking: -0.01, capitals: false, largest: 88 };
const engraved: Voice = { family: serif, weight: 700, width: 1.12, tracking: 0.05, capitals: true, largest: 66 };
const friendly: Voice = { ...grotesk, family: round, weight: 700, width: 1.06, tracking: 0, largest: 86 };

export const small = { family: sans, weight: 600, width: 1.02, tracking: 0.08, capitals: true } as const;

export const voices: Readonly<Record<string, readonly Voice[]>> = {
  'Sci-Fi': [spaced, spaced, grotesk],
  Horror: [engraved, grotesk, shout],
  Western: [engraved, shout],
  War: [shout, engraved],
  Animation: [friendly],
  Family: [friendly],
  Musical: [friendly, bookish],
  Music: [shout, grotesk],
  Fantasy: [engraved, bookish],
  Documentary: [grotesk],
  'Film-Noir': [shout, engraved],
  Romance: [bookish],
  Crime: [grotesk, shout, bookish],
  Mystery: [spaced, bookish],
  Thriller: [grotesk, shout, spaced],
  Adventure: [engraved, grotesk],
  Action: [shout],
  History: [engraved, bookish],
  Comedy: [grotesk, friendly],
  Drama: [bookish, bookish, grotesk],
};
export const plainVoices: readonly Voice[] = [grotesk];

/** What XML 1.0 forbids: control characters, lone surrogates, the two non-characters. */
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]/gu;

/** One line of printable text, at most `length` code points. */
export const clean = (text: string, length: number): string => [...text.replace(forbidden, '').replace(/\s+/g, ' ').trim()].slice(0, length).join('');

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character]!);

/** Width of one character in em of a bold sans face, rounded up by class. */
function characterWidth(character: string): number {
  if (/\p{M}/u.test(character)) return 0;
  if (/[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uff60\u{1f000}-\u{3ffff}]/u.test(character)) return 1.02;
  if (/[ ijl|!.,:;'’]/.test(character)) return 0.29;
  if (/[ftrI()[\]\-/“”"]/.test(character)) return 0.4;
  if (/[mwMW@%—…]/.test(character)) return 0.93;
  if (/\p{Lu}/u.test(character)) return 0.72;
  return /[\p{Ll}\p{Nd}]/u.test(character) ? 0.58 : 0.66;
}

type Face = Pick<Voice, 'width' | 'tracking'>;
const widthInEm = (text: string, face: Face): number =>
  [...text].reduce((sum, character) => sum + characterWidth(character) * face.width + face.tracking, 0);
/** How much wider a font may be that a reader has instead of those of the stack. */
const widest = 1.2;
/** Attributes that hold a line of `em` poster units to its measure where another font could carry it over the edge. */
export function held(line: string, face: Face, em: number, width: number): string {
  const length = widthInEm(line, face) * em;
  return length * widest > width ? ` textLength="${Math.round(Math.min(length, width))}" lengthAdjust="spacingAndGlyphs"` : '';
}
const ideographic = /(?<=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7ff])(?=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7ff])/u;

/** Words, each cut so that it fits a line by itself; scripts without spaces may break between any two characters. */
function words(text: string, face: Face, room: number): string[] {
  return text.split(' ').flatMap((word) => {
    const parts = word.split(ideographic);
    return parts.flatMap((part, index) =>
      cut(part, face, room).map((piece, at, all) => (index === parts.length - 1 && at === all.length - 1 ? `${piece} ` : piece)),
    );
  });
}

function cut(word: string, face: Face, room: number): string[] {
  const pieces = [''];
  for (const character of word) {
    const longer = pieces.at(-1)! + character;
    if (widthInEm(longer, face) > room) pieces.push(character);
    else pieces[pieces.length - 1] = longer;
  }
  return pieces;
}

function wrap(pieces: readonly string[], face: Face, room: number): string[] {
  const lines = [''];
  for (const piece of pieces) {
    const longer = lines.at(-1)! + piece;
    if (lines.at(-1) !== '' && widthInEm(longer.trimEnd(), face) > room) lines.push(piece);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((line) => line.trimEnd());
}

/** The narrowest measure that needs no more lines makes them even. */
function balance(pieces: readonly string[], face: Face, room: number): string[] {
  const lines = wrap(pieces, face, room);
  for (let narrower = room * 0.95; narrower > room * 0.4; narrower -= room * 0.05) {
    const tried = wrap(pieces, face, narrower);
    if (tried.length > lines.length || tried.some((line) => widthInEm(line, face) > room)) break;
    lines.splice(0, lines.length, ...tried);
  }
  return lines;
}

/** The largest setting of a text in `width` × `height` poster units, cut with an ellipsis where even the smallest is too long. */
export function fit(text: string, voice: Voice, width: number, height: number): Setting {
  const shown = voice.capitals ? text.toUpperCase() : text;
  for (let size = voice.largest; size > SMALLEST; size -= 2) {
    const room = width / size;
    // A word is broken only when no size is left to try.
    if (shown.split(' ').some((word) => widthInEm(word, voice) > room) && !ideographic.test(shown)) continue;
    const lines = balance(words(shown, voice, room), voice, room);
    if (lines.length <= LINES && lines.length * size * LEADING <= height) return { lines, size };
  }
  const lines = wrap(words(shown, voice, width / SMALLEST), voice, width / SMALLEST);
  if (lines.length > LINES) lines.splice(LINES - 1, Infinity, ellipsis(`${lines[LINES - 1]} ${lines[LINES]}`, voice, width / SMALLEST));
  return { lines, size: SMALLEST };
}

/** One line at most `largest` high: first smaller, then cut with an ellipsis. */
export function fitLine(text: string, face: Face, width: number, largest: number): { text: string; size: number } {
  const size = Math.max(largest * 0.75, Math.min(largest, Math.floor(width / widthInEm(text, face))));
  return { text: ellipsis(text, face, width / size), size };
}

/** The text, or its beginning with an ellipsis, within `room` em. */
function ellipsis(text: string, face: Face, room: number): string {
  if (widthInEm(text, face) <= room) return text;
  const characters = [...text];
  while (characters.length > 0 && widthInEm(`${characters.join('')}…`, face) > room) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}
