/** Five colours that go together. `sky` and `land` also lie under the type, so each is clearly light or clearly dark. */
export interface Ink {
  readonly sky: string;
  readonly land: string;
  readonly main: string;
  readonly second: string;
  readonly accent: string;
}

const inks = (...rows: readonly string[]): Ink[] =>
  rows.map((row) => {
    const [sky, land, main, second, accent] = row.split(' ').map((hex) => `#${hex}`) as [string, string, string, string, string];
    return { sky, land, main, second, accent };
  });

const night = inks(
  '0f1f33 08121f e4572e 27496d f3c56b',
  '1d1545 0f0a2a ff6f61 4b3b9c f9cfa0',
  '0b2f34 061c20 f2e3bd 1f6a6b e8704f',
  '13293d 0a1722 f4d35e 3a6b86 ee964b',
);
const dusk = inks('f0b98a 2a1f3d d9534f 8a4b6b ffe6c0', 'f3cfa3 1f3044 e26d5a 5d7c8c fff1d6', '6f86a6 1c2638 f2c078 45587a fbe9cf');
const noir = inks(
  'e8dfca 15171c c1121f 6b6a68 b8ac92',
  '14171d 07090c e3b23c 3d4652 c9473f',
  '2b2d42 14152a ef3e4a 5c6385 edf2f4',
  'cbbd97 1e1b16 9a1f1f 7c7054 efe6cb',
  '1f3b3a 0c1a1b e9c46a 3f6b66 e76f51',
);
const blood = inks(
  '17110f 090706 b5161f 4d1413 e8dcc4',
  'd3caa9 1b1d16 97201a 7b7d5c f1e9cd',
  '2b0d11 110406 e63b2e 6e1b20 f0d9b5',
  '1d2a25 0b1310 d8452c 46604f cdd8ad',
  'c93a2b 160a0a 1f0d0d 8a1d18 f5dfc0',
);
const desert = inks(
  'f2c57c 4a1f14 d9532c b0442a fbe8c0',
  'ead8b2 3b2416 c4552d a9764a f2a541',
  'f0975a 3a1420 fbd19a b03c35 ffe9c4',
  '9cc4c2 4a2a1a dd6b3a c0986a f9e4b7',
);
const field = inks(
  'd9cfb0 2c3122 9a3324 7d8158 c8a75a',
  'c8bc9f 272420 86382a 7b745f efe2c0',
  '3b443b 1a1f1a d0b957 616b58 d95d39',
  'b7c0b0 22302c b5402f 6f8375 ecd9a8',
);
const rose = inks(
  'f6d5cc 5b1f37 d8486b ee9a97 fdf1e7',
  'fbe9dd 3c2a4d e0607e b79ac8 f4b860',
  'f1b5a4 471a3e c22f5d e27a7f ffe8d1',
  '3a1c3f 1e0d23 ee6c7f 743a6b f9c8a7',
  'cfdde3 2b3a55 d9596b 8ea7be f7d6bf',
);
const candy = inks(
  'ffd23f 1f2a44 ee4266 2fae99 fff6dc',
  'fff0cf 23395b f25c3b f2b632 4fa3a5',
  '9fd8e6 1d4659 ff7f50 ffd166 fdf6e3',
  'f7a072 2a2d4f eddea4 c8443c fff5dd',
  'bfe3cf 24435c f2765a f7b955 fffaf0',
  'f9c6c9 30345c ef5b5b f3b63f 5aa9a0',
);
const calm = inks(
  'd8e2dc 2d3a45 e07a5f 8fada8 f2cc8f',
  'e6ddd0 33302e a9583f 9aa39a dba763',
  'f1ead9 26323f 3d6b8c c9a27a d96c47',
  'b9cbd6 1f2d3a c8553d 7396ab f7f0e0',
  '2f4858 16252f f6ae6d 557a8a f26b5b',
  'e9c9a6 2a2f3a a7473a 9a7b63 fbeedb',
  'c9d3b8 263529 cb6843 869a74 f5e6b8',
);
const blaze = inks(
  'f26a1f 1a1a1d ffd166 a52a16 fff1d6',
  '101820 05090d ff4038 24384a ffb30f',
  'f4d35e 0d1b2a ee4b2b d1a12c faf0ca',
  'ec4637 1b0f12 ffc145 9e1b20 fff0dc',
  'd7dde0 171c26 ef3b2d 8b99a5 f9b233',
);
const spell = inks(
  '2a2356 130f2e f0b429 5b4d9b e8d7f1',
  '0e3b43 061f24 e7c86e 2c7470 f4f1de',
  'd6c8e8 32234f 7b52ab a88ccb f0a04b',
  '16324f 0a1b2e f2a65a 3b6a8f f7e1b5',
);
const voyage = inks(
  'f0b35b 12343b e4572e 2d7a78 fff0cf',
  'bfe0e2 153243 f26419 4b86a3 f6c35c',
  'f5dfb3 1c3f4a d9603b 6aa39c f2a541',
  '1f5c6b 0c2b36 f5b841 3f8f98 f7ead0',
);
const paper = inks('f4f1ea 1c1c1c e63946 a8a39a 457b9d', 'dfe6e3 1f3a3d f0693e 8fb0ab f4c95d', '23272e 101318 f2f0e6 596273 f25f3a');
const stage = inks(
  '1a1423 0c0811 f0386b 4a2a5e f6c945',
  'f6c945 2b1a3f e8472f d99a1c fff3d0',
  'b3202c 24080d f7c873 7d1420 fff0d9',
  '123a5a 081e31 f25f5c 2c6b94 ffe066',
  'f2d7c4 38204a d64550 c9a0a8 f2a03d',
);

/** Colour moods by genre, as sites and MovieLens spell them. */
export const palettes: Readonly<Record<string, readonly Ink[]>> = {
  'Sci-Fi': [...night, ...spell.slice(1, 2), ...blaze.slice(0, 1)],
  Horror: blood,
  Western: desert,
  War: field,
  Animation: [...candy, ...spell.slice(0, 1)],
  Family: candy,
  Musical: stage,
  Music: stage,
  Fantasy: spell,
  Documentary: paper,
  'Film-Noir': noir,
  Romance: [...rose, ...dusk],
  Crime: noir,
  Mystery: [...noir.slice(1), ...night],
  Thriller: [...noir, ...night.slice(0, 3), ...blaze.slice(1, 2)],
  Adventure: voyage,
  Action: blaze,
  History: [...field, ...desert.slice(1, 2), ...calm.slice(5, 6)],
  Comedy: [...candy, ...rose.slice(0, 2)],
  Drama: [...calm, ...dusk],
};
export const plainPalettes: readonly Ink[] = calm;
