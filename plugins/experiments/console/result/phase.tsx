import React, { useState } from 'react';
import { Busy, Button, ErrorNotice, fetchJson, fieldsOf, Form, Panel, TextArea, useAction, useData } from '../../../../core/console/kit/index.tsx';
import type { ChoicesAnswer, ExperimentAnswer } from '../answer.ts';
import { DraftForm } from '../design/form.tsx';
import { MomentInput, PercentInput } from '../design/inputs.tsx';
import { valuesOf, type DraftValues } from '../design/values.tsx';
import { base, data as path } from '../words.tsx';

interface ChangeProps extends ExperimentAnswer {
  readonly done: () => Promise<void>;
  readonly cancel: () => void;
}

/** Begins anew with another design: results count from then on. */
export function NewPhase({ experiment, blends, done, cancel }: ChangeProps) {
  const { data, error } = useData<ChoicesAnswer>(`${base}/choices`),
    [reason, setReason] = useState(''),
    [missing, setMissing] = useState<string>();
  const save = async (values: DraftValues): Promise<void> => {
    const { name: _name, hypothesis: _hypothesis, kind: _kind, metric: _metric, startsAt: _startsAt, ...design } = values;
    try {
      await fetchJson(`${path}/${experiment.id}/phase`, { body: { ...design, reason, version: experiment.version } });
    } catch (failure) {
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
      <DraftForm choices={data} first={valuesOf({ experiment, blends })} save={save} submit="Begin the phase" phase cancel={cancel} />
    </>
  );
}

/** What may change while it runs: more coverage, another end. */
export function Adjust({
  experiment: { id, version, coverage: now, endsAt: end, ramp },
  reload,
}: Pick<ExperimentAnswer, 'experiment'> & { readonly reload: () => Promise<void> }) {
  const [coverage, setCoverage] = useState(now),
    [endsAt, setEndsAt] = useState(end);
  const save = useAction(async () => {
    const body = { version, ...(coverage !== now && { coverage }), ...(endsAt !== end && { endsAt }) };
    await fetchJson(`${path}/${id}/adjust`, { body });
    await reload();
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
          onChange={setCoverage}
          hint={ramp.length > 0 ? 'Changed by hand, the ramp ends here.' : 'It can grow, not shrink: whoever takes part stays in.'}
        />
        <MomentInput label="End (optional)" value={endsAt} error={errors['endsAt']} onChange={setEndsAt} />
      </div>
    </Form>
  );
}
