import React, { useState } from 'react';
import { Button, Confirm, ErrorNotice, fetchJson, isStale, Notice, onDay, plural, useAction, when } from '../../../../core/console/kit/index.tsx';
import type { ExperimentAnswer } from '../answer.ts';
import { useNavigate } from 'react-router-dom';
import { Launch } from './launch.tsx';
import { StopForm } from './stop-form.tsx';
import { data as path, day, decided, metricOf, page, StatusBadge } from '../words.tsx';

interface StepsProps extends ExperimentAnswer {
  readonly reload: () => Promise<void>;
  /** for a draft: opens its form */
  readonly edit?: () => void;
  /** for one that runs: opens the form of the next phase */
  readonly renew?: () => void;
}

/** Where the experiment stands, and what can be done next. */
export function Steps({ experiment, results, metrics, conflicts, reload, edit, renew }: StepsProps) {
  const { id, version, status } = experiment;
  const navigate = useNavigate();
  const [asked, ask] = useState<'launch' | 'delete' | 'stop'>();
  const step = useAction(async (name: string, body: object = {}) => {
    await fetchJson(`${path}/${id}/${name}`, { body: { version, ...body } }).catch(async (refusal: unknown) => {
      // What somebody else did stands on the page when the refusal is read.
      if (isStale(refusal)) await reload();
      throw refusal;
    });
    if (name === 'delete') navigate(page());
    else await reload();
  });
  const copying = useAction(async () => {
    const { id: copy } = await fetchJson<{ id: number }>(`${path}/${id}/copy`, { body: {} });
    navigate(page(`?id=${copy}`));
  });
  const waits = status === 'stopped' && experiment.decision === null;
  const go = async (name: string, body?: object): Promise<void> => {
    if (await step.run(name, body)) ask(undefined);
  };
  const cancel = (): void => {
    step.clear();
    ask(undefined);
  };
  return (
    <>
      <div className="mq-page-head">
        <p className="mq-actions">
          <StatusBadge status={status} />
          {results
            ? `${day(results.days)} · ${plural(results.viewers, 'viewer')} · decided by ${metricOf(metrics, experiment.metric).title.toLowerCase()}`
            : 'Nobody sees it yet.'}
        </p>
        <div className="mq-actions">
          {edit && <Button onClick={edit}>Edit</Button>}
          {renew && <Button onClick={renew}>New phase</Button>}
          {status === 'draft' && (
            <>
              <Button look="danger" onClick={() => ask('delete')}>
                Delete
              </Button>
              <Button look="main" onClick={() => ask('launch')}>
                Launch
              </Button>
            </>
          )}
          {status === 'scheduled' && (
            <Button busy={step.busy} onClick={() => void go('take-back')}>
              Take back
            </Button>
          )}
          {status === 'stopped' && !waits && (
            <Button busy={step.busy} onClick={() => void go('archive')}>
              Archive
            </Button>
          )}
          {status !== 'draft' && experiment.kind !== 'holdout' && (
            <Button busy={copying.busy} onClick={() => void copying.run()}>
              Copy to a new draft
            </Button>
          )}
          {status === 'running' && (
            <Button busy={step.busy} onClick={() => void go('pause')}>
              Pause
            </Button>
          )}
          {status === 'paused' && (
            <Button look="main" busy={step.busy} onClick={() => void go('resume')}>
              Go on
            </Button>
          )}
          {(status === 'running' || status === 'paused') && (
            <Button look="danger" aria-expanded={asked === 'stop'} onClick={() => ask('stop')}>
              {experiment.kind === 'holdout' ? 'End the holdout' : 'Stop and decide'}
            </Button>
          )}
        </div>
      </div>
      {asked === undefined && !waits && <ErrorNotice error={step.error} />}
      <ErrorNotice error={copying.error} />
      {status === 'paused' && (
        <Notice kind="warn" title="Paused">
          Everybody gets the default blend. When it goes on, each viewer is in the same arm as before.
        </Notice>
      )}
      {status === 'scheduled' && (
        <Notice title="Waits for its start">It begins by itself on {when(experiment.startsAt)}. Until then, take it back to change it.</Notice>
      )}
      {experiment.decision && <Decided {...experiment} />}
      {waits && (
        <Notice kind="warn" title="Ended, waits for your decision">
          It ended by its schedule on {onDay(experiment.stoppedAt)}, and everybody gets the default blend. Say what comes of it.
        </Notice>
      )}
      {(asked === 'stop' || waits) && (
        <StopForm
          experiment={experiment}
          results={results}
          error={step.error}
          busy={step.busy}
          over={waits}
          stop={(body) => void go(waits ? 'decide' : 'stop', body)}
          cancel={cancel}
        />
      )}
      <Launch
        experiment={experiment}
        open={asked === 'launch'}
        error={step.error}
        busy={step.busy}
        conflicts={conflicts}
        launch={() => void go('launch')}
        cancel={cancel}
      />
      <Confirm
        open={asked === 'delete'}
        title={`Delete the draft “${experiment.name}”?`}
        confirm="Delete"
        danger
        busy={step.busy}
        onConfirm={() => void go('delete')}
        onCancel={cancel}
      >
        <p>Nobody has seen it, so no results are lost. The audit log keeps what it was.</p>
        <ErrorNotice error={step.error} />
      </Confirm>
    </>
  );
}

const Decided = ({ kind, decision, decidedArm, arms, reason, stoppedAt }: ExperimentAnswer['experiment']) => (
  <Notice
    kind={decision === 'ship' ? 'good' : 'info'}
    title={kind === 'holdout' ? 'The holdout ended' : decided(decision, arms.find(({ key }) => key === decidedArm)?.name ?? null)}
  >
    {reason} ({onDay(stoppedAt)})
  </Notice>
);
