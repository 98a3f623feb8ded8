import { gatherSignals, historyWithEvents, preferencesOf, type Signal, type Signals } from '../../recommend/signals.ts';
import type { Catalogue, StoredHistory } from '../../recommend/ports.ts';
import { usualScale } from '../../math/preferences.ts';

const kind = (name: string, weight: number): Signal => ({ kind: name, title: name, weight, rows: `select unit, film from ${name}` });
/** Film 10 stands at position 0, 20 at 1 … up to 50. */
const catalogue = { position: (id: number) => (id <= 50 ? id / 10 - 1 : undefined) } as Catalogue;

test('events are ordered from the weakest to the strongest, those against a film last; a weight of 0 is left out', () => {
  const parts = [{ events: [kind('dismissed', -0.5), kind('watched', 1)] }, { events: [kind('click', 0.1), kind('seen', 0)] }];
  expect(gatherSignals(parts).events.map((signal) => signal.kind)).toEqual(['click', 'watched', 'dismissed']);
  expect(gatherSignals(parts).stars).toEqual(usualScale);
  expect(gatherSignals([{ stars: { ...usualScale, weight: 2 } }]).stars.weight).toBe(2);
});

test('stars count alone, otherwise a dismissal, otherwise the strongest event', () => {
  const signals = gatherSignals([
    { stars: { weight: 1, spread: 1, neutral: 3 }, events: [kind('click', 0.1), kind('watched', 1), kind('dismissed', -0.5)] },
  ]);
  const history = {
    films: [
      { film: 10, stars: 3, at: 0 },
      { film: 20, stars: null, at: 0 },
    ],
    dismissed: [],
  };
  const { films, weight } = preferencesOf(
    history,
    [
      [10, 20, 30, 40],
      [20, 40],
      [40, 60],
    ],
    signals,
    catalogue,
  );
  expect([...films]).toEqual([0, 1, 2, 3]);
  expect([...weight]).toEqual([1, 1, expect.closeTo(0.1), -0.5]);
});

test('a unit that did nothing has no preferences', () => {
  expect(preferencesOf({ films: [], dismissed: [] }, [], gatherSignals([]), catalogue).films.length).toBe(0);
});

test('what the history holds anyway is not read a second time, and all kinds keep their order', async () => {
  const signals = gatherSignals([{ events: [kind('dismissed', -0.5), kind('click', 0.1), kind('watched', 1)] }]),
    history: StoredHistory = { films: [{ film: 20, stars: null, at: 0 }], dismissed: [30] },
    asked: string[] = [];
  const reader = { of: async () => history, held: { dismissed: ({ dismissed }: StoredHistory) => dismissed, watched: () => [20] } };
  const read = async ({ events }: Signals) => {
    asked.push(...events.map((event) => event.kind));
    return events.map(() => [40]);
  };
  expect(await historyWithEvents(reader, signals, 1, read)).toEqual([history, [[40], [20], [30]]]);
  expect(asked).toEqual(['click']);
  expect((await historyWithEvents({ of: reader.of }, signals, 1, read))[1]).toEqual([[40], [40], [40]]);
});
