import { createLogger } from '../core/log.ts';
import { openDatabase } from './database.ts';
import { loadEnv } from './env.ts';
import { Steps } from './steps.ts';

/** `npm run migrate`: brings the tables up to date and ends. Starting the site does the same. */
const env = loadEnv();
const database = await openDatabase(env, new Steps(), createLogger(env.LOG_LEVEL));
await database.sequelize.close();
await database.stop();
