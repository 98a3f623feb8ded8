import { createLogger, silent } from '../core/log.ts';
import { BlendSpec } from '../recommend/blend-spec.ts';
import { gatherSignals } from '../recommend/signals.ts';
import { loadTrainingData } from '../jobs/training/training-data.ts';
import { suggestWeights, type Mix, type Suggestion } from '../jobs/weights/suggest.ts';
import { openDatabase } from './database.ts';
import { loadEnv } from './env.ts';
import { firstBlend } from './first-blend.ts';
import { plugins } from './plugins.ts';
import { Steps } from './steps.ts';

/**
 * `npm run suggest`: weights learned from the site's ratings, and how each algorithm does for newcomers, as tables in
 * Markdown. The console does the same with the settings and kinds of events in force there; here they are the usual ones.
 */
const env = loadEnv(),
  steps = new Steps(process.stderr);
const database = await openDatabase(env, steps, createLogger(env.LOG_LEVEL));
const stored = await database.sql.one<{ spec: unknown }>(
  'select v.spec from blend_version v join blend b on b.id = v.blend where b.is_default order by v.id desc limit 1',
);
const { data } = await loadTrainingData(database.sql, plugins, gatherSignals([]));
await database.sequelize.close();
await database.stop();
const algorithms = plugins.flatMap(({ algorithms: own = [], config }) =>
  own.map((algorithm) => ({ algorithm, settings: (config?.parse({}) ?? {}) as object })),
);
const suggestion = await steps.run('Suggest weights', (progress) =>
  suggestWeights(data, {
    algorithms,
    current: BlendSpec.parse(stored?.spec ?? firstBlend.spec),
    log: silent,
    signal: new AbortController().signal,
    progress,
  }),
);
process.stdout.write(`${tables(suggestion).join('\n')}\n`);

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
