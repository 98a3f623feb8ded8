import { judge, type Contender } from '../../recommend/models/gate.ts';

const metrics = { hitRate10: 0.5, ndcg10: 0.1, coverage10: 0.2, viewers: 100 };
const contender = (changes: Partial<Contender['metrics']> = {}, fingerprint = 'today'): Contender => ({
  version: 4,
  metrics: { ...metrics, ...changes },
  fingerprint,
});
const champion = { champion: contender({ ndcg10: 0.105 }) };

test('the first model passes, whatever it is like', () => {
  expect(judge(contender({ ndcg10: 0, coverage10: 0 }), undefined, 0).passes).toBe(true);
});

test('a fall within the tolerance passes, one beyond it is refused with both figures', () => {
  expect(judge(contender({ ndcg10: 0.095 }), champion, 0.1)).toEqual({ passes: true, words: 'NDCG@10 0.095 is 10 % below 0.105 of version 4.' });
  expect(judge(contender({ ndcg10: 0.081 }), champion, 0.1)).toEqual({
    passes: false,
    words: 'NDCG@10 0.081 is 23 % below 0.105 of version 4; the tolerance is 10 %.',
  });
  expect(judge(contender({ ndcg10: 0.081 }), champion, 0.25).passes).toBe(true);
  expect(judge(contender({ ndcg10: 0.12 }), champion, 0)).toEqual({ passes: true, words: 'NDCG@10 0.120 is 14 % above 0.105 of version 4.' });
});

test('on other data the hold-out is another one: only a fall beyond chance is refused', () => {
  const fallen = { ndcg10: 0.081, ndcg10Low: 0.07, ndcg10High: 0.096 };
  expect(judge(contender(fallen, 'today'), champion, 0.1).passes).toBe(false);
  expect(judge(contender(fallen, 'tomorrow'), champion, 0.1).passes).toBe(true);
  expect(judge(contender({ ...fallen, ndcg10High: 0.09 }, 'tomorrow'), champion, 0.1)).toEqual({
    passes: false,
    words: 'NDCG@10 0.081 is 23 % below 0.105 of version 4; the tolerance is 10 %. Even the upper end of its 95 % interval, 0.090, is too low.',
  });
  expect(judge(contender({ ndcg10: 0.081 }, 'tomorrow'), champion, 0.1).passes).toBe(false);
});

test.each([
  ['figures that are no numbers', { ndcg10: Number.NaN }, false],
  ['no film for anybody', { ndcg10: 0.2, coverage10: 0 }, false],
  ['nobody to measure', { ndcg10: 0, coverage10: 0, viewers: 0 }, true],
])('%s', (_what, changes, passes) => {
  expect(judge(contender(changes), champion, 0.1).passes).toBe(passes);
});

test('a champion without a figure refuses nobody', () => {
  expect(judge(contender(), { champion: contender({ ndcg10: 0 }) }, 0.1).passes).toBe(true);
});

test('a small step down is refused where many have led away from the best that is kept', () => {
  const best = { ...contender({ ndcg10: 0.12 }, 'last month'), version: 1 };
  const step = { ndcg10: 0.1, ndcg10Low: 0.09, ndcg10High: 0.107 };
  expect(judge(contender(step, 'tomorrow'), champion, 0.1).passes).toBe(true);
  expect(judge(contender(step, 'tomorrow'), { ...champion, best }, 0.1)).toEqual({
    passes: false,
    words:
      'NDCG@10 0.100 is 17 % below 0.120 of version 1, the best that is kept; the tolerance is 10 %. Even the upper end of its 95 % interval, 0.107, is too low.',
  });
  const chance = { ...step, ndcg10High: 0.109 };
  expect(judge(contender(chance, 'tomorrow'), { ...champion, best }, 0.1)).toEqual({
    passes: true,
    words: 'NDCG@10 0.100 is 5 % below 0.105 of version 4.',
  });
});
