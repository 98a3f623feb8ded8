import { silent } from '../../core/log.ts';
import type { TrainingData } from '../../recommend/algorithm.ts';
import { BlendSpec } from '../../recommend/blend-spec.ts';
import { trainingData } from '../../jobs/evaluation/data-set.ts';
import { suggestWeights, type Mix, type Suggestion } from '../../jobs/weights/suggest.ts';
import { firstBlend } from '../first-blend.ts';
import { parse, sourcesOf } from './arguments.ts';
import { readAll } from './command.ts';
import type { Sources } from './read.ts';
import { contestantsOf, installed } from './settings.ts';
import type { Terminal } from './terminal.ts';

const usage = `Usage: npm run suggest [-- --data PATH [--metadata FILE]]
Learns weights for the blend, and measures each algorithm for newcomers. docs/evaluation.md says how.
  --data      a MovieLens folder or zip, held against the blend of a new site; without it the ratings and the blend of this site
  --metadata  a file of JSON lines with plots, people and keywords of its films`;

/** What weights are learned from, and the blend that they are held against. */
export interface Known {
  readonly data: TrainingData;
  readonly current: BlendSpec;
}

/**
 * `npm run suggest`: suggested weights, and how each algorithm does for newcomers, as tables in Markdown. The console does the
 * same with the settings and kinds of events in force there; here they are the usual ones.
 * @throws 400 with what is wrong with the arguments or the data
 */
export async function suggestCommand(args: readonly string[], { steps, say, print }: Terminal, ofSite: () => Promise<Known>): Promise<void> {
  const told: { data?: string; metadata?: string } = parse(args, { data: { type: 'string' }, metadata: { type: 'string' } } as const, usage),
    files = Object.keys(told).length > 0;
  const known = files
    ? await ofFiles(
        sourcesOf((name) => told[name as keyof typeof told], usage),
        { steps, say },
      )
    : await ofSite();
  const suggestion = await steps.run('Suggest weights', (progress) =>
    suggestWeights(known.data, {
      algorithms: contestantsOf(
        installed.map(({ algorithm }) => algorithm.id),
        [],
      ),
      current: known.current,
      log: silent,
      signal: new AbortController().signal,
      progress,
    }),
  );
  print(`${tables(suggestion).join('\n')}\n`);
}

async function ofFiles(sources: Sources, terminal: Pick<Terminal, 'steps' | 'say'>): Promise<Known> {
  const set = await readAll(sources, terminal);
  return { data: trainingData(set, set, 'stars'), current: BlendSpec.parse(firstBlend.spec) };
}

function tables({ regulars, newcomers, coldStart }: Suggestion): string[] {
  return [
    ...mixTable('Regulars', regulars),
    ...mixTable(`Newcomers (up to ${newcomers.upTo} films)`, newcomers),
    `| NDCG@10 with so many ratings known | ${coldStart.map(({ known }) => known).join(' | ')} |`,
    `| --- |${' --: |'.repeat(coldStart.length)}`,
    ...Object.keys(coldStart[0]!.algorithms).map((id) =>
      line(
        id,
        coldStart.map(({ algorithms: of }) => of[id]!),
      ),
    ),
    line(
      'the blend in use',
      coldStart.map(({ current }) => current),
    ),
    line(
      'the suggested blend',
      coldStart.map(({ suggested }) => suggested),
    ),
    line(
      '95 % interval, at most ±',
      coldStart.map(({ margin }) => margin),
    ),
  ];
}

function line(name: string, values: readonly number[]): string {
  return `| ${name} | ${values.map((value) => value.toFixed(3)).join(' | ')} |`;
}

function mixTable(title: string, { weights, changes, viewers }: Mix): string[] {
  const shares = Object.entries(weights).map(([id, weight]) => `${id} ${weight}`);
  return [
    `${title}: ${shares.join(', ')}; measured on ${viewers} other viewers.`,
    '',
    '| | in use | suggested | difference (95 % interval) |',
    '| --- | --: | --: | --: |',
    ...changes.map(({ metric, before, after, low, high }) => {
      const interval = Number.isFinite(low) ? ` (${low.toFixed(3)} to ${high.toFixed(3)})` : '';
      return `| ${metric} | ${before.toFixed(3)} | ${after.toFixed(3)} | ${(after - before).toFixed(3)}${interval} |`;
    }),
    '',
  ];
}
