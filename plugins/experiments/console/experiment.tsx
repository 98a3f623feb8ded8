import React, { useState } from 'react';
import { Busy, ErrorNotice, fetchJson, LinkButton, Page, useData } from '../../../core/console/kit/index.tsx';
import type { ChoicesAnswer, ExperimentAnswer } from './answer.ts';
import { DraftForm } from './design/form.tsx';
import { valuesOf, type DraftValues } from './design/values.tsx';
import { ExpectedLiftOfDraft } from './expected-lift.tsx';
import { ProofOfDraft } from './proof.tsx';
import { History, Setup } from './result/facts.tsx';
import { Exports, QaLinks, SideBySide } from './result/look.tsx';
import { NewPhase } from './result/phase.tsx';
import { Record } from './result/record.tsx';
import { Results } from './result/results.tsx';
import { Steps } from './result/steps.tsx';
import { base, data as path, page } from './words.tsx';

const launched: readonly string[] = ['running', 'paused'];

/** All about one experiment, the verdict first. */
export function ExperimentPage({ id }: { readonly id: number }) {
  const { data, error, reload } = useData<ExperimentAnswer>(`${path}/${id}`, { every: 15_000 });
  const [editing, setEditing] = useState(false);
  const cancel = (): void => setEditing(false);
  const done = async (): Promise<void> => {
    await reload();
    setEditing(false);
  };
  return (
    <Page
      title={data?.experiment.name ?? 'Experiment'}
      {...(data?.experiment.hypothesis && { lead: data.experiment.hypothesis })}
      actions={<LinkButton href={page()}>All experiments</LinkButton>}
    >
      <ErrorNotice error={error} />
      {!data && !error && <Busy what="the experiment" />}
      {data && editing && data.experiment.status === 'draft' && <Edit {...data} done={done} cancel={cancel} />}
      {data && editing && data.experiment.status !== 'draft' && <NewPhase {...data} done={done} cancel={cancel} />}
      {data && !editing && (
        <>
          <Steps
            {...data}
            reload={reload}
            {...(data.experiment.status === 'draft' && { edit: () => setEditing(true) })}
            {...(launched.includes(data.experiment.status) && { renew: () => setEditing(true) })}
          />
          {data.results && <Results answer={data} results={data.results} />}
          {data.experiment.startedAt === null && <ExpectedLiftOfDraft id={id} />}
          {data.experiment.status === 'draft' && data.experiment.kind === 'ab' && <ProofOfDraft experiment={data.experiment} />}
          <Setup {...data} />
          <SideBySide experiment={data.experiment} />
          {!data.experiment.stoppedAt && <QaLinks {...data} />}
          {data.results && <Record {...data} reload={reload} />}
          {data.results && <Exports id={id} />}
          <History history={data.history} />
        </>
      )}
    </Page>
  );
}

interface EditProps extends ExperimentAnswer {
  readonly done: () => Promise<void>;
  readonly cancel: () => void;
}

function Edit({ experiment, blends, conflicts, done, cancel }: EditProps) {
  const { data, error } = useData<ChoicesAnswer>(`${base}/choices`);
  const save = async (values: DraftValues): Promise<void> => {
    await fetchJson(`${path}/${experiment.id}`, { body: { ...values, version: experiment.version } });
    await done();
  };
  if (!data) return error ? <ErrorNotice error={error} /> : <Busy what="the form" />;
  return (
    <DraftForm choices={data} first={valuesOf({ experiment, blends })} conflicts={conflicts} save={save} submit="Save changes" cancel={cancel} />
  );
}
