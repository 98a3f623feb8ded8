import React, { useState } from 'react';
import { Button, ErrorNotice, fieldsOf, Notice, Panel, SelectField, TextArea } from '../../../../core/console/kit/index.tsx';
import type { ExperimentAnswer } from '../answer.ts';

export interface StopFormProps extends Pick<ExperimentAnswer, 'experiment' | 'results'> {
  readonly error: unknown;
  readonly busy: boolean;
  /** it ended by its schedule: only the decision is missing */
  readonly over: boolean;
  readonly stop: (decision: { readonly decision: string; readonly arm?: string; readonly reason: string }) => void;
  readonly cancel: () => void;
}

/** Ends the experiment. Nothing is decided for the operator: the choice starts empty. */
export function StopForm({ experiment, results, error, busy, over, stop, cancel }: StopFormProps) {
  const [choice, choose] = useState(''),
    [reason, setReason] = useState('');
  const errors = fieldsOf(error),
    control = experiment.arms.find(({ key }) => key === 'control');
  // Of a holdout nothing can be shipped: it only ends.
  const holdout = experiment.kind === 'holdout',
    [decision = '', arm] = (holdout ? 'keep' : choice).split(':');
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        stop({ decision, ...(arm && { arm }), reason });
      }}
    >
      <Panel title={holdout ? 'End the holdout' : over ? 'Decide' : 'Stop and decide'} lead={leadOf(holdout, over)}>
        {results && results.verdict.kind !== 'good' && !holdout && (
          <Notice kind="warn" title="The verdict so far">
            {results.verdict.title}.
          </Notice>
        )}
        {!holdout && (
          <SelectField
            label="What do you decide?"
            value={choice}
            onChange={choose}
            error={errors['decision'] ?? errors['arm']}
            options={[
              { value: '', label: 'Choose …' },
              ...experiment.arms
                .filter(({ key }) => key !== 'control')
                .map(({ key, name }) => ({ value: `ship:${key}`, label: `Ship “${name}”: it becomes the default blend` })),
              { value: 'keep', label: `Keep “${control?.name}”: nothing changes` },
              { value: 'inconclusive', label: 'Inconclusive: nothing changes' },
            ]}
          />
        )}
        <TextArea
          label="Why?"
          value={reason}
          onChange={setReason}
          maxLength={2000}
          error={errors['reason']}
          hint="A sentence for whoever reads this in a year."
        />
        {Object.keys(errors).length === 0 && <ErrorNotice error={error} />}
        <div className="mq-actions">
          <Button look="danger" type="submit" busy={busy}>
            {holdout ? 'End it' : over ? 'Decide' : 'Stop the experiment'}
          </Button>
          {!over && <Button onClick={cancel}>Let it be</Button>}
        </div>
      </Panel>
    </form>
  );
}

function leadOf(holdout: boolean, over: boolean): string {
  if (holdout) return 'Those who were held out take part in experiments from their next page on. What it showed stays here.';
  return over
    ? 'The experiment is over; what it showed is below.'
    : 'This ends the experiment for good, and every viewer gets the default blend again.';
}
