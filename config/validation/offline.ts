import type { Random } from '../../math/random.ts';
import { doublyRobust, ips, snips, type Logged, type PolicyValue } from '../../plugins/experiments/statistics/offline/off-policy.ts';
import { average, repeat, share, type Simulation } from './finding.ts';

const DECISIONS = 3_000;
const KINDS = 5;
const ACTIONS = 5;

/** Chances of a click for each kind of viewer and action, and those with which the serving policy and the new one take it. */
interface World {
  readonly click: readonly number[][];
  readonly serving: readonly number[][];
  readonly wanted: readonly number[][];
  readonly model: readonly number[][];
  readonly truth: number;
}

function world(random: Random): World {
  const table = (of: (kind: number, action: number) => number): number[][] => repeat(KINDS, (kind) => repeat(ACTIONS, (action) => of(kind, action)));
  const shares = (row: readonly number[]): number[] => row.map((each) => each / row.reduce((sum, other) => sum + other, 0));
  const click = table(() => 0.05 + 0.4 * random());
  const serving = table(() => Math.exp(random())).map(shares);
  const wanted = click.map((row) => row.map((p) => (p === Math.max(...row) ? 0.76 : 0.06)));
  const model = click.map((row) => row.map((p) => p + 0.1 * (random() - 0.5)));
  const truth = click.reduce((sum, row, kind) => sum + row.reduce((inner, p, action) => inner + p * wanted[kind]![action]!, 0), 0) / KINDS;
  return { click, serving, wanted, model, truth };
}

function served({ click, serving, wanted, model }: World, random: Random): Logged {
  const kind = Math.floor(random() * KINDS);
  let [action, left] = [0, random()];
  while (action < ACTIONS - 1 && left >= serving[kind]![action]!) left -= serving[kind]![action++]!;
  const expected = model[kind]!.reduce((sum, q, a) => sum + q * wanted[kind]![a]!, 0);
  const weight = wanted[kind]![action]! / serving[kind]![action]!;
  return { weight, reward: Number(random() < click[kind]![action]!), predicted: model[kind]![action]!, expected };
}

/** What a policy would have brought, from the lists of another: the intervals contain the truth in 95 of 100 logs. */
export const offPolicy: Simulation = {
  title: 'Value of a policy from 3,000 logged decisions of another',
  runs: { few: 200, many: 4_000 },
  run(runs, random) {
    const logs = repeat(runs, () => {
      const truth = world(random);
      return { truth: truth.truth, log: repeat(DECISIONS, () => served(truth, random)) };
    });
    const estimators: Record<string, (log: readonly Logged[]) => PolicyValue> = { IPS: ips, SNIPS: snips, DR: doublyRobust };
    return Object.entries(estimators).flatMap(([name, of]) => {
      const found = logs.map(({ log, truth }) => ({ truth, ...of(log) }));
      const inside = found.filter(({ truth, interval: [low, high] }) => low <= truth && truth <= high).length;
      const misses = found.map(({ value, truth }) => value - truth);
      return [share(`${name}: intervals that contain the truth`, inside, runs, 0.94, 0.96), average(`${name}: bias`, misses, -0.001, 0.001)];
    });
  },
};
