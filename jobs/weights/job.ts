import { z } from 'zod';
import { notFound } from '../../core/errors.ts';
import { defineJob, type JobDefinition } from '../../core/jobs.ts';
import type { AnyPlugin } from '../../core/plugin.ts';
import type { BlendSpec } from '../../recommend/blend-spec.ts';
import type { Blends } from '../../recommend/blends.ts';
import type { Recommender } from '../../recommend/index.ts';
import type { Signals } from '../../recommend/signals.ts';
import type { Settings } from '../../core/settings.ts';
import { inThread, type Watch } from '../in-thread.ts';
import type { Suggestion } from './suggest.ts';

export const suggestJob = 'blend.suggest';
export interface SuggestTask {
  readonly databaseUrl: string;
  readonly algorithms: readonly { readonly id: string; readonly settings: object }[];
  readonly signals: Signals;
  readonly current: BlendSpec;
}
export type Suggester = (task: SuggestTask, watch: Watch) => Promise<Suggestion>;
export const suggestInThread: Suggester = (task, watch) => inThread(new URL('./thread.js', import.meta.url), task, watch);

export interface SuggestParts {
  readonly blends: Pick<Blends, 'version'>;
  readonly recommender: Pick<Recommender, 'algorithms' | 'signals'>;
  readonly settings: Pick<Settings, 'state'>;
  readonly plugins: readonly AnyPlugin[];
  readonly databaseUrl: string;
  readonly suggester: Suggester;
}

/** Works out which weights would serve viewers better; the result waits in the ledger until an operator takes it over. */
export const suggestionJob = ({ blends, recommender, settings, plugins, databaseUrl, suggester }: SuggestParts): JobDefinition =>
  defineJob({
    name: suggestJob,
    title: 'Suggest weights',
    payload: z.object({ version: z.int().positive() }),
    attempts: 1,
    async run({ payload: { version }, signal, progress }) {
      const blend = blends.version(version);
      if (!blend) throw notFound('version of a blend');
      const algorithms = await Promise.all(
        recommender.algorithms().map(async ({ algorithm, plugin }) => {
          const { settings: wanted } = await settings.state(plugin);
          return { id: algorithm.id, settings: (plugins.find(({ id }) => id === plugin)?.config?.parse(wanted) ?? {}) as object };
        }),
      );
      const suggestion = await suggester({ databaseUrl, algorithms, signals: recommender.signals(), current: blend.spec }, { signal, progress });
      return { version, ...suggestion };
    },
  });
