import { CronExpressionParser } from 'cron-parser';
import { AppError } from '../core/errors.ts';
import { isCron } from '../config/cron.ts';

const badCron = (job: string, cron: string, cause?: unknown) =>
  new AppError(
    'BAD_CRON',
    500,
    `The job ${job} has the schedule "${cron}". It must be five fields, minute hour day month weekday, ` +
      `with a date that exists, like "0 4 * * *" for 4 o'clock (UTC) every day.`,
    {},
    cause,
  );

/** @throws AppError when the text is not five cron fields, or never comes true, like 31 February */
export function checkCron(job: string, cron: string): void {
  if (!isCron(cron)) throw badCron(job, cron);
  try {
    nextTick(cron, 0);
  } catch (error) {
    throw badCron(job, cron, error);
  }
}

/** The first tick after this moment (milliseconds since 1970), in UTC. */
export const nextTick = (cron: string, moment: number): Date => at(cron, moment).next().toDate();

/** The last tick up to and including this moment. */
export const lastTick = (cron: string, moment: number): Date =>
  at(cron, moment + 1)
    .prev()
    .toDate();

const at = (cron: string, moment: number) => CronExpressionParser.parse(cron, { currentDate: new Date(moment), tz: 'UTC' });
