import React from 'react';
import { CheckField, NumberField, SelectField } from '../../../../core/console/kit/index.tsx';
import type { BlendSpec } from '../../../../recommend/blend-spec.ts';
import type { Overrides } from '../../../../recommend/overrides.ts';
import type { ChoicesAnswer } from '../answer.ts';
import { NumberInput } from './inputs.tsx';
import type { Errors } from './values.tsx';

interface OverrideProps {
  readonly overrides: Overrides;
  /** of the arm's blend */
  readonly spec: BlendSpec | undefined;
  readonly choices: ChoicesAnswer;
  readonly errors: Errors;
  readonly onChange: (overrides: Overrides) => void;
}

/** What an arm changes of its blend. Left alone, everything is the blend's. */
export function OverrideFields({ overrides, spec, choices, errors, onChange }: OverrideProps) {
  const count = Object.keys(overrides).length,
    messages = Object.entries(errors);
  const put = <K extends keyof Overrides>(field: K, value: Overrides[K]): void => {
    const { [field]: _, ...rest } = overrides;
    onChange((value === undefined ? rest : { ...rest, [field]: value }) as Overrides);
  };
  return (
    <details className="mq-details" open={messages.length > 0 || undefined}>
      <summary>Changes to the blend{count > 0 ? ` (${count})` : ''}</summary>
      <div className="mq-inline mq-top">
        {(['diversity', 'calibration'] as const).map((field) => (
          <NumberField
            key={field}
            label={field === 'diversity' ? 'Diversity, 0 to 1' : 'Genre calibration, 0 to 1'}
            value={overrides[field]}
            min={0}
            max={1}
            step={0.05}
            hint={`Empty: the blend’s, ${spec?.[field] ?? 0}.`}
            onChange={(value) => put(field, value)}
          />
        ))}
        <NumberField
          label="Exploration, 0 to 2"
          value={overrides.exploration?.temperature}
          min={0}
          max={2}
          step={0.05}
          hint={`How much chance decides the order. Empty: the blend’s, ${spec?.exploration.temperature ?? 0}.`}
          onChange={(temperature) =>
            put(
              'exploration',
              temperature === undefined ? undefined : { temperature, from: overrides.exploration?.from ?? spec?.exploration.from ?? 0 },
            )
          }
        />
      </div>
      <Weights weights={overrides.weights} spec={spec} choices={choices} onChange={(weights) => put('weights', weights)} />
      <Models models={overrides.models ?? {}} choices={choices} onChange={(models) => put('models', models)} />
      <Rows rows={overrides.rows ?? undefined} all={choices.rows} onChange={(rows) => put('rows', rows)} />
      {messages.map(([field, message]) => (
        <p key={field} className="mq-error" role="alert">
          {field.replace(/^\./, '')} {message}
        </p>
      ))}
    </details>
  );
}

const algorithmsOf = ({ models }: ChoicesAnswer, spec: BlendSpec | undefined): string[] =>
  [...new Set([...Object.keys(spec?.weights ?? {}), ...models.map(({ algorithm }) => algorithm)])].sort();

interface WeightsProps extends Pick<OverrideProps, 'spec' | 'choices'> {
  readonly weights: Overrides['weights'];
  readonly onChange: (weights: Overrides['weights']) => void;
}
const Weights = ({ weights, spec, choices, onChange }: WeightsProps) => (
  <>
    <CheckField label="Other weights" value={weights !== undefined} onChange={(on) => onChange(on ? { ...spec?.weights } : undefined)} />
    {weights && (
      <div className="mq-many" role="group" aria-label="Weights">
        {algorithmsOf(choices, spec).map((algorithm) => (
          <NumberInput
            key={algorithm}
            label={choices.titles[algorithm] ?? algorithm}
            value={weights[algorithm] ?? 0}
            min={0}
            onChange={(weight) => onChange({ ...weights, [algorithm]: weight })}
          />
        ))}
      </div>
    )}
  </>
);

interface ModelsProps extends Pick<OverrideProps, 'choices'> {
  readonly models: NonNullable<Overrides['models']>;
  readonly onChange: (models: Overrides['models']) => void;
}
/** Models that serve in this arm whatever is in service elsewhere. */
function Models({ models, choices, onChange }: ModelsProps) {
  const algorithms = [...new Set(choices.models.map(({ algorithm }) => algorithm))];
  const pin = (algorithm: string, id: string): void => {
    const { [algorithm]: _, ...rest } = models;
    const next = id === '' ? rest : { ...rest, [algorithm]: Number(id) };
    onChange(Object.keys(next).length > 0 ? next : undefined);
  };
  return (
    <fieldset className="mq-fieldset">
      <legend>Models</legend>
      <p className="mq-hint">An arm can hold a version that is not in service elsewhere, or keep the present one.</p>
      <div className="mq-many">
        {algorithms.map((algorithm) => (
          <SelectField
            key={algorithm}
            label={choices.titles[algorithm] ?? algorithm}
            value={String(models[algorithm] ?? '')}
            onChange={(id) => pin(algorithm, id)}
            options={[
              { value: '', label: 'The one in service' },
              ...choices.models
                .filter((model) => model.algorithm === algorithm)
                .map(({ id, version }) => ({ value: String(id), label: `Version ${version}` })),
            ]}
          />
        ))}
      </div>
    </fieldset>
  );
}
interface RowsProps {
  readonly rows: readonly string[] | undefined;
  readonly all: readonly string[];
  readonly onChange: (rows: string[] | undefined) => void;
}
/** Rows of the home page: those that are ticked, in this order. */
function Rows({ rows, all, onChange }: RowsProps) {
  const toggle = (row: string, on: boolean): void => onChange(on ? [...(rows ?? []), row] : rows?.filter((one) => one !== row));
  return (
    <>
      <CheckField label="Other rows on the home page" value={rows !== undefined} onChange={(on) => onChange(on ? [...all] : undefined)} />
      {rows && (
        <fieldset className="mq-fieldset">
          <legend>Rows, in the order in which they are ticked: {rows.map(nameOf).join(', ')}</legend>
          <div className="mq-many">
            {all.map((row) => (
              <CheckField key={row} label={nameOf(row)} value={rows.includes(row)} onChange={(on) => toggle(row, on)} />
            ))}
          </div>
        </fieldset>
      )}
    </>
  );
}
const nameOf = (row: string): string => row.replace(/^home\./, '').replaceAll('-', ' ');
