import React from 'react';
import { CheckField, Panel, SelectField } from '../../../../core/console/kit/index.tsx';
import type { Engine } from '../../model.ts';
import { correctionNames, engineMeanings, engineMethods, engineNames } from '../words.tsx';
import { NumberInput, PercentInput, type Asked } from './inputs.tsx';
import { PlanLines, type SitePlan } from './plan.tsx';
import type { Errors, StepProps } from './values.tsx';

/** By which rule the numbers become an answer, and what it takes. */
export function Method(props: StepProps & { readonly plan: Asked<SitePlan | null> }) {
  const { kind } = props.values;
  return (
    <Panel title="How it is decided">
      {kind === 'bandit' && <OfBandit {...props} />}
      {kind === 'interleaving' && <OfInterleaving {...props} />}
      {kind === 'ab' && <OfTest {...props} />}
    </Panel>
  );
}

/** Whether a message stands within what is folded away. */
const wrongWithin = (errors: Errors): boolean => Object.keys(errors).some((field) => /^(alpha|settings|correction|cuped)\b/.test(field));

const ErrorRate = ({ values, change, errors }: Pick<StepProps, 'values' | 'change' | 'errors'>) => (
  <NumberInput
    label="Error rate α"
    value={values.alpha}
    min={0.001}
    max={0.5}
    error={errors['alpha']}
    onChange={(alpha) => change({ alpha })}
    hint="How often arms that are alike may look different. 0.05 is usual."
  />
);

/** A bandit moves viewers by itself, so that nobody is asked when he or she will look. */
const OfBandit = (props: StepProps) => (
  <>
    <p className="mq-hint">
      Every hour, new viewers move to the arm that does best so far. An arm is called the best once that is probable by 95 %, its difference from the
      control is sure, and the days that it must run are over. You may look whenever you like.
    </p>
    <details className="mq-details" open={wrongWithin(props.errors) || undefined}>
      <summary>The exact method</summary>
      <p>Thompson sampling; differences by batches in which the shares stayed the same, as a confidence sequence that holds at every look.</p>
      <ErrorRate {...props} />
    </details>
  </>
);

/** Which of two arms viewers prefer is looked at once or at any time; the rest of a test's settings is not used. */
function OfInterleaving(props: StepProps) {
  const { engine } = props.values;
  return (
    <>
      <Looks {...props} offered={['fixed', 'sequential', ...(engine === 'fixed' || engine === 'sequential' ? [] : [engine])]} />
      <details className="mq-details" open={wrongWithin(props.errors) || undefined}>
        <summary>The exact method</summary>
        <p>
          Each viewer counts once, by the share of what he or she did with films of either arm. The average of these is compared with none at all: by
          Student’s t-test for one look, by a confidence sequence for looks at any time.
        </p>
        <ErrorRate {...props} />
      </details>
    </>
  );
}

const Looks = ({ values: { engine }, change, errors, offered }: StepProps & { readonly offered: readonly Engine[] }) => (
  <SelectField
    label="When will you look at the result?"
    value={engine}
    error={errors['engine']}
    onChange={(next) => change({ engine: next as Engine, ...(next === 'bayes' && { correction: 'none' }) })}
    options={offered.map((value) => ({ value, label: engineNames[value] }))}
    hint={engineMeanings[engine]}
  />
);

function OfTest(props: StepProps & { readonly plan: Asked<SitePlan | null> }) {
  const { values, change, errors, plan } = props,
    { engine, settings } = values;
  return (
    <>
      <Looks {...props} offered={Object.keys(engineNames) as Engine[]} />
      <details className="mq-details" open={wrongWithin(errors) || undefined}>
        <summary>The exact method</summary>
        <p>{engineMethods[engine]}</p>
        <div className="mq-inline mq-top">
          <ErrorRate {...props} />
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
        {engine === 'bayes' && values.correction === 'none' ? (
          <p className="mq-hint">
            A chance to win is not corrected for many questions: with several arms or metrics, expect some to look good by chance.
          </p>
        ) : (
          <SelectField
            label="Correction for many questions"
            value={values.correction}
            error={errors['correction']}
            onChange={(next) => change({ correction: next as typeof values.correction })}
            options={Object.entries(correctionNames).map(([value, label]) => ({ value, label }))}
            hint="With several arms or metrics, chance has several tries. It covers what decides and what is also looked at."
          />
        )}
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
          hint={
            engine === 'group-sequential'
              ? 'Looks are at equal parts of them. Empty: it is judged as if you looked at any time.'
              : 'Empty: as many as the change takes.'
          }
        />
      </div>
      <PlanLines plan={plan} />
    </>
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
