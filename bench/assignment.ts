import { ViewerAttributes } from '../plugins/experiments/assignment/attributes.ts';
import { CompiledExperiments } from '../plugins/experiments/assignment/compiled.ts';
import type { UnitFacts } from '../plugins/experiments/assignment/facts.ts';
import type { Viewer } from '../recommend/algorithm.ts';
import type { Catalogue } from '../recommend/ports.ts';
import { attributesOf, factsOf, running, withGrowthBook } from './designs.ts';
import type { Table } from './table.ts';
import { quantile } from './timing.ts';

const units = 20_000;
const noon = new Date('2026-06-01T12:00:00Z');

/** One viewer into ten running experiments, beside GrowthBook's SDK with the same experiments and attributes in the same run. */
export async function assignment(): Promise<Table> {
  const compiled = new CompiledExperiments(running),
    theirs = withGrowthBook(),
    history = viewerOf(200),
    catalogue = catalogueOf(200);
  const known = Array.from({ length: units }, (_, unit) => ({ facts: factsOf(unit), attributes: attributesOf(unit) }));
  const ours = microseconds((unit) => compiled.assign(unit, known[unit]!.facts, known[unit]!.attributes, noon));
  const from = (factsFor: (unit: number) => UnitFacts) => (unit: number) => {
    const facts = factsFor(unit);
    return compiled.assign(unit, facts, new ViewerAttributes(facts, history, catalogue, noon), noon);
  };
  const later = microseconds(from((unit) => known[unit]!.facts)),
    first = microseconds(from(factsOf));
  const growthBook = microseconds((unit) => theirs(unit, known[unit]!.attributes));
  const base = quantile(growthBook, 0.5);
  const row = (name: string, times: readonly number[]) => [
    name,
    quantile(times, 0.5),
    quantile(times, 0.99),
    `${(quantile(times, 0.5) / base).toFixed(2)} ×`,
  ];
  return {
    title: 'Assignment',
    note: `One viewer, ten running experiments with layers, coverage and conditions; ${units} viewers after as many to warm up, microseconds of wall time each. Both put every viewer into the same arms (test/experiments/growthbook.test.ts).`,
    columns: ['who', 'p50 µs', 'p99 µs', 'to the SDK'],
    rows: [
      row('Marquee', ours),
      row('Marquee, attributes from a history of 200 films, as a viewer’s pages find them', later),
      row('The same on the first page after the history changed', first),
      row('GrowthBook’s Node SDK (runInlineExperiment)', growthBook),
    ],
  };
}

function microseconds(work: (unit: number) => unknown): number[] {
  for (let unit = 0; unit < units; unit++) work(unit);
  return Array.from({ length: units }, (_, unit) => {
    const since = process.hrtime.bigint();
    work(unit);
    return Number(process.hrtime.bigint() - since) / 1000;
  });
}

const viewerOf = (films: number): Viewer => ({
  unit: 1,
  films: Int32Array.from({ length: films }, (_, film) => film),
  stars: Float32Array.from({ length: films }, (_, film) => 0.5 + (film % 10) / 2),
  dismissed: new Int32Array(),
  preferences: { films: new Int32Array(), weight: new Float32Array() },
});

const genres = ['Drama', 'Comedy', 'Horror', 'Western', 'Romance'];
const catalogueOf = (size: number): Catalogue => ({
  size,
  visible: new Uint8Array(size).fill(1),
  position: (id) => id - 1,
  cards: Array.from({ length: size }, (_, i) => ({
    id: i + 1,
    title: `Film ${i}`,
    year: 2000,
    genres: [genres[i % 5]!, genres[(i * 3 + 1) % 5]!],
    traits: new Int32Array(),
  })),
});
