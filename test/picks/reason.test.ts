import { mainReason } from '../../recommend/6-explain.ts';
import type { Algorithm, Viewer } from '../../recommend/algorithm.ts';
import type { ServedReason } from '../../recommend/served.ts';
import type { CatalogueIndex } from '../../plugins/catalogue/catalogue-index.ts';
import { Texts } from '../../i18n/texts.ts';
import { cardsOf } from '../../plugins/catalogue/lists.ts';

const preferences = { films: Int32Array.of(0, 1), weight: Float32Array.of(1, 0.3) };
/** Rated the first film, picked the second. */
const viewer: Viewer = { unit: 1, films: Int32Array.of(0), stars: Float32Array.of(4), dismissed: new Int32Array(), preferences };
const because = (film: number, share: number) => ({ id: 'a', explain: () => [{ film, share }] }) as unknown as Algorithm;
const reasonOf = (film: number, share = 0.09) =>
  mainReason(
    [{ scorer: { algorithm: because(film, share), model: {}, modelId: 1 }, values: new Float32Array(3), weight: 1 } as never],
    { a: 1 },
    viewer,
    2,
  );

const titles = ['Alien', 'Solaris', 'Stalker'];
const cards = titles.map((title, at) => ({ id: at + 1, title }));
const index = { film: (id: number) => cards[id - 1], current: () => ({ cards }) } as unknown as CatalogueIndex;
const sentence = (reason: ServedReason | undefined) => {
  const film = { film: 3, position: 2, score: 1, algorithm: 'a', shares: {}, reason };
  return cardsOf({ id: 'x', unit: 1, surface: 's', at: new Date(0), blendVersion: undefined, assignments: [], films: [film] }, index)[0]!.reason;
};

test('only a film that was rated or watched can have been liked', () => {
  expect(sentence(reasonOf(0))).toBe('Because you liked Alien');
  expect(sentence(reasonOf(1))).toBe('Because of Solaris');
});

test('a film that made a good part of the score is named with its share', () => {
  expect(sentence(reasonOf(0, 0.434))).toBe('Because you liked Alien (43 %)');
  expect(sentence(reasonOf(1, 0.21))).toBe('Because of Solaris (21 %)');
  const german = new Texts(new Map([['catalogue', new URL('../../plugins/catalogue/texts/', import.meta.url)]]));
  expect(german.say('de', 'Because you liked Alien (43 %)')).toBe('Weil dir Alien gefiel (43 %)');
});

test('a reason in words stays as it is, and none stays none', () => {
  expect(sentence({ text: 'Well liked' })).toBe('Well liked');
  expect(sentence(undefined)).toBeUndefined();
});
