import type { FilmFacts } from '../../recommend/algorithm.ts';
import content from '../../plugins/algorithms/content/index.ts';
import { featureRows } from '../../plugins/algorithms/content/features.ts';
import { gatherVocabulary, readVocabulary } from '../../plugins/algorithms/content/vocabulary.ts';
import { words } from '../../plugins/algorithms/content/words.ts';
import { norm, rowValues } from '../../math/sparse.ts';
import { scores, similar, train } from './contract.ts';
import { trainingData, viewerOf } from './synthetic.ts';

const algorithm = content.algorithms![0]!;
const nothing: FilmFacts = { id: 0, title: '', year: null, genres: [], keywords: [], directors: [], cast: [], plot: '' };
const rowsOf = (films: readonly FilmFacts[], weights: typeof even) => featureRows(films, readVocabulary(gatherVocabulary(films, weights)));
const even = { genres: 1, keywords: 1, directors: 1, cast: 1, plot: 1 };

test('words are the telling ones of a sentence', () => {
  expect(words("The clown's OLD café: two brothers and their 1960s robots must not meet.")).toEqual(['clown', 'cafe', 'brother', '1960', 'robot']);
  expect(words('')).toEqual([]);
});

test('a film that nobody rated is recommended by what it is', async () => {
  const films = [
    { ...nothing, genres: ['Western'], directors: ['A'] },
    { ...nothing, genres: ['Western'], directors: ['A'] },
    { ...nothing, genres: ['Musical'], directors: ['B'] },
    { ...nothing, genres: ['Musical'], directors: ['B'] },
  ];
  const model = await train(content, algorithm, trainingData(films, [[{ film: 0, stars: 5 }]]));
  const of = scores(
    algorithm,
    model,
    viewerOf([
      { film: 0, stars: 5 },
      { film: 2, stars: 0.5 },
    ]),
    4,
  );
  expect(of[1]).toBeGreaterThan(0);
  expect(of[3]).toBeLessThan(0); // the disliked one counts against its like
});

test('each field counts by its weight, however many terms it has, and one that is missing counts nothing', () => {
  const films = [
    { ...nothing, genres: ['g'], keywords: ['a', 'b', 'c', 'd'] },
    { ...nothing, genres: ['g'], keywords: ['a', 'b', 'c', 'd'] },
    { ...nothing, genres: ['g'] },
  ];
  const rows = rowsOf(films, { ...even, directors: 0, cast: 0, plot: 0, genres: 3 });
  expect(norm(rowValues(rows, 0))).toBeCloseTo(1, 5);
  expect(norm(rowValues(rows, 2)) ** 2).toBeCloseTo(0.75, 5);
});

test('rare terms bind more than common ones, case does not matter, and terms of one film are left out', async () => {
  const films = [
    { ...nothing, keywords: ['common', 'Rare', 'only here'] },
    { ...nothing, keywords: ['common', 'x', 'y'] },
    { ...nothing, keywords: ['rare', 'x', 'y'] },
    ...Array.from({ length: 6 }, () => ({ ...nothing, keywords: ['common', 'x', 'y'] })),
  ];
  expect(rowsOf(films, even).columns).toBe(4);
  const model = await train(content, algorithm, trainingData(films, []));
  const near = similar(algorithm, model, 0, films.length);
  expect(near[2]).toBeGreaterThan(near[1]!);
});
