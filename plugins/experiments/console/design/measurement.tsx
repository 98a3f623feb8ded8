import React from 'react';
import { CheckField, Button, Panel, SelectField } from '../../../../core/console/kit/index.tsx';
import type { MetricChoice } from '../answer.ts';
import { correctionNames, engineMeanings, engineMethods, engineNames } from '../words.tsx';
import { NumberInput, PercentInput, type Asked } from './inputs.tsx';
import { PlanLines, type SitePlan } from './plan.tsx';
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
          <div className="mq-inline">
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

/** By which rule the numbers become an answer, and what it takes. */
export function Method({ values, change, errors, plan }: StepProps & { readonly plan: Asked<SitePlan | null> }) {
  const { engine, settings } = values;
  return (
    <Panel title="How it is decided">
      <SelectField
        label="Looks"
        value={engine}
        error={errors['engine']}
        onChange={(next) => change({ engine: next as typeof engine })}
        options={Object.entries(engineNames).map(([value, label]) => ({ value, label }))}
        hint={engineMeanings[engine]}
      />
      <details className="mq-details">
        <summary>The exact method</summary>
        <p>{engineMethods[engine]}</p>
        <div className="mq-inline mq-top">
          <NumberInput
            label="Error rate α"
            value={values.alpha}
            min={0.001}
            max={0.5}
            error={errors['alpha']}
            onChange={(alpha) => change({ alpha })}
            hint="How often arms that are alike may look different. 0.05 is usual."
          />
          {engine === 'group-sequential' && (
            <NumberInput
              label="Planned looks"
              value={settings.looks}
              min={1}
              max={50}
              error={errors['settings.looks']}
              onChange={(looks) => change({ settings: { ...settings, looks } })}
            />
          )}
          {engine === 'sequential' && (
            <NumberInput
              label="Narrowest at so many viewers (N*)"
              value={settings.tuning}
              min={10}
              error={errors['settings.tuning']}
              onChange={(tuning) => change({ settings: { ...settings, tuning } })}
            />
          )}
        </div>
        {engine === 'bayes' && <Prior values={values} change={change} errors={errors} />}
        <SelectField
          label="Correction for many questions"
          value={values.correction}
          error={errors['correction']}
          onChange={(next) => change({ correction: next as typeof values.correction })}
          options={Object.entries(correctionNames).map(([value, label]) => ({ value, label }))}
          hint="With several arms or metrics, chance has several tries. It covers what decides and what is also looked at."
        />
        <CheckField
          label="Use what is known of viewers from before (CUPED)"
          value={values.cuped}
          onChange={(cuped) => change({ cuped })}
          hint="Takes off what viewers differ in anyway, by their 14 days before: narrower intervals from the same viewers."
        />
      </details>
      <div className="mq-inline mq-top">
        <PercentInput
          label="Smallest change worth finding, percent"
          value={values.mde ?? NaN}
          min={0.1}
          error={errors['mde']}
          onChange={(mde) => change({ mde: Number.isFinite(mde) ? mde : null })}
          hint="Empty: 5 %."
        />
        <NumberInput
          label="Planned viewers"
          value={values.plannedUnits ?? NaN}
          min={1}
          error={errors['plannedUnits']}
          onChange={(units) => change({ plannedUnits: Number.isFinite(units) ? units : null })}
          hint="Empty: as many as the change takes."
        />
      </div>
      <PlanLines plan={plan} />
    </Panel>
  );
}

function Prior({ values: { settings }, change, errors }: Pick<StepProps, 'values' | 'change' | 'errors'>) {
  const { prior } = settings;
  const put = (next: typeof prior): void => change({ settings: { ...settings, prior: next } });
  return (
    <>
      <CheckField
        label="Expect small changes (a prior)"
        value={prior !== null}
        onChange={(on) => put(on ? { mean: 0, sd: 0.1 } : null)}
        hint="Most ideas change little. A prior keeps early luck from looking like a discovery."
      />
      {prior && (
        <div className="mq-inline mq-top">
          <PercentInput
            label="Expected change, percent"
            value={prior.mean}
            error={errors['settings.prior.mean']}
            onChange={(mean) => put({ ...prior, mean })}
          />
          <PercentInput label="Give or take, percent" value={prior.sd} error={errors['settings.prior.sd']} onChange={(sd) => put({ ...prior, sd })} />
        </div>
      )}
    </>
  );
}
