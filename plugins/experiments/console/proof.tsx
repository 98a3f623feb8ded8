import React, { useState } from 'react';
import {
  ago,
  Badge,
  Busy,
  Button,
  ErrorNotice,
  fetchJson,
  Notice,
  number,
  Panel,
  percent,
  Progress,
  Table,
  useAction,
  useData,
} from '../../../core/console/kit/index.tsx';
import type { Proof, ProofAnswer } from '../proof/result.ts';
import type { ExperimentAnswer, Sent } from './answer.ts';
import { data as path } from './words.tsx';

type Answer = Sent<ProofAnswer>;
type Known = NonNullable<Answer['proof']>;
type Way = Known['ways'][number];
type Rate = Way['found'];

const alive = ({ run }: Answer): boolean => run?.status === 'queued' || run?.status === 'running';

/** "Prove it to me": what the draft's test would find on the site's own past. */
export function ProofOfDraft({ experiment: { id, version } }: Pick<ExperimentAnswer, 'experiment'>) {
  const [busy, setBusy] = useState(false);
  const { data, error, reload } = useData<Answer>(`${path}/${id}/proof`, { every: busy ? 1_000 : 10_000 });
  const ask = useAction(async () => {
    await fetchJson(`${path}/${id}/proof`, { body: { version } });
    await reload();
  });
  const cancel = useAction(async (run: number) => {
    await fetchJson(`/admin/data/core/jobs/${run}/cancel`, { method: 'POST' });
    await reload();
  });
  const running = data !== undefined && alive(data);
  if (running !== busy) setBusy(running);
  return (
    <Panel
      id="proof"
      title="Prove it to me"
      lead="Runs this test again and again on what your own viewers did in the last weeks: first with nothing to find, then with the change that you look for. Nothing changes for viewers."
      actions={
        <Button busy={ask.busy} disabled={running || !data} onClick={() => void ask.run()}>
          {data?.proof ? 'Prove it again' : 'Prove it'}
        </Button>
      }
    >
      <ErrorNotice error={error ?? ask.error ?? cancel.error} />
      {!data && !error && <Busy what="what was proved" />}
      {data?.run && running && <Running run={data.run} busy={cancel.busy} cancel={() => void cancel.run(data.run!.id)} />}
      {data?.run && !running && <Ended {...data} run={data.run} />}
      {data?.proof && <Proved proof={data.proof} />}
    </Panel>
  );
}

function Running({ run, busy, cancel }: { readonly run: NonNullable<Answer['run']>; readonly busy: boolean; readonly cancel: () => void }) {
  return (
    <>
      <Progress value={run.progress} label="Proving it" note={run.status === 'queued' ? 'waiting for a worker' : run.note} />
      <div className="mq-actions" style={{ marginTop: 12 }}>
        <Button busy={busy} disabled={run.cancelRequested} onClick={cancel}>
          {run.cancelRequested ? 'Cancelling' : 'Cancel'}
        </Button>
      </div>
    </>
  );
}

/** An attempt that came to nothing; one that is older than the proof is forgotten. */
function Ended({ run, proof }: { readonly run: NonNullable<Answer['run']>; readonly proof: Answer['proof'] }) {
  if (run.status === 'done' || (proof && run.finishedAt && run.finishedAt < proof.at)) return null;
  if (run.status === 'cancelled') return <Notice>The last attempt was cancelled.</Notice>;
  return <Notice kind="bad">The last attempt failed. {run.error}</Notice>;
}

function Proved({ proof }: { readonly proof: Known }) {
  return (
    <>
      {!proof.current && (
        <Notice kind="warn" title="Older than the draft">
          The draft was changed since. Prove it again to see what it comes to now.
        </Notice>
      )}
      <ul className="mq-checks">
        {proof.says.map(({ level, text }) => (
          <li key={text}>
            <Badge kind={level}>{level === 'good' ? 'fine' : 'mind'}</Badge> {text}
          </li>
        ))}
      </ul>
      <Table
        caption="What each way to look at the test comes to"
        rows={proof.ways}
        rowKey={({ id }) => id}
        empty=""
        stacked
        columns={[
          {
            title: 'Way to look',
            cell: ({ id }) => (
              <>
                {wayOf(id, proof)} {id === proof.own && <Badge kind="info">this draft</Badge>}
              </>
            ),
          },
          { title: 'False alarms', right: true, cell: ({ falseAlarms }) => <Share rate={falseAlarms} /> },
          { title: 'Finds it', right: true, cell: ({ found }) => <Share rate={found} /> },
        ]}
      />
      <p className="mq-hint">
        Worked out {ago(proof.at)} from {number(proof.viewers)} viewers of {proof.period}: {number(proof.runs)} tests of {number(proof.units)} viewers
        each. “It” is {percent(Math.abs(proof.effect), 0)} {proof.effect < 0 ? 'less' : 'more'}.
      </p>
      <Method proof={proof} />
    </>
  );
}

const Share = ({ rate: { share, low, high } }: { readonly rate: Rate }) => (
  <>
    <strong>{percent(share)}</strong>
    <div className="mq-soft mq-small" style={{ whiteSpace: 'normal' }}>
      {number(low * 100, 1)} to {percent(high).replace(' ', '\u00a0')}
    </div>
  </>
);

function wayOf(id: Proof['own'], { looks }: Pick<Proof, 'looks'>): string {
  const ways: Record<Proof['own'], string> = {
    fixed: 'One look at the end',
    'fixed-peeking': 'Meant for one look, looked at 20 times',
    sequential: 'Meant for looking at any time, looked at 20 times',
    'group-sequential': `${number(looks)} planned looks`,
    bayes: 'Chance to win, one look at the end',
    'bayes-peeking': 'Chance to win, looked at 20 times',
  };
  return ways[id];
}

const leftOut: Record<Proof['without'][number], string> = {
  correction: 'The correction for many questions is left out: with it, less is found.',
  targeting: 'The conditions on who takes part are left out: all viewers are drawn from.',
};

const Method = ({ proof: { metric, viewers, compared, effect, alpha, planned, runs, seed, past, without } }: { readonly proof: Known }) => (
  <details className="mq-details">
    <summary>The exact method</summary>
    <p>
      For each of {number(runs)} runs, {number(compared[0])} viewers of the control and {number(compared[1])} of the (smallest) other arm are drawn
      with replacement from {number(viewers)} viewers (bootstrap), each with all that he or she did by “{metric}”, nothing included. With nothing to
      find, the arms are compared as drawn (a simulated A/A test). With the change, the other arm’s values are multiplied by {number(1 + effect, 3)};
      of viewers who either do it or not, as many {effect < 0 ? 'fewer' : 'more'} do it. A run counts as found as soon as an interval of level{' '}
      {percent(1 - alpha)} leaves out zero, in either direction: at the end, at one of the planned looks, or at any of 20 looks at equal parts of the
      viewers. The ranges beside the shares are Wilson’s intervals at 95 % and only say how exact {number(runs)} runs are.
    </p>
    <p>
      By formula, the draft finds the change in {percent(planned)} of the cases at its last look. The random numbers begin with seed {seed}, so that
      the same past gives the same figures.
    </p>
    {past && (
      <p>
        As in the results, what each viewer did in the {past.days} days before is taken into account (CUPED)
        {past.groups > 1 && <>, and so is which of {past.groups} groups of viewers he or she was in (post-stratification)</>}.
      </p>
    )}
    {without.length > 0 && <p>{without.map((what) => leftOut[what]).join(' ')}</p>}
  </details>
);
