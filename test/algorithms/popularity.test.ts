import popularityPlugin from '../../plugins/algorithms/popularity/index.ts';
import { scores, train } from './contract.ts';
import { trainingData, viewerOf, world } from './synthetic.ts';

const [popularity, trending] = popularityPlugin.algorithms!;
const films = world(1).data.films;
const rate = (film: number, stars: number, times: number) => Array.from({ length: times }, () => [{ film, stars }]);
const nobody = viewerOf([]);

test('popularity needs both many ratings and good ones', async () => {
  const data = trainingData(films.slice(0, 4), [...rate(0, 4, 100), ...rate(1, 5, 1), ...rate(2, 2, 100)]);
  const model = await train(popularityPlugin, popularity!, data);
  const [loved, littleKnown, disliked, unrated] = scores(popularity!, model, nobody, 4);
  expect(loved).toBeGreaterThan(disliked!);
  expect(loved).toBeGreaterThan(littleKnown!);
  expect(unrated).toBeNaN();
  expect(popularity!.explain!(model, nobody, 0)).toEqual([{ text: 'Rated 4.0 on average by 100 viewers' }]);
  expect(popularity!.explain!(model, nobody, 1)).toEqual([{ text: 'Rated 5.0 by one viewer' }]);
});

test('trending prefers recent ratings to many old ones, and halves them by the half-life', async () => {
  const data = trainingData(films.slice(0, 3), [...rate(0, 4, 20), ...rate(1, 4, 5)]);
  const age = Float32Array.from(data.ratings.index, (film) => (film === 0 ? 120 : 0));
  const model = await train(popularityPlugin, trending!, { ...data, age });
  const [old, recent, unrated] = scores(trending!, model, nobody, 3);
  expect(recent).toBeCloseTo(Math.log1p(5), 5);
  expect(old).toBeCloseTo(Math.log1p(20 / 2 ** 4), 5); // 120 days are 4 half-lives of 30
  expect(unrated).toBeNaN();
  expect(trending!.explain!(model, nobody, 1)).toEqual([{ text: 'Rated by 5 viewers lately' }]);
  expect(trending!.explain!(model, nobody, 0)).toEqual([]);
});

test('trending claims nothing about time where times are unknown', async () => {
  const data = trainingData(films.slice(0, 2), rate(0, 4, 3));
  const model = await train(popularityPlugin, trending!, { ...data, age: new Float32Array(3) });
  expect(scores(trending!, model, nobody, 2)[0]).toBeCloseTo(Math.log1p(3), 5);
  expect(trending!.explain!(model, nobody, 0)).toEqual([]);
});
