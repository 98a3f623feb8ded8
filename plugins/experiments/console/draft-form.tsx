import React, { useState } from 'react';
import { Button, CheckField, ErrorNotice, fieldsOf, Panel, SelectField, TextArea, TextField, useAction } from '../../../core/console/kit/index.tsx';
import type { Metric } from '../model.ts';
import type { BlendChoice } from './answer.ts';
import { ArmFields, type ArmValues } from './arm-fields.tsx';
import { metricMeanings, metricNames } from './words.tsx';

export interface DraftValues {
  readonly name: string;
  readonly hypothesis: string;
  readonly metric: Metric;
  readonly includeSimulated: boolean;
  readonly arms: readonly ArmValues[];
}
export interface DraftFormProps {
  readonly blends: readonly BlendChoice[];
  readonly first: DraftValues;
  readonly save: (values: DraftValues) => Promise<void>;
  readonly submit: string;
  readonly cancel?: () => void;
}

export function DraftForm({ blends, first, save, submit, cancel }: DraftFormProps) {
  const [values, setValues] = useState(first),
    saving = useAction(() => save(values));
  const change = (part: Partial<DraftValues>): void => setValues({ ...values, ...part });
  const errors = fieldsOf(saving.error),
    beside = Object.keys(errors).length > 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void saving.run();
      }}
      noValidate
    >
      <Panel title="What you want to know">
        <TextField label="Name" value={values.name} maxLength={120} error={errors['name']} onChange={(name) => change({ name })} />
        <TextArea
          label="Hypothesis"
          value={values.hypothesis}
          maxLength={2000}
          error={errors['hypothesis']}
          onChange={(hypothesis) => change({ hypothesis })}
          hint="What do you expect, and why? “Viewers click more when lists follow their taste, because …” Written down now, it cannot bend to the result."
        />
        <SelectField
          label="Decided by"
          value={values.metric}
          error={errors['metric']}
          onChange={(metric) => change({ metric: metric as Metric })}
          options={Object.entries(metricNames).map(([value, label]) => ({ value, label }))}
          hint={`${metricNames[values.metric]}: ${metricMeanings[values.metric]}.`}
        />
        <CheckField
          label="Simulated viewers take part"
          value={values.includeSimulated}
          onChange={(includeSimulated) => change({ includeSimulated })}
          hint="To try the experiment out with npm run simulate. They show how it works, not what people want."
        />
      </Panel>
      <ArmFields arms={values.arms} blends={blends} errors={errors} onChange={(arms) => change({ arms })} />
      {!beside && <ErrorNotice error={saving.error} />}
      {beside && (
        <p className="mq-error" role="alert" style={{ marginBottom: 12 }}>
          Not saved: see the messages beside the fields.
        </p>
      )}
      <div className="mq-actions">
        <Button look="main" type="submit" busy={saving.busy}>
          {submit}
        </Button>
        {cancel && <Button onClick={cancel}>Cancel</Button>}
      </div>
    </form>
  );
}
