import type { Request } from 'express';
import { askedOnce } from '../../plugins/catalogue/asked-once.ts';

const request = () => ({}) as Request;

function counting() {
  const asked: (readonly number[])[] = [];
  const ask = askedOnce<ReadonlySet<number>>((_, films) => {
    asked.push(films);
    return films.includes(13) ? Promise.reject(new Error('film 13')) : Promise.resolve(new Set(films));
  });
  return { asked, ask };
}

test('what a page asks for in one go is asked once, each film once', async () => {
  const { asked, ask } = counting(),
    page = request();
  const [one, other] = await Promise.all([ask(page, [1, 2]), ask(page, [2, 3])]);
  expect(asked).toEqual([[1, 2, 3]]);
  expect(one).toBe(other);
});

test('two pages never share an answer, and one page asks anew after it was answered', async () => {
  const { asked, ask } = counting(),
    page = request();
  await Promise.all([ask(page, [1]), ask(request(), [1])]);
  await ask(page, [1]);
  expect(asked).toEqual([[1], [1], [1]]);
});

test('a failure reaches everybody who asked, and is not kept', async () => {
  const { ask } = counting(),
    page = request();
  const results = await Promise.allSettled([ask(page, [1]), ask(page, [13])]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await ask(page, [1])).toEqual(new Set([1]));
});
