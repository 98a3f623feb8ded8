import { tooManyMultiple, unevenDays } from '../../plugins/experiments/statistics/health/imbalance.ts';

const day = (name: string, a: number, b: number) => ({
  day: name,
  arms: [
    { units: a, share: 0.5 },
    { units: b, share: 0.5 },
  ],
});

test('a day on which one arm lost units is found, though the whole looks even', () => {
  const days = [day('mon', 510, 490), day('tue', 350, 650), day('wed', 648, 352), day('thu', 495, 505)];
  expect(unevenDays(days)).toEqual(['tue', 'wed']);
  expect(unevenDays([day('mon', 510, 490), day('tue', 5, 0)])).toEqual([]);
});

test('a day that would alarm alone may come by chance among thirty', () => {
  const uneven = day('x', 555, 445);
  expect(unevenDays([uneven])).toEqual(['x']);
  expect(unevenDays([uneven, ...Array.from({ length: 29 }, (_, i) => day(`${i}`, 500, 500))])).toEqual([]);
});

test('multiple exposure counts from ten units and one in a hundred', () => {
  expect([tooManyMultiple(9, 100), tooManyMultiple(10, 1_000), tooManyMultiple(10, 1_001), tooManyMultiple(50, 2_000)]).toEqual([
    false,
    true,
    false,
    true,
  ]);
});
