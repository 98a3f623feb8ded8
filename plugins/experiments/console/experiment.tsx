/// <reference lib="dom" />
import React, { useState } from 'react';
import { Busy, ErrorNotice, LinkButton, Page, useData } from '../../../core/console/kit/index.tsx';
import type { ExperimentAnswer } from './answer.ts';
import { BeforeLaunch } from './design/checklist.tsx';
import { EditDraft } from './edit.tsx';
import { ExpectedLiftOfDraft } from './expected-lift.tsx';
import { ProofOfDraft } from './proof.tsx';
import { History, Setup } from './result/facts.tsx';
import { Exports, QaLinks, SideBySide } from './result/look.tsx';
import { NewPhase } from './result/phase.tsx';
import { Record } from './result/record.tsx';
import { Results } from './result/results.tsx';
import { Steps } from './result/steps.tsx';
import { data as path, page } from './words.tsx';

/** A holdout stays as it is until it ends. */
const renewable = ({ status, kind }: ExperimentAnswer['experiment']): boolean => (status === 'running' || status === 'paused') && kind !== 'holdout';

/** All about one experiment, the verdict first. */
export function ExperimentPage({ id }: { readonly id: number }) {
  const { data, error, reload } = useData<ExperimentAnswer>(`${path}/${id}`, { every: 15_000 });
  // Which form is open, not whether one is: a draft that somebody else launches must not turn into another form.
  const [form, open] = useState<'draft' | 'phase'>();
  const close = (): void => {
    open(undefined);
    document.getElementById('main')?.focus();
  };
  const ends = {
    reload,
    cancel: close,
    done: async (): Promise<void> => {
      await reload();
      close();
    },
  };
  return (
    <Page
      title={data?.experiment.name ?? 'Experiment'}
      {...(data?.experiment.hypothesis && { lead: data.experiment.hypothesis })}
      actions={<LinkButton href={page()}>All experiments</LinkButton>}
    >
      <ErrorNotice error={error} />
      {!data && !error && <Busy what="the experiment" />}
      {data && form === 'draft' && <EditDraft {...data} {...ends} />}
      {data && form === 'phase' && <NewPhase {...data} {...ends} />}
      {data && !form && (
        <>
          <Steps
            {...data}
            reload={reload}
            {...(data.experiment.status === 'draft' && { edit: () => open('draft') })}
            {...(renewable(data.experiment) && { renew: () => open('phase') })}
          />
          {data.experiment.status === 'draft' && <BeforeLaunch {...data} />}
          {data.results && <Results answer={data} results={data.results} />}
          {data.experiment.startedAt === null && <ExpectedLiftOfDraft id={id} />}
          {data.experiment.status === 'draft' && data.experiment.kind === 'ab' && <ProofOfDraft experiment={data.experiment} />}
          <Setup {...data} />
          {data.experiment.kind !== 'holdout' && <SideBySide experiment={data.experiment} />}
          {data.experiment.kind !== 'holdout' && !data.experiment.stoppedAt && <QaLinks {...data} />}
          {data.results && <Record {...data} reload={reload} />}
          {data.results && <Exports id={id} singles={data.singles} />}
          <History history={data.history} />
        </>
      )}
    </Page>
  );
}
