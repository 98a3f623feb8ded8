import { parse, shown } from '../../core/console/resource/values.ts';
import { runInNewContext } from 'node:vm';
import { securePage } from '../../core/console/html.ts';
import { darkTheme } from '../../core/console/theme.ts';
import type { ConsoleField } from '../../core/console/part.ts';

const integer: ConsoleField = { type: 'integer' },
  number: ConsoleField = { type: 'number' };

test.each<[ConsoleField, string, unknown]>([
  [integer, '12', 12],
  [integer, '-3', -3],
  [number, '0.5', 0.5],
  [number, '.25', 0.25],
  [{ type: 'string' }, ' a\u0000b\u202e ', 'ab'],
  [{ type: 'string' }, '', ''],
  [integer, '', null],
  [{ type: 'boolean' }, 'true', true],
  [{ type: 'boolean' }, '', false],
  [{ type: 'list' }, 'one\n two \n\n', ['one', 'two']],
  [{ type: 'json' }, '{"w":0.5}', { w: 0.5 }],
  [{ type: 'date' }, '2026-01-02T03:04:05Z', new Date('2026-01-02T03:04:05Z')],
])('%j reads %j as %j', (field, text, value) => expect(parse(field, text)).toEqual({ value }));

test.each<[ConsoleField, string]>([
  [integer, 'abc'],
  [integer, '1.5'],
  [integer, '2147483648'],
  [integer, '1e3'],
  [integer, 'NaN'],
  [number, 'abc'],
  [number, '1e309'],
  [number, 'Infinity'],
  [number, '0x10'],
  [number, '1,5'],
  [{ type: 'integer', min: 0 }, '-1'],
  [{ type: 'number', max: 5 }, '5.1'],
  [{ type: 'string', max: 3 }, 'abcd'],
  [{ type: 'string', required: true }, '  '],
  [{ type: 'string', choices: ['a'] }, 'b'],
  [{ type: 'boolean' }, 'maybe'],
  [{ type: 'date' }, 'yesterday'],
  [{ type: 'json' }, '{w:1}'],
  [{ type: 'integer', reference: 'film' }, '0'],
])('%j refuses %j with words', (field, text) => expect(parse(field, text)).toEqual({ message: expect.stringMatching(/^must /) as unknown }));

test('AdminJS sees scalars only, because it flattens the rest', () => {
  expect(shown({ type: 'json' }, { w: [0.5] })).toBe('{\n  "w": [\n    0.5\n  ]\n}');
  expect(shown({ type: 'list' }, ['a', 'b'])).toBe('a\nb');
  expect(shown({ type: 'date' }, new Date(0))).toBe('1970-01-01T00:00:00.000Z');
  expect(shown({ type: 'text' }, null)).toBeNull();
});

test('no text of the state can end its script, not even after a line separator', () => {
  const state = JSON.stringify({ a: '\u2028</script><script>alert(1)' });
  const page = securePage(
    `<script>\n window.REDUX_STATE = ${state};\n</script><link rel="stylesheet" href="https://fonts.googleapis.com/css?x" type="text/css"><script src="/a.js"></script>`,
    'n0',
  );
  expect(page.match(/<\/script>/g)).toHaveLength(2);
  expect(page.match(/<script nonce="n0"/g)).toHaveLength(2);
  expect(page).not.toContain('googleapis');
  expect(JSON.parse(/REDUX_STATE = ([^\n]*);/.exec(page)![1]!)).toEqual(JSON.parse(state));
});

test('says without scripts why nothing is there, and where the site is', () => {
  expect(securePage('<html><body><div id="app"></div></body></html>', 'n0')).toMatch(
    /<body><noscript>.*needs JavaScript.*<a href="\/">.*<\/noscript><div/,
  );
});

test('AdminJS gets the dark colours where the reader wants it dark, and no others', () => {
  const themed = (dark: boolean): unknown => {
    const page = securePage(`<script>\n        window.THEME = {"colors":{"bg":"#fbfaf8","love":"red"},"borders":{}};\n</script>`, 'n0');
    const window = { THEME: {} };
    runInNewContext(/>([^]*)<\/script>/.exec(page)![1]!, {
      window,
      document: { documentElement: { dataset: {} } },
      matchMedia: () => ({ matches: dark }),
    });
    return window.THEME;
  };
  expect(themed(false)).toEqual({ colors: { bg: '#fbfaf8', love: 'red' }, borders: {} });
  expect(themed(true)).toMatchObject(darkTheme);
});

test('a column without a value shows what stands for it', () => {
  expect([shown({ type: 'integer', empty: 'the site itself' }, null), shown(integer, null)]).toEqual(['the site itself', null]);
});
