import React, { useState } from 'react';
import { Busy, ErrorNotice, fetchJson, LinkButton, Page, useData } from '../../../core/console/kit/index.tsx';
import type { ExperimentAnswer } from './answer.ts';
import { DraftForm, type DraftValues } from './draft-form.tsx';
import { History, Setup } from './facts.tsx';
import { Results } from './results.tsx';
import { Steps } from './steps.tsx';
import { data as path, page } from './words.tsx';

/** All about one experiment, the verdict first. */
export function ExperimentPage({ id }: { readonly id: number }) {
  const { data, error, reload } = useData<ExperimentAnswer>(`${path}/${id}`, { every: 15_000 });
  const [editing, setEditing] = useState(false);
  return (
    <Page
      title={data?.experiment.name ?? 'Experiment'}
      {...(data?.experiment.hypothesis && { lead: data.experiment.hypothesis })}
      actions={<LinkButton href={page()}>All experiments</LinkButton>}
    >
      <ErrorNotice error={error} />
      {!data && !error && <Busy what="the experiment" />}
      {data && editing && (
        <Edit
          {...data}
          done={async () => {
            await reload();
            setEditing(false);
          }}
          cancel={() => setEditing(false)}
        />
      )}
      {data && !editing && (
        <>
          <Steps {...data} reload={reload} {...(data.experiment.status === 'draft' && { edit: () => setEditing(true) })} />
          {data.results && <Results experiment={data.experiment} results={data.results} />}
          <Setup {...data.experiment} />
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

function Edit({ experiment, blends, done, cancel }: EditProps) {
  const { id, version, name, hypothesis, metric, includeSimulated, arms } = experiment;
  const first: DraftValues = {
    name,
    hypothesis,
    metric,
    includeSimulated,
    arms: arms.map(({ key, name: own, share, blend, overrides }) => ({
      key,
      share,
      blend,
      overrides,
      name: blends.some((one) => one.name === own) ? '' : own,
    })),
  };
  const save = async (values: DraftValues): Promise<void> => {
    await fetchJson(`${path}/${id}`, { body: { ...designOf(experiment), ...values, version } });
    await done();
  };
  return <DraftForm blends={blends} first={first} save={save} submit="Save changes" cancel={cancel} />;
}

/** What the form does not ask for stays as it is. */
function designOf(experiment: ExperimentAnswer['experiment']): object {
  const fields = ['layer', 'start', 'end', 'coverage', 'targeting', 'includeStaff', 'startsAt', 'endsAt', 'ramp', 'engine', 'alpha'] as const;
  const more = ['settings', 'correction', 'cuped', 'secondary', 'guardrails', 'minDays', 'plannedUnits', 'mde'] as const;
  return Object.fromEntries([...fields, ...more].map((field) => [field, experiment[field]]));
}
