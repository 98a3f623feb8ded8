import { z } from 'zod';
import type { Sql } from '../../../core/database/sql.ts';
import { defineJob, type JobDefinition, type Jobs } from '../../../core/jobs.ts';
import { send, type Target } from './send.ts';

const name = 'experiments.webhook';

/** Enqueues what tells those outside, where an address is set. */
export const teller =
  (jobs: Pick<Jobs, 'enqueue'>, { url }: Target) =>
  async (tx: Sql, event: number): Promise<void> => {
    if (url !== '') await jobs.enqueue(tx, name, { event }, { key: `event ${event}` });
  };

/** Tells of one event, again after a while where nobody took it. */
export const webhookJob = (sql: Sql, target: Target): JobDefinition =>
  defineJob({
    name,
    title: 'Tell the webhook of an experiment’s verdict, guardrail or end',
    payload: z.strictObject({ event: z.int() }),
    attempts: 8,
    async run({ payload, signal }) {
      const body = await sql.one<{ id: number }>(message, [payload.event]);
      if (!body || target.url === '') return { sent: false };
      if (target.secret === '') throw new Error('The webhook has no secret. An admin sets one in the settings of the experiments.');
      const outcome = await send(target, String(body.id), JSON.stringify(body), signal).then(
        (status) => ({ status, error: status >= 200 && status < 300 ? '' : `The webhook answered ${status}.` }),
        (error: unknown) => ({ status: null, error: (error as Error).message }),
      );
      await log(sql, payload.event, target.url, outcome);
      if (outcome.error) throw new Error(outcome.error);
      return { sent: true, status: outcome.status };
    },
  });

const log = (sql: Sql, event: number, url: string, { status, error }: { status: number | null; error: string }): Promise<unknown> =>
  sql.rows(
    `insert into experiment_delivery (event, attempt, url, status, error)
    select $1, 1 + count(*), $2, $3, $4 from experiment_delivery where event = $1`,
    [event, url.replace(/[?#].*$/s, ''), status, error.slice(0, 500)],
  );

/** What is sent, without anything about persons. */
const message = `select v.id, v.kind, v.text, v.at, v.phase, json_build_object('id', e.id, 'name', e.name, 'status', e.status) as experiment, v.data
  from experiment_event v join experiment e on e.id = v.experiment where v.id = $1`;
