import { poster } from '../../plugins/catalogue/poster/index.ts';
import { contrast, inkOn } from '../../plugins/catalogue/poster/contrast.ts';
import { palettes, plainPalettes } from '../../plugins/catalogue/poster/palettes.ts';
import { plainScenes, scenes } from '../../plugins/catalogue/poster/scenes/index.ts';
import { randomFrom } from '../../plugins/catalogue/poster/draw.ts';
import { clean, fit, voices } from '../../plugins/catalogue/poster/type.ts';

const film = { id: 1, title: 'The Third Man', year: 1949, genres: ['Film-Noir', 'Mystery', 'Thriller'], directors: ['Carol Reed'] };

/** The text between tags, having checked that tags nest and quotes and entities are closed. */
function textOf(svg: string): string {
  const open: string[] = [];
  const text = svg.replace(
    /<(\/?)([a-zA-Z]+)((?:\s+[a-zA-Z:-]+="[^"<]*")*)\s*(\/?)>/g,
    (_, closing: string, name: string, _attributes, empty: string) => {
      if (closing) expect(open.pop()).toBe(name);
      else if (!empty) open.push(name);
      return '';
    },
  );
  expect(open).toEqual([]);
  expect(text).not.toMatch(/[<>]|&(?!(amp|lt|gt|quot|#39);)/);
  return text;
}

test('a poster is well-formed, names film, year and director, and is the same every time', () => {
  const svg = poster(film);
  const text = textOf(svg);
  for (const part of ['Third', '1949', 'CAROL REED']) expect(text.toUpperCase()).toContain(part.toUpperCase());
  expect(poster(film)).toBe(svg);
  expect(poster({ ...film, id: 2 })).not.toBe(svg);
});

test.each([
  ['markup', '<script>alert(1)</script> & "quotes" \'n\' more'],
  ['closing tags', '</text></svg><svg onload="x">'],
  ['control characters, a lone surrogate and a bidi override', 'A\u0000B\u0008C\ud800D\u202eE\ufffe'],
  ['nothing', ''],
  ['only spaces', '  \n '],
  ['one very long word', 'Donaudampfschifffahrtsgesellschaft'.repeat(40)],
  ['very many words', 'the long and winding title of a film that never ends '.repeat(200)],
  ['stacked accents', `Z${'\u0301'.repeat(5000)}algo`],
  ['ideographs', '千と千尋の神隠しこれはとても長い題名なので折り返されるはずです'],
  ['emoji', '👩‍🚀🚀'.repeat(300)],
])('a title of %s is drawn safely and small', (_, title) => {
  for (let id = 0; id < 40; id++) {
    const svg = poster({ ...film, id, title, directors: [title] });
    textOf(svg);
    expect(svg).not.toMatch(/<script|<svg onload|[\u0000-\u0008\ufffe\u202e]|\p{Surrogate}/u);
    expect(Buffer.byteLength(svg)).toBeLessThanOrEqual(6_000);
  }
});

test('missing facts are left out', () => {
  expect(textOf(poster({ id: 7, title: 'Untold', year: null, genres: [], directors: [] })).toUpperCase()).toBe('UNTOLDUNTOLD');
  textOf(poster({ id: 8, title: 'Odd', year: 1999, genres: ['(no genres listed)', '__proto__'], directors: [] }));
});

test('every scene of every genre fits the size bound on its own', () => {
  for (const scene of new Set([...Object.values(scenes).flat(), ...plainScenes]))
    for (let seed = 0; seed < 20; seed++) {
      const drawn = scene({ ink: plainPalettes[0]!, random: randomFrom(`${seed}`), h: 600 + 10 * seed });
      textOf(drawn);
      expect(drawn).not.toContain('NaN');
      expect(Buffer.byteLength(drawn)).toBeLessThan(4_300);
    }
});

test('lettering stands out from both of its grounds in every palette', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  for (const ink of [...Object.values(palettes).flat(), ...plainPalettes])
    for (const ground of [ink.sky, ink.land]) expect([ground, contrast(inkOn(ground), ground) >= 4.5]).toEqual([ground, true]);
});

test('titles are set large, in few lines, without breaking words that fit', () => {
  const voice = voices.Comedy![0]!;
  expect(fit('Amélie', voice, 508, 190)).toEqual({ lines: ['Amélie'], size: voice.largest });
  const long = fit('Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb', voice, 508, 190);
  expect(long.lines.join(' ')).toBe('Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb');
  expect(long.size).toBeLessThan(voice.largest);
  expect(fit('word '.repeat(60).trim(), voice, 508, 190).lines.at(-1)).toMatch(/…$/);
  expect(clean(' a\n\tb\u0007 ', 9)).toBe('a b');
});

test('posters of one genre differ', () => {
  const drawn = Array.from({ length: 40 }, (_, id) => poster({ ...film, id }));
  expect(new Set(drawn).size).toBe(40);
});
