import React, { useState } from 'react';
import {
  ago,
  Badge,
  Busy,
  Button,
  CheckField,
  Confirm,
  ErrorNotice,
  fetchJson,
  Page,
  Panel,
  Progress,
  seconds,
  SelectField,
  Table,
  useAction,
  useData,
  when,
  type BadgeKind,
} from '../kit/index.tsx';
import type { JobRunView, JobView, RunStatus } from '../ports.ts';

type Json<T> = { readonly [K in keyof T]: T[K] extends Date | null | undefined ? string | null : T[K] };
type Run = Json<JobRunView>;
interface Answer {
  readonly runs: readonly Run[];
  readonly jobs: readonly Json<JobView>[];
  readonly more: boolean;
}

const states: Record<RunStatus, readonly [string, BadgeKind]> = {
  queued: ['waiting', 'neutral'],
  running: ['running', 'info'],
  done: ['done', 'good'],
  failed: ['failed', 'bad'],
  dead: ['given up', 'bad'],
  cancelled: ['cancelled', 'warn'],
};

/** Work in the background: what runs, what failed and why, and what comes next. */
export default function JobsPage() {
  const [status, setStatus] = useState(new URLSearchParams(location.search).get('status') ?? ''),
    [name, setName] = useState(''),
    [before, setBefore] = useState<number>(),
    [routine, setRoutine] = useState(false);
  const query = new URLSearchParams({
    ...(status && { status }),
    ...(name && { name }),
    ...(before && { before: String(before) }),
    routine: String(routine || name !== ''),
  });
  const { data, error, reload } = useData<Answer>(`/admin/data/core/jobs?${query.toString()}`, { every: before ? 10_000 : 1500 });
  const filter =
    (set: (value: string) => void) =>
    (value: string): void => {
      set(value);
      setBefore(undefined);
    };
  return (
    <Page title="Jobs" lead="Work in the background. Each run is kept with its result for a while; a run that fails is tried again by itself.">
      <ErrorNotice error={error} />
      <Panel
        title="Runs"
        actions={
          <div className="mq-inline">
            <SelectField
              label="State"
              value={status}
              onChange={filter(setStatus)}
              options={[{ value: '', label: 'All' }, ...Object.entries(states).map(([value, [label]]) => ({ value, label }))]}
            />
            <SelectField
              label="Job"
              value={name}
              onChange={filter(setName)}
              options={[{ value: '', label: 'All' }, ...(data?.jobs ?? []).map((job) => ({ value: job.name, label: job.title }))]}
            />
          </div>
        }
      >
        <CheckField
          label="Also runs of schedules that went well"
          value={routine}
          onChange={(on) => {
            setRoutine(on);
            setBefore(undefined);
          }}
        />
        {!data && !error && <Busy what="the runs" />}
        {data && <Runs {...data} reload={reload} />}
        {data && (data.more || before) && (
          <div className="mq-actions" style={{ marginTop: 16 }}>
            {before && <Button onClick={() => setBefore(undefined)}>Latest runs</Button>}
            {data.more && <Button onClick={() => setBefore(data.runs.at(-1)!.id)}>Older runs</Button>}
          </div>
        )}
      </Panel>
      {data && <Schedules jobs={data.jobs} reload={reload} />}
    </Page>
  );
}

const isAlive = ({ status }: Run): boolean => status === 'queued' || status === 'running';

