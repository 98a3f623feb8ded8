import { plugins } from '../config/plugins.ts';
import { encode } from '../recommend/models/format.ts';
import { seeded } from '../math/random.ts';
import { expand, trainingDataOf } from './expansion.ts';
import type { Grown, Size } from './growth.ts';
import { ratings } from './kernel-data.ts';
import { cpu, timed } from './timing.ts';

/** Trains one algorithm once on expanded data, in a process of its own: so that its memory can be told. */
const { id, copies, films } = JSON.parse(process.argv[2]!) as Size & { readonly id: string };
const { algorithms = [], config } = plugins.find((plugin) => plugin.algorithms?.some((one) => one.id === id))!;
const { matrix } = ratings();
const data = trainingDataOf(expand(matrix, copies, films || matrix.columns));
const before = { memory: process.memoryUsage().rss, cpu: cpu() };
const settings = (config?.parse({}) ?? {}) as object;
const { seconds, result } = await timed(async () =>
  algorithms
    .find((one) => one.id === id)!
    .train(data, { settings, random: seeded(1), threads: 1, signal: new AbortController().signal, progress() {} }),
);
const grown: Grown = {
  ratings: data.ratings.value.length,
  films: data.films.length,
  seconds,
  cpu: (cpu() - before.cpu) / 1000,
  before: before.memory,
  peak: process.resourceUsage().maxRSS * 1024,
  bytes: encode(result).length,
};
process.send!(grown, () => process.exit());
