import type { Sql } from '../../core/database/sql.ts';
import type { Experiment } from './model.ts';

export type EventKind = 'started' | 'start-refused' | 'ramped' | 'ramp-held' | 'guardrail' | 'rolled-back' | 'ended' | 'verdict';

/** Something that happened to an experiment by itself. */
export interface ExperimentEvent {
  readonly id: number;
  readonly phase: number;
  readonly at: Date;
  readonly kind: EventKind;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
}
export type NewEvent = Pick<ExperimentEvent, 'kind' | 'text'> & { readonly data?: Readonly<Record<string, unknown>> };

/** Writes it down in the transaction of what happened. @returns its id */
export async function recordEvent(
  tx: Sql,
  { id, phase }: Pick<Experiment, 'id' | 'phase'>,
  at: Date,
  { kind, text, data = {} }: NewEvent,
): Promise<number> {
  const row = await tx.one<{ id: number }>(
    'insert into experiment_event (experiment, phase, at, kind, text, data) values ($1, $2, $3, $4, $5, $6) returning id',
    [id, phase, at, kind, text.slice(0, 2000), JSON.stringify(data)],
  );
  return row!.id;
}

/** The latest first. */
export const eventsOf = (sql: Sql, experiment: number): Promise<ExperimentEvent[]> =>
  sql.rows<ExperimentEvent>('select id, phase, at, kind, text, data from experiment_event where experiment = $1 order by id desc limit 200', [
    experiment,
  ]);

/** The last one of a kind in the present phase. */
export const lastEvent = (sql: Sql, { id, phase }: Pick<Experiment, 'id' | 'phase'>, kind: EventKind): Promise<ExperimentEvent | undefined> =>
  sql.one<ExperimentEvent>(
    'select id, phase, at, kind, text, data from experiment_event where experiment = $1 and phase = $2 and kind = $3 order by id desc limit 1',
    [id, phase, kind],
  );