function Runs({ runs, jobs, reload }: Answer & { readonly reload: () => Promise<void> }) {
  const [cancelling, cancel] = useState<Run>();
  const act = useAction(async (id: number, verb: 'cancel' | 'retry') => {
    await fetchJson(`/admin/data/core/jobs/${id}/${verb}`, { method: 'POST' });
    await reload();
  });
  const title = (run: Run): string => jobs.find((job) => job.name === run.name)?.title ?? run.name;
  const confirm = async (): Promise<void> => {
    if (cancelling && (await act.run(cancelling.id, 'cancel'))) cancel(undefined);
  };
  return (
    <>
      {!cancelling && <ErrorNotice error={act.error} />}
      <Table
        caption="Runs, latest first"
        stacked
        rows={runs}
        rowKey={({ id }) => id}
        empty="No run matches. Runs appear here as soon as a job is started, by its schedule or by hand."
        columns={[
          {
            title: 'Run',
            cell: (run) => (
              <>
                {title(run)}{' '}
                <span className="mq-soft mq-small">
                  #{run.id}
                  {subject(run)}
                </span>
              </>
            ),
          },
          { title: 'State', cell: (run) => <State {...run} /> },
          { title: 'Tried', right: true, cell: (run) => `${run.attempt} of ${run.attempts}` },
          {
            title: 'Started',
            cell: (run) => <span title={when(run.startedAt ?? run.runAt)}>{run.startedAt ? ago(run.startedAt) : `due ${ago(run.runAt)}`}</span>,
          },
          { title: 'Took', right: true, cell: (run) => seconds(duration(run)) },
          { title: 'Outcome', cell: (run) => <Outcome {...run} /> },
          {
            title: 'Action',
            cell: (run) =>
              isAlive(run) ? (
                <Button
                  disabled={run.cancelRequested}
                  onClick={() => cancel(run)}
                  aria-label={run.cancelRequested ? `Cancelling run ${run.id}` : `Cancel run ${run.id}`}
                >
                  {run.cancelRequested ? 'Cancelling' : 'Cancel'}
                </Button>
              ) : (
                run.status !== 'done' && (
                  <Button disabled={act.busy} onClick={() => void act.run(run.id, 'retry')} aria-label={`Try again: run ${run.id}`}>
                    Try again
                  </Button>
                )
              ),
          },
        ]}
      />
      <Confirm
        open={cancelling !== undefined}
        title={`Cancel run ${cancelling?.id}?`}
        confirm="Cancel the run"
        danger
        busy={act.busy}
        onConfirm={() => void confirm()}
        onCancel={() => {
          cancel(undefined);
          act.clear();
        }}
      >
        <p>{cancelling && title(cancelling)} stops at its next safe point; what it did so far has no effect. You can try it again later.</p>
        <ErrorNotice error={act.error} />
      </Confirm>
    </>
  );
}

function State(run: Run) {
  const [label, kind] = states[run.status];
  return (
    <>
      <Badge kind={kind}>{label}</Badge>
      {run.status === 'running' && <Progress value={run.progress} label={`Run ${run.id}`} note={run.note} />}
    </>
  );
}

function Outcome({ error, result, status }: Run) {
  if (error)
    return (
      <details>
        <summary>Error</summary>
        <code>{error}</code>
      </details>
    );
  const known = result !== null && result !== undefined && status === 'done';
  return known ? (
    <details>
      <summary>Result</summary>
      <code>{JSON.stringify(result)}</code>
    </details>
  ) : (
    <>–</>
  );
}

/** What a run is about, where its payload says: "· svd". */
const subject = ({ payload }: Run): string => {
  const values = Object.values(payload).filter((value) => typeof value === 'string' || typeof value === 'number');
  return values.length > 0 ? ` · ${values.join(', ')}` : '';
};
const duration = ({ startedAt, finishedAt }: Run): number | undefined =>
  startedAt ? ((finishedAt ? new Date(finishedAt).getTime() : Date.now()) - new Date(startedAt).getTime()) / 1000 : undefined;

function Schedules({ jobs, reload }: Pick<Answer, 'jobs'> & { readonly reload: () => Promise<void> }) {
  const start = useAction(async (name: string) => {
    await fetchJson(`/admin/data/core/schedules/${encodeURIComponent(name)}/run`, { method: 'POST' });
    await reload();
  });
  return (
    <Panel title="Schedules" lead="Jobs that come by themselves. Times are yours; the pattern is minute, hour, day, month and weekday in UTC.">
      <ErrorNotice error={start.error} />
      <Table
        caption="Schedules"
        stacked
        rows={jobs.filter((job) => job.every)}
        rowKey={(job) => job.name}
        empty="No plugin that is on has a schedule."
        columns={[
          { title: 'Job', cell: (job) => job.title },
          { title: 'Pattern', cell: (job) => <code className="mq-nowrap">{job.every}</code> },
          { title: 'Next', cell: (job) => (job.next ? `${when(job.next)} (${ago(job.next)})` : '–') },
          {
            title: 'Action',
            cell: (job) => (
              <Button disabled={start.busy} onClick={() => void start.run(job.name)} aria-label={`Run now: ${job.title}`}>
                Run now
              </Button>
            ),
          },
        ]}
      />
    </Panel>
  );
}
