import type { Request } from 'express';
import { choice, pageNumber, pagerOf, parameter, typed } from '../../plugins/catalogue/query.ts';

const asked = (query: Record<string, unknown>, originalUrl = '/genre/war'): Request => ({ query, originalUrl }) as unknown as Request;
const refused = expect.objectContaining({ status: 400 });

test.each(['0', '-1', '1.5', 'NaN', 'abc', '1e9', ' 1', '9'.repeat(12), ''])('page "%s" is refused', (page) => {
  expect(() => pageNumber(asked({ page }))).toThrow(refused);
});

test('a page is a number from 1 on, 1 when it is not given', () => {
  expect([pageNumber(asked({})), pageNumber(asked({ page: '7' })), pageNumber(asked({ page: '999999999' }))]).toEqual([1, 7, 999_999_999]);
});

test('repeated and bracketed parameters are refused', () => {
  expect(() => parameter(asked({ q: ['a', 'b'] }), 'q')).toThrow(refused);
  expect(() => parameter(asked({ 'q[x]': 'a' }), 'q')).toThrow(refused);
  expect(parameter(asked({ q: 'a', other: ['x', 'y'] }), 'q')).toBe('a');
});

test('a choice is one of those offered', () => {
  expect([choice(asked({}), 'sort', ['a', 'b']), choice(asked({ sort: 'b' }), 'sort', ['a', 'b'])]).toEqual(['a', 'b']);
  for (const sort of ['c', '', '__proto__', 'constructor']) expect(() => choice(asked({ sort }), 'sort', ['a', 'b'])).toThrow(refused);
});

test('what was typed is clean and bounded', () => {
  expect(typed(undefined)).toBe('');
  expect(typed('  The \u202e  Matrix\n')).toBe('The Matrix');
  expect([...typed('😀'.repeat(250_000))]).toHaveLength(100);
  expect(typed('a\ud800b')).toBe('ab');
  expect(() => typed('a\0b')).toThrow(refused);
});

test('the pager keeps the other parameters', () => {
  expect(pagerOf(asked({}, '/genre/war?sort=title&page=2'), 2, 3)).toEqual({
    page: 2,
    pages: 3,
    previous: '/genre/war?sort=title&page=1',
    next: '/genre/war?sort=title&page=3',
  });
  expect(pagerOf(asked({}), 1, 1)).toMatchObject({ previous: undefined, next: undefined });
});
