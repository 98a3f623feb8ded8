import React from 'react';
import { Busy, ErrorNotice, fetchJson, isStale, useData } from '../../../core/console/kit/index.tsx';
import type { ChoicesAnswer, ExperimentAnswer } from './answer.ts';
import { DraftForm } from './design/form.tsx';
import { valuesOf, type DraftValues } from './design/values.tsx';
import { Meanwhile, useOpened } from './meanwhile.tsx';
import { base, data as path } from './words.tsx';

export interface FormEnds {
  readonly reload: () => Promise<void>;
  readonly done: () => Promise<void>;
  readonly cancel: () => void;
}

/** A draft in its form. Refused because somebody else saved it, the form stays and says what they changed. */
export function EditDraft({ experiment, blends, conflicts, reload, done, cancel }: ExperimentAnswer & FormEnds) {
  const { data, error } = useData<ChoicesAnswer>(`${base}/choices`),
    form = useOpened({ experiment, blends });
  const save = async (values: DraftValues): Promise<void> => {
    const body = { ...values, version: form.opened.experiment.version };
    await fetchJson(`${path}/${experiment.id}`, { body }).catch(async (refusal: unknown) => {
      if (isStale(refusal)) await reload();
      throw refusal;
    });
    await done();
  };
  if (!data) return error ? <ErrorNotice error={error} /> : <Busy what="the form" />;
  return (
    <DraftForm
      key={form.round}
      choices={data}
      first={valuesOf(form.opened)}
      conflicts={conflicts}
      save={save}
      submit="Save changes"
      cancel={cancel}
      notice={<Meanwhile {...form} now={{ experiment, blends }} while={['draft']} />}
    />
  );
}
