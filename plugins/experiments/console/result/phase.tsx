import React, { useState } from 'react';
import {
  Busy,
  Button,
  ErrorNotice,
  fetchJson,
  fieldsOf,
  Form,
  isStale,
  Panel,
  TextArea,
  useAction,
  useData,
} from '../../../../core/console/kit/index.tsx';
import type { ChoicesAnswer, ExperimentAnswer } from '../answer.ts';
import { DraftForm } from '../design/form.tsx';
import { MomentInput, PercentInput } from '../design/inputs.tsx';
import { valuesOf, type DraftValues } from '../design/values.tsx';
import type { FormEnds } from '../edit.tsx';
import { Meanwhile, useOpened } from '../meanwhile.tsx';
import { base, data as path } from '../words.tsx';

/** Begins anew with another design: results count from then on. */
export function NewPhase({ experiment, blends, reload, done, cancel }: ExperimentAnswer & FormEnds) {
  const { data, error } = useData<ChoicesAnswer>(`${base}/choices`),
    [reason, setReason] = useState(''),
    [missing, setMissing] = useState<string>(),
    form = useOpened({ experiment, blends });
  const save = async (values: DraftValues): Promise<void> => {
    const { name: _name, hypothesis: _hypothesis, kind: _kind, metric: _metric, startsAt: _startsAt, ...design } = values;
    try {
      await fetchJson(`${path}/${experiment.id}/phase`, { body: { ...design, reason, version: form.opened.experiment.version } });
    } catch (failure) {
      if (isStale(failure)) await reload();
      setMissing(fieldsOf(failure)['reason']);
      throw failure;
    }
    await done();
  };
  if (!data) return error ? <ErrorNotice error={error} /> : <Busy what="the form" />;
  return (
    <>
      <Panel
        title="New phase"
        lead="Viewers are shared out anew, and results count from now on. Name, hypothesis, kind and what decides stay; the phase before stays on record."
      >
        <TextArea label="Why does it begin anew?" value={reason} onChange={setReason} maxLength={2000} error={missing} />
      </Panel>
      <DraftForm
        key={form.round}
        choices={data}
        first={valuesOf(form.opened)}
        save={save}
        submit="Begin the phase"
        phase
        cancel={cancel}
        notice={<Meanwhile {...form} now={{ experiment, blends }} while={['running', 'paused']} />}
      />
    </>
  );
}

/** What may change while it runs: more coverage, another end. */
export function Adjust({
  experiment: { id, version, coverage: now, endsAt: end, ramp },
  reload,
}: Pick<ExperimentAnswer, 'experiment'> & { readonly reload: () => Promise<void> }) {
  // What is not touched follows what is stored: the ramp goes on while somebody types.
  const [typed, type] = useState<{ readonly coverage?: number; readonly endsAt?: string | null }>({});
  const { coverage = now, endsAt = end } = typed;
  const save = useAction(async () => {
    const body = { version, ...(coverage !== now && { coverage }), ...(endsAt !== end && { endsAt }) };
    await fetchJson(`${path}/${id}/adjust`, { body });
    await reload();
    type({});
  });
  const errors = fieldsOf(save.error);
  return (
    <Form
      action={save}
      buttons={
        <Button type="submit" busy={save.busy} disabled={coverage === now && endsAt === end}>
          Change it
        </Button>
      }
    >
      <div className="mq-inline mq-top">
        <PercentInput
          label="Coverage in percent"
          value={coverage}
          min={0}
          max={100}
          error={errors['coverage']}
          onChange={(next) => type({ ...typed, coverage: next })}
          hint={ramp.length > 0 ? 'Changed by hand, the ramp ends here.' : 'It can grow, not shrink: whoever takes part stays in.'}
        />
        <MomentInput label="End (optional)" value={endsAt} error={errors['endsAt']} onChange={(next) => type({ ...typed, endsAt: next })} />
      </div>
    </Form>
  );
}
