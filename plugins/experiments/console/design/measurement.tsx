import React from 'react';
import { CheckField, Button, Panel, SelectField } from '../../../../core/console/kit/index.tsx';
import type { MetricChoice } from '../answer.ts';
import { PercentInput } from './inputs.tsx';
import type { StepProps } from './values.tsx';

/** What is counted, and what decides. */
export function Metrics({ values, change, choices, errors, phase }: StepProps) {
  const { metric, secondary, kind } = values,
    together = kind === 'interleaving',
    chosen = choices.metrics.find(({ id }) => id === metric);
  const toggle = (id: string, on: boolean): void => change({ secondary: on ? [...secondary, id] : secondary.filter((one) => one !== id) });
  const wrong = errors['secondary'] ?? Object.entries(errors).find(([field]) => field.startsWith('secondary.'))?.[1];
  return (
    <Panel title="What is measured">
      {!phase && (
        <SelectField
          label="Decided by"
          value={metric}
          error={errors['metric']}
          onChange={(id) => change({ metric: id, secondary: secondary.filter((one) => one !== id) })}
          options={choices.metrics
            .filter(
              ({ id, interleaved, kind: of }) => id === metric || (together ? interleaved === 'decide' : kind !== 'bandit' || of !== 'quantile'),
            )
            .map(({ id, title }) => ({ value: id, label: title }))}
          hint={chosen ? `One metric decides: ${chosen.noun}; ${chosen.better === 'up' ? 'more' : 'less'} is better.` : 'Choose one that is counted.'}
        />
      )}
      {together ? (
        <p className="mq-hint">
          Each viewer sees films of both arms in one list. So only what is done with single films can be told apart: clicks, successes, dismissals.
          Everything of these is shown.
        </p>
      ) : (
        <fieldset className="mq-fieldset">
          <legend>Also looked at, without deciding</legend>
          <div className="mq-many">
            {choices.metrics
              .filter(({ id }) => id !== metric)
              .map(({ id, title }) => (
                <CheckField key={id} label={title} value={secondary.includes(id)} onChange={(on) => toggle(id, on)} />
              ))}
          </div>
          {wrong && (
            <p className="mq-error" role="alert">
              {wrong}
            </p>
          )}
        </fieldset>
      )}
      <Guardrails
        values={values}
        change={change}
        errors={errors}
        metrics={choices.metrics.filter(({ id, interleaved }) => !together || interleaved || values.guardrails.some((one) => one.metric === id))}
      />
    </Panel>
  );
}

/** Metrics that must not become worse. */
function Guardrails({
  values: { guardrails },
  change,
  errors,
  metrics,
}: Omit<StepProps, 'choices' | 'phase'> & { readonly metrics: readonly MetricChoice[] }) {
  const put = (at: number, part: object): void => change({ guardrails: guardrails.map((one, i) => (i === at ? { ...one, ...part } : one)) });
  const free = metrics.filter(({ id }) => !guardrails.some(({ metric }) => metric === id));
  return (
    <fieldset className="mq-fieldset">
      <legend>Guardrails: when one is worse for sure, the experiment pauses by itself</legend>
      {guardrails.map(({ metric, margin }, at) => (
        <div key={metric} className="mq-inline mq-top" role="group" aria-label={`Guardrail ${at + 1}`}>
          <SelectField
            label="Guardrail"
            value={metric}
            error={errors[`guardrails.${at}.metric`]}
            onChange={(id) => put(at, { metric: id })}
            options={metrics
              .filter(({ id }) => id === metric || free.some((one) => one.id === id))
              .map(({ id, title }) => ({ value: id, label: title }))}
          />
          <PercentInput
            label="May be worse by percent"
            value={margin}
            min={0}
            max={100}
            error={errors[`guardrails.${at}.margin`]}
            onChange={(next) => put(at, { margin: next })}
          />
          <Button
            look="quiet"
            aria-label={`Remove guardrail ${at + 1}`}
            onClick={() => change({ guardrails: guardrails.filter((_, i) => i !== at) })}
          >
            Remove
          </Button>
        </div>
      ))}
      {errors['guardrails'] && (
        <p className="mq-error" role="alert">
          {errors['guardrails']}
        </p>
      )}
      <Button disabled={free.length === 0} onClick={() => change({ guardrails: [...guardrails, { metric: free[0]!.id, margin: 0.02 }] })}>
        Add a guardrail
      </Button>
    </fieldset>
  );
}
