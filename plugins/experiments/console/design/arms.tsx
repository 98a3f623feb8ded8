import React from 'react';
import { Button, Panel, SelectField, TextField } from '../../../../core/console/kit/index.tsx';
import type { Kind } from '../../model.ts';
import type { BlendChoice, ChoicesAnswer } from '../answer.ts';
import { kindMeanings, kindNames } from '../words.tsx';
import { NumberInput } from './inputs.tsx';
import { OverrideFields } from './overrides.tsx';
import type { ArmValues, Errors, StepProps } from './values.tsx';

const most = 10;

/** Which kind of experiment, and what its arms serve. */
export function Arms({ values, change, choices, errors, phase }: StepProps) {
  const { arms, kind } = values;
  const general = errors['arms'] ?? errors['arms.shares'];
  const put = (next: readonly ArmValues[]): void => change({ arms: next });
  const sum = arms.reduce((total, { share }) => total + (Number.isFinite(share) ? share : 0), 0);
  return (
    <>
      {!phase && (
        <Panel title="Kind">
          <SelectField
            label="Kind of experiment"
            value={kind}
            error={errors['kind']}
            onChange={(next) => change({ kind: next as Kind, ...(next !== 'ab' && values.engine !== 'fixed' && { engine: 'sequential' }) })}
            options={Object.entries(kindNames).map(([value, label]) => ({ value, label }))}
            hint={kind === 'holdout' ? '' : kindMeanings[kind]}
          />
        </Panel>
      )}
      <Panel
        title="Arms"
        lead="All others are compared with the control, usually what viewers get now."
        actions={
          <>
            <Button onClick={() => put(evenly(arms))}>Split evenly</Button>
            <Button disabled={arms.length >= most} onClick={() => put(evenly([...arms, nextArm(arms, choices.blends)]))}>
              Add an arm
            </Button>
          </>
        }
      >
        {arms.map((arm, at) => (
          <ArmRow
            key={arm.key}
            arm={arm}
            choices={choices}
            again={arms.slice(0, at).some(({ blend, name }) => blend === arm.blend && name === '')}
            errors={below(errors, `arms.${at}.`)}
            onChange={(part) => put(arms.map((one, i) => (i === at ? { ...one, ...part } : one)))}
            {...(at > 1 && { onRemove: () => put(evenly(arms.filter((_, i) => i !== at))) })}
          />
        ))}
        <p className={general ? 'mq-error' : 'mq-hint'} role={general ? 'alert' : undefined}>
          {general ?? `Together ${Number(sum.toFixed(2))} %.`}
        </p>
      </Panel>
    </>
  );
}

interface ArmRowProps {
  readonly arm: ArmValues;
  readonly choices: ChoicesAnswer;
  /** an arm before it has the same blend's name */
  readonly again: boolean;
  readonly errors: Errors;
  readonly onChange: (part: Partial<ArmValues>) => void;
  readonly onRemove?: () => void;
}

function ArmRow({ arm, choices, again, errors, onChange, onRemove }: ArmRowProps) {
  const title = arm.key === 'control' ? 'Control' : `Arm ${arm.key.toUpperCase()}`;
  const blend = choices.blends.find(({ id }) => id === arm.blend);
  return (
    <div className="mq-item" role="group" aria-label={title}>
      <div className="mq-item-head">
        <h3>{title}</h3>
        {onRemove && (
          <Button look="quiet" onClick={onRemove} aria-label={`Remove ${title}`}>
            Remove
          </Button>
        )}
      </div>
      <div className="mq-inline mq-top">
        <SelectField
          label="Blend"
          value={String(arm.blend ?? '')}
          error={errors['blend']}
          onChange={(id) => onChange({ blend: id === '' ? null : Number(id) })}
          options={[
            ...choices.blends.map((one) => ({ value: String(one.id), label: labelOf(one) })),
            { value: '', label: 'Whatever is the default' },
          ]}
        />
        <NumberInput
          label="Share of viewers in percent"
          value={arm.share}
          min={0}
          max={100}
          step={0.01}
          error={errors['share']}
          onChange={(share) => onChange({ share })}
        />
        <TextField
          label="Name in results (optional)"
          value={arm.name}
          maxLength={80}
          error={errors['name'] ?? errors['key']}
          onChange={(name) => onChange({ name })}
          placeholder={blend ? blend.name + (again ? ` (${arm.key.toUpperCase()})` : '') : ''}
        />
      </div>
      <OverrideFields
        overrides={arm.overrides}
        spec={blend?.spec ?? choices.blends[0]?.spec}
        choices={choices}
        errors={below(errors, 'overrides')}
        onChange={(overrides) => onChange({ overrides })}
      />
    </div>
  );
}

const labelOf = ({ name, version, isDefault }: BlendChoice): string => `${name}, version ${version}${isDefault ? ' (what viewers get now)' : ''}`;

/** The messages of a part, by the rest of their field. */
const below = (errors: Errors, prefix: string): Errors =>
  Object.fromEntries(Object.entries(errors).flatMap(([field, message]) => (field.startsWith(prefix) ? [[field.slice(prefix.length), message]] : [])));

/** Shares that make exactly 100: what rounding leaves over goes to the last. */
function evenly(arms: readonly ArmValues[]): ArmValues[] {
  const each = Math.floor(10_000 / arms.length) / 100;
  return arms.map((arm, at) => ({ ...arm, share: at < arms.length - 1 ? each : Number((100 - each * (arms.length - 1)).toFixed(2)) }));
}

function nextArm(arms: readonly ArmValues[], blends: readonly BlendChoice[]): ArmValues {
  const key = [...'bcdefghij'].find((one) => !arms.some((arm) => arm.key === one)) ?? 'k';
  const blend = blends.find(({ id }) => !arms.some((arm) => arm.blend === id)) ?? blends[0];
  return { key, name: '', share: 0, blend: blend?.id ?? null, overrides: {} };
}
