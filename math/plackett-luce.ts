/** Of the logarithm of time; the integrand is far smoother. */
const STEP = 0.1;
/** Before e^−20 nobody has arrived, after 40 mean waiting times everybody has. */
const FIRST = -20;
const LAST = Math.log(40);
const NEGLIGIBLE = 1e-13;

/** Below it an order is hardly ever another one, and the integral long. */
const LEAST = 0.02;

const known = new Map<string, readonly Float64Array[]>();

/**
 * The chance of the film of each rank (0 = best) to stand at each place, when an order is drawn by Plackett–Luce with worths
 * (rank + 1)^(−1 / temperature), as `explore` draws it. Exact but for the integration: films arrive after exponential waiting
 * times with their worths as rates, so that one stands at place k if it arrives when k others have: ∫ w e^(−w t) P(k others by t) dt.
 * @param wanted temperature, above 0; one below 0.02 is taken for 0.02 @returns by rank, by place
 */
export function placeChances(films: number, places: number, wanted: number): readonly Float64Array[] {
  const steps = placeChanceSteps(films, places, wanted);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same in hundreds of short steps, for those who must not be away for long: what the last one returns is kept. */
export function* placeChanceSteps(films: number, places: number, wanted: number): Generator<undefined, readonly Float64Array[]> {
  const temperature = Math.max(LEAST, wanted),
    key = `${films} ${places} ${temperature}`,
    before = known.get(key);
  if (before) return before;
  const depth = Math.min(films, places),
    worths = Array.from({ length: films }, (_, rank) => (rank + 1) ** (-1 / temperature)),
    table = worths.map(() => new Float64Array(depth));
  const last = LAST + Math.log(Math.max(1, depth)) / temperature;
  for (let log = FIRST; log <= last; log += STEP) {
    addMoment(table, worths, Math.exp(log), depth);
    yield;
  }
  if (known.size > 200) known.clear();
  known.set(key, table);
  return table;
}

function addMoment(table: readonly Float64Array[], worths: readonly number[], time: number, depth: number): void {
  const waiting = worths.map((worth) => Math.exp(-worth * time)),
    above = runs(waiting, depth),
    below = runs(waiting.toReversed(), depth).reverse();
  worths.forEach((worth, rank) => {
    const density = worth * time * waiting[rank]! * STEP;
    if (density < NEGLIGIBLE) return;
    const [better, worse] = [above[rank]!, below[rank + 1]!];
    for (let place = 0; place < depth; place++) {
      let chance = 0;
      for (let j = 0; j <= place; j++) chance += better[j]! * worse[place - j]!;
      table[rank]![place]! += density * chance;
    }
  });
}

/** Of the first 0, 1, 2 … films: the chance that so many have arrived, counted up to a depth. */
function runs(waiting: readonly number[], depth: number): Float64Array[] {
  const none = new Float64Array(depth);
  none[0] = 1;
  const all = [none];
  for (const still of waiting) {
    const last = all.at(-1)!;
    all.push(last.map((chance, count) => chance * still + (count > 0 ? last[count - 1]! * (1 - still) : 0)));
  }
  return all;
}

/**
 * What chance in the order of a list costs: the mean score of its first places as they are, and on average over draws.
 * @param scores of all films that are drawn from, best first @param from so many first places are left alone
 */
export function costOfChance(
  scores: readonly number[],
  size: number,
  { temperature, from }: { readonly temperature: number; readonly from: number },
) {
  const places = Math.min(size, scores.length),
    pool = scores.slice(from),
    sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);
  const chances = placeChances(pool.length, Math.max(0, places - from), temperature);
  const drawn = sum(pool.map((score, rank) => score * sum([...chances[rank]!])));
  return { asIs: sum(scores.slice(0, places)) / places, drawn: (sum(scores.slice(0, Math.min(from, places))) + drawn) / places };
}
