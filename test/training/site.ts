import { z } from 'zod';
import { defineAlgorithm, type AnyPlugin } from '../../core/plugin.ts';
import { trainingJobs } from '../../jobs/training/job.ts';
import { trainTask, updateTask } from '../../jobs/training/tasks.ts';
import accounts from '../../plugins/accounts/index.ts';
import catalogue from '../../plugins/catalogue/index.ts';
import history from '../../plugins/history/index.ts';
import { addFilms, bootApp, type Booted } from '../harness/app.ts';

/** Likes what many rated; an update sets the films of the batch to how often the batch rates them. */
const counted = defineAlgorithm({
  id: 'counted',
  title: 'Counted',
  description: 'For tests.',
  settings: z.object({ turned: z.boolean().default(false) }),
  train: ({ films, ratings }, { settings: { turned }, progress }) => {
    progress(1, 'counting');
    const count = new Float32Array(films.length);
    for (const film of ratings.index) count[film]! += turned ? -1 : 1;
    return { count };
  },
  score: ({ count }, _viewer, out) => out.set(count),
  update: ({ count }, { films, ratings }) => {
    const more = new Float32Array(films.length);
    more.set(count);
    for (const film of ratings.index) more[film]! += 1;
    return { count: more };
  },
});
const whole = defineAlgorithm({
  id: 'whole',
  title: 'Whole',
  description: 'For tests.',
  settings: z.object({}),
  train: () => ({}),
  score: (_model, _viewer, out) => out.fill(1),
});
export const plugins: readonly AnyPlugin[] = [accounts, catalogue, history, counted, whole];

export interface TrainingSite extends Booted {
  readonly films: readonly number[];
  /** ids 1 … 8 */
  readonly units: number;
  rate(unit: number, films: readonly number[], stars?: number): Promise<void>;
}

/** Forty films, eight visitors who rated some, and the jobs of training, run in this process. */
export async function bootTraining(): Promise<TrainingSite> {
  const app = await bootApp({ plugins }),
    { sql, models, settings, recommender, host, memoryJobs } = app;
  const trainer = {
    train: (task: Parameters<typeof trainTask>[2], watch: Parameters<typeof trainTask>[3]) => trainTask(sql, plugins, task, watch),
    update: (task: Parameters<typeof updateTask>[2], watch: Parameters<typeof updateTask>[3]) => updateTask(sql, plugins, task, watch),
  };
  const parts = { sql, jobs: memoryJobs, models, settings, recommender, host, plugins, trainer, retrain: '0 4 * * *', update: '*/5 * * * *' };
  for (const job of trainingJobs(parts)) memoryJobs.start(job);
  const films = await addFilms(
    app,
    Array.from({ length: 40 }, (_, n) => ({ title: `Film ${n + 1}` })),
  );
  await sql.rows('insert into unit (visitor) select gen_random_uuid() from generate_series(1, 8)');
  const rate = async (unit: number, rated: readonly number[], stars = 4): Promise<void> => {
    // Long ago, as an import would tell it.
    await sql.rows(
      `insert into rating (unit, film, stars, rated_at) select $1, film, $3, timestamptz '2001-01-01' + make_interval(days => ($1 * 7 + film * 5) % 31)
      from unnest($2::integer[]) as film`,
      [unit, rated, stars],
    );
  };
  for (let unit = 1; unit <= 8; unit++) await rate(unit, films.slice(0, 3 + (unit % 4)));
  return { ...app, films, units: 8, rate };
}
