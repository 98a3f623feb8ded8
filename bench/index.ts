import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { badRequest } from '../core/errors.ts';
import { assignment } from './assignment.ts';
import { expectedLift } from './expected-lift.ts';
import { experiments } from './experiments.ts';
import { feed } from './feed.ts';
import { growth } from './growth.ts';
import { importing } from './importing.ts';
import { interleaving } from './interleaving.ts';
import { kernels } from './kernels.ts';
import { pages } from './pages.ts';
import { peers } from './peers.ts';
import { quietPages } from './quiet-pages.ts';
import { reading } from './reading.ts';
import { recommender } from './recommender.ts';
import { searching } from './search.ts';
import { serving } from './serving.ts';
import { makeSite, type BenchSite } from './site.ts';
import { starting } from './starting.ts';
import { asMarkdown, asText, type Table } from './table.ts';
import { training } from './training.ts';

const onSite: Readonly<Record<string, (site: BenchSite) => Promise<Table>>> = { pages, 'quiet-pages': quietPages, recommender };
const alone: Readonly<Record<string, () => Promise<Table>>> = {
  assignment,
  feed,
  import: importing,
  kernels,
  search: searching,
  peers,
  serving,
  training,
  experiments: () => experiments(Number(viewers)),
  interleaving: () => interleaving(Number(viewers)),
  'expected-lift': expectedLift,
  growth: () => growth(Number(most)),
  reading: () => reading(Number(most)),
  start: starting,
};
const known = [...Object.keys(onSite), ...Object.keys(alone)];
const usage = `Usage: npm run bench -- [NAME …] [--markdown] [--most 25] [--viewers 1000000]
Measures what is named, or all: ${known.join(', ')}.
  --markdown  tables for documents
  --most      millions of ratings that "growth" and "reading" end with
  --viewers   of "experiments" and "interleaving"`;
const {
  positionals,
  values: { markdown, most, viewers },
} = argumentsOf();
const unknown = positionals.find((name) => !known.includes(name));
if (unknown !== undefined) throw badRequest(`There is no measurement "${unknown}".\n\n${usage}`);
const wanted = positionals.length > 0 ? positionals : known;
const print = (table: Table): void => void process.stdout.write(`${(markdown ? asMarkdown : asText)(table)}\n`);

process.stdout.write(`Node.js ${process.versions.node}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown processor'}\n\n`);
if (wanted.some((name) => name in onSite)) {
  const site = await makeSite();
  try {
    for (const name of wanted) if (onSite[name]) print(await onSite[name](site));
  } finally {
    await site.close();
  }
}
for (const name of wanted) if (alone[name]) print(await alone[name]());
// Agenda's timers would keep the process.
process.exit();

function argumentsOf() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        markdown: { type: 'boolean', default: false },
        most: { type: 'string', default: '25' },
        viewers: { type: 'string', default: '1000000' },
      },
    });
  } catch (error) {
    throw badRequest(`${(error as Error).message}\n\n${usage}`);
  }
}
