import type { Entry } from '../../plugins/experiments/results/read.ts';
import { exposure, late, leak } from '../../plugins/experiments/results/health/audience.ts';
import { crossed, days, split } from '../../plugins/experiments/results/health/sizes.ts';

const arms = [
  { key: 'control', name: 'A', share: 50 },
  { key: 'b', name: 'B', share: 50 },
];
const entry = (arm: string, units: number, over: Partial<Entry> = {}): Entry => ({
  arm,
  units,
  stratum: '',
  standing: arm === '' ? 'crossed' : 'counted',
  at: new Date('2026-03-01T00:00:00Z'),
  simulated: 0,
  late: 0,
  ...over,
});
const both = (a: number, b: number, day = 1) => [entry('control', a), entry('b', b)].map((one) => ({ ...one, at: new Date(Date.UTC(2026, 2, day)) }));

describe('health', () => {
  test('the split alarms below one in a thousand, and with enough viewers', () => {
    expect(split(arms, both(5100, 4900))).toMatchObject({
      level: 'ok',
      text: expect.stringMatching(/as wanted.*in 4.6 % of all experiments/),
      todo: null,
    });
    expect(split(arms, both(5200, 4800))).toMatchObject({
      level: 'alarm',
      text: expect.stringContaining('5,200 in “A” and 4,800 in “B”, where 50 % to 50 %'),
      todo: expect.stringContaining('new phase'),
    });
    expect(split(arms, both(7, 0)).level).toBe('ok');
  });

  test('one uneven day is named, though the whole is even', () => {
    const even = Array.from({ length: 10 }, (_, i) => both(100, 100, i + 1)).flat();
    expect(days(arms, even).level).toBe('ok');
    const uneven = [...even, ...both(200, 50, 11), ...both(50, 200, 12)];
    expect(split(arms, uneven).level).toBe('ok');
    expect(days(arms, uneven)).toMatchObject({ level: 'warn', text: expect.stringContaining('2026-03-11 and 2026-03-12') });
  });

  test('crossed viewers warn from ten, and from one in a hundred, on', () => {
    expect(crossed([...both(400, 400), entry('', 9)]).level).toBe('ok');
    expect(crossed([...both(400, 400), entry('', 10)])).toMatchObject({ level: 'warn', text: expect.stringContaining('10 viewers (1.2 %)') });
    expect(crossed([...both(4000, 4000), entry('', 10)]).level).toBe('ok');
  });

  test('nobody for a day is an alarm, nobody for an hour is not', () => {
    expect(exposure([], { running: true, hours: 1 })).toMatchObject({ level: 'note', todo: expect.stringContaining('npm run simulate') });
    expect(exposure([], { running: true, hours: 30 })).toMatchObject({ level: 'alarm', text: expect.stringContaining('For 30 hours nobody') });
    expect(exposure(both(1, 0), { running: true, hours: 30 }).level).toBe('ok');
  });

  test('simulated viewers and staff are named, counted or left out', () => {
    const not = { staff: false, simulated: false };
    expect(leak(both(10, 10), not).text).toBe('No simulated viewers and no staff are counted.');
    expect(leak([...both(10, 10), entry('b', 3, { standing: 'staff' }), entry('b', 4, { standing: 'simulated' })], not)).toMatchObject({
      level: 'ok',
      text: expect.stringContaining('Left out: 3 of the staff, 4 simulated.'),
    });
    expect(leak([entry('control', 20, { simulated: 20 })], { ...not, simulated: true })).toMatchObject({
      level: 'warn',
      text: expect.stringMatching(/^All 20 viewers are simulated/),
    });
  });

  test('late data warn when they are many', () => {
    expect(late([entry('b', 100, { late: 9 })]).level).toBe('ok');
    expect(late([entry('b', 100, { late: 10 })])).toMatchObject({ level: 'warn', text: expect.stringContaining('10 viewers (10.0 %)') });
    expect(late(both(1, 1)).level).toBe('ok');
  });
});
