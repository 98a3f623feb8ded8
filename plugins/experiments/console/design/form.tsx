/// <reference lib="dom" />
import React, { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button, ErrorNotice, fieldsOf, isStale, useAction } from '../../../../core/console/kit/index.tsx';
import type { ChoicesAnswer } from '../answer.ts';
import { Arms } from './arms.tsx';
import { Audience } from './audience.tsx';
import { Checklist } from './checklist.tsx';
import { Metrics } from './measurement.tsx';
import { Method } from './method.tsx';
import { useAudience, usePlan } from './plan.tsx';
import { Question } from './question.tsx';
import { Timing } from './timing.tsx';
import { useUnsaved } from './unsaved.tsx';
import type { DraftValues } from './values.tsx';

export interface DraftFormProps {
  readonly choices: ChoicesAnswer;
  readonly first: DraftValues;
  readonly conflicts?: readonly string[];
  readonly save: (values: DraftValues) => Promise<void>;
  readonly submit: string;
  /** of another phase, see StepProps */
  readonly phase?: boolean;
  readonly cancel?: () => void;
  /** what somebody must know who fills it in: stands where it is sent */
  readonly notice?: ReactNode;
}

const steps = ['Question', 'Arms', 'Audience', 'Measurement', 'Check'] as const;
const stepOfField: Record<string, number> = { name: 0, hypothesis: 0, kind: 1, arms: 1 };
const audienceFields = [
  'layer',
  'start',
  'end',
  'coverage',
  'targeting',
  'includeStaff',
  'includeSimulated',
  'startsAt',
  'endsAt',
  'ramp',
  'minDays',
];
const stepOf = (field: string): number => {
  const [top = ''] = field.split('.');
  return stepOfField[top] ?? (audienceFields.includes(top) ? 2 : 3);
};

/** A draft in five steps. It can be saved at each of them; a refusal leads to the first step that has to be mended. */
export function DraftForm({ choices, first, conflicts = [], save, submit, phase = false, cancel, notice }: DraftFormProps) {
  const begin = phase ? 1 : 0,
    [began] = useState(first),
    [values, setValues] = useState(began),
    [step, setStep] = useState(begin),
    here = useRef<HTMLDivElement>(null);
  // The button that was pressed may be gone: whoever goes by keyboard goes on at the first field of the step.
  const go = (to: number): void => {
    setStep(to);
    here.current?.focus();
  };
  // A form that a button opened takes the focus from it.
  useEffect(() => {
    if (cancel) here.current?.focus();
  }, []);
  const saving = useAction(async () => {
    try {
      await save(values);
    } catch (error) {
      const fields = Object.keys(fieldsOf(error));
      if (fields.length > 0) go(Math.min(...fields.map(stepOf)));
      throw error;
    }
  });
  useUnsaved(values !== began && !saving.busy);
  const audience = useAudience(values),
    plan = usePlan(values);
  const errors = fieldsOf(saving.error),
    refused = Object.keys(errors);
  const change = (part: Partial<DraftValues>): void => setValues({ ...values, ...part });
  const props = { values, change, choices, errors, phase };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void saving.run();
      }}
    >
      <Steps begin={begin} step={step} go={go} wrong={refused.map(stepOf)} />
      <div
        ref={here}
        tabIndex={-1}
        role="group"
        className="mq-step"
        aria-label={`Step ${step + 1 - begin} of ${steps.length - begin}: ${steps[step]}`}
      >
        {step === 0 && <Question {...props} />}
        {step === 1 && <Arms {...props} />}
        {step === 2 && (
          <>
            <Audience {...props} audience={audience} />
            <Timing {...props} />
          </>
        )}
        {step === 3 && (
          <>
            <Metrics {...props} />
            <Method {...props} plan={plan} />
          </>
        )}
        {step === 4 && <Checklist values={values} audience={audience} plan={plan} conflicts={conflicts} />}
      </div>
      {notice}
      {refused.length === 0 && !isStale(saving.error) && <ErrorNotice error={saving.error} />}
      {refused.length > 0 && (
        <p className="mq-error" role="alert">
          Not saved: see the messages beside the fields.
        </p>
      )}
      <div className="mq-actions">
        {step > begin && <Button onClick={() => go(step - 1)}>Back</Button>}
        {step < steps.length - 1 && <Button onClick={() => go(step + 1)}>Next: {steps[step + 1]}</Button>}
        <Button look="main" type="submit" busy={saving.busy}>
          {submit}
        </Button>
        {cancel && <Button onClick={cancel}>Cancel</Button>}
      </div>
    </form>
  );
}

interface StepsProps {
  readonly begin: number;
  readonly step: number;
  readonly go: (step: number) => void;
  readonly wrong: readonly number[];
}
const Steps = ({ begin, step, go, wrong }: StepsProps) => (
  <nav aria-label="Steps of the draft">
    <ol className="mq-steps">
      {steps.map(
        (title, at) =>
          at >= begin && (
            <li key={title}>
              <button type="button" className="mq-choice" aria-current={at === step ? 'step' : undefined} onClick={() => go(at)}>
                {at + 1 - begin}. {title}
                {wrong.includes(at) && <span className="mq-error"> to mend</span>}
              </button>
            </li>
          ),
      )}
    </ol>
  </nav>
);
