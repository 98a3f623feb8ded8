import React from 'react';
import { Button, Panel } from '../../../../core/console/kit/index.tsx';
import { MomentInput, NumberInput, PercentInput } from './inputs.tsx';
import type { StepProps } from './values.tsx';

/** When it starts and ends, and how it grows. */
export function Timing({ values, change, choices, errors, phase }: StepProps) {
  const { ramp } = values;
  const put = (at: number, part: object): void => change({ ramp: ramp.map((step, i) => (i === at ? { ...step, ...part } : step)) });
  return (
    <Panel title="When" lead={`${phase ? 'The phase begins at once.' : 'Without a start, it begins with the launch.'} Times are your own.`}>
      <div className="mq-inline mq-top">
        {!phase && (
          <MomentInput label="Start (optional)" value={values.startsAt} error={errors['startsAt']} onChange={(startsAt) => change({ startsAt })} />
        )}
        <MomentInput label="End (optional)" value={values.endsAt} error={errors['endsAt']} onChange={(endsAt) => change({ endsAt })} />
        <NumberInput
          label="Days that it runs at least"
          value={values.minDays}
          min={0}
          max={365}
          error={errors['minDays']}
          onChange={(minDays) => change({ minDays })}
          hint="Whole weeks are best: weekends differ."
        />
      </div>
      <fieldset className="mq-fieldset">
        <legend>
          {ramp.length === 0 ? 'No ramp: all of the coverage from the start' : 'Ramp: a step waits where something is wrong or a guardrail is worse'}
        </legend>
        {ramp.map((step, at) => (
          <div key={at} className="mq-inline mq-top" role="group" aria-label={`Step ${at + 1}`}>
            <PercentInput
              label="Percent of viewers"
              value={step.coverage}
              min={0}
              max={100}
              error={errors[`ramp.${at}.coverage`]}
              onChange={(coverage) => put(at, { coverage })}
            />
            <NumberInput
              label="Hours at least"
              value={step.hours}
              min={0}
              error={errors[`ramp.${at}.hours`]}
              onChange={(hours) => put(at, { hours })}
            />
            <Button look="quiet" aria-label={`Remove step ${at + 1}`} onClick={() => change({ ramp: ramp.filter((_, i) => i !== at) })}>
              Remove
            </Button>
          </div>
        ))}
        {errors['ramp'] && (
          <p className="mq-error" role="alert">
            {errors['ramp']}
          </p>
        )}
        <div className="mq-actions">
          {ramp.length === 0 && <Button onClick={() => change({ ramp: choices.ramp })}>Start small and grow</Button>}
          {ramp.length > 0 && <Button onClick={() => change({ ramp: [...ramp, { coverage: 1, hours: 24 }] })}>Add a step</Button>}
        </div>
      </fieldset>
    </Panel>
  );
}
