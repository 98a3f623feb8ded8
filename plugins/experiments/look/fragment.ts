import type { Request, Response } from 'express';
import type { Sql } from '../../../core/database/sql.ts';
import type { Fragment } from '../../../core/http/fragment.ts';
import type { RunningExperiments } from '../assignment/running.ts';

/** Set while a browser looks at an arm, so that pages of all others need not ask whether they do. */
const cookieName = 'looking';
const shape = /(?:^|;\s*)looking=1(?:;|$)/;
export const markLooking = (response: Response, until: Date, secure: boolean): void =>
  void response.cookie(cookieName, '1', { httpOnly: true, sameSite: 'lax', secure, expires: until, path: '/' });
export const unmarkLooking = (response: Response): void => void response.clearCookie(cookieName, { path: '/' });

/** On every page of whoever looks at an arm: which one, and the way out. */
export const lookNotice = (sql: Sql, running: Pick<RunningExperiments, 'forced'>): Fragment => ({
  slot: 'notices',
  order: 10,
  template: 'experiments/looking',
  async load(request, subjects) {
    const looks = mayLook(request) ? await looksOf(sql, running, request) : [];
    return new Map(looks.length > 0 ? subjects.map((subject) => [subject, { looks }]) : []);
  },
});

const mayLook = ({ account, headers }: Request): boolean => account !== undefined || shape.test(headers.cookie ?? '');

async function looksOf(sql: Sql, running: Pick<RunningExperiments, 'forced'>, request: Request): Promise<object[]> {
  const unit = await request.unit(),
    forced = await running.forced(unit, request.clock);
  if (forced.length === 0) return [];
  return sql.rows(
    `select e.name as experiment, a.name as arm from experiment_forced f join experiment e on e.id = f.experiment
      join experiment_arm a on a.experiment = e.id and a.phase = e.phase and a.key = f.arm
    where f.unit = $1 and f.until > $2 and e.status not in ('stopped', 'archived') order by e.id`,
    [unit, request.clock],
  );
}
