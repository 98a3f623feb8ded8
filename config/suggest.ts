import { createLogger } from '../core/log.ts';
import { BlendSpec } from '../recommend/blend-spec.ts';
import { gatherSignals } from '../recommend/signals.ts';
import { loadTrainingData } from '../jobs/training/training-data.ts';
import { openDatabase } from './database.ts';
import { loadEnv } from './env.ts';
import { suggestCommand, type Known } from './evaluation/suggesting.ts';
import { terminal } from './evaluation/terminal.ts';
import { firstBlend } from './first-blend.ts';
import { plugins } from './plugins.ts';
import { Steps } from './steps.ts';

/** The site's own ratings, with the usual kinds of events, and its default blend. */
async function ofSite(): Promise<Known> {
  const env = loadEnv(),
    database = await openDatabase(env, new Steps(process.stderr), createLogger(env.LOG_LEVEL));
  const stored = await database.sql.one<{ spec: unknown }>(
    'select v.spec from blend_version v join blend b on b.id = v.blend where b.is_default order by v.id desc limit 1',
  );
  const { data } = await loadTrainingData(database.sql, plugins, gatherSignals([]));
  await database.sequelize.close();
  await database.stop();
  return { data, current: BlendSpec.parse(stored?.spec ?? firstBlend.spec) };
}

await suggestCommand(process.argv.slice(2), terminal(), ofSite);
