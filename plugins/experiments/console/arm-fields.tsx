import React from 'react';
import { Button, NumberField, Panel, SelectField, TextField } from '../../../core/console/kit/index.tsx';
import type { Overrides } from '../../../recommend/overrides.ts';
import type { BlendChoice } from './answer.ts';

export interface ArmValues {
  readonly key: string;
  /** empty: the blend's name */
  readonly name: string;
  readonly share: number | undefined;
  /** null: the site's default blend */
  readonly blend: number | null;
  readonly overrides: Overrides;
}
export interface ArmFieldsProps {
  readonly arms: readonly ArmValues[];
  readonly blends: readonly BlendChoice[];
  /** messages by field: "arms", "arms.shares", "arms.1.blend" … */
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (arms: readonly ArmValues[]) => void;
}

const most = 10;

export function ArmFields({ arms, blends, errors, onChange }: ArmFieldsProps) {
  const change = (at: number, part: Partial<ArmValues>): void => onChange(arms.map((arm, i) => (i === at ? { ...arm, ...part } : arm)));
  const add = (): void => {
    const blend = blends.find(({ id }) => !arms.some((arm) => arm.blend === id))?.id ?? blends[0]?.id ?? 0;
    onChange(evenly([...arms, { key: nextKey(arms), name: '', share: 0, blend, overrides: {} }]));
  };
  const sum = arms.reduce((total, { share }) => total + (share ?? 0), 0),
    general = errors['arms'] ?? errors['arms.shares'];
  return (
    <Panel
      title="Arms"
      lead="Each viewer gets one arm and stays in it. All others are compared with the control, usually what viewers get now."
      actions={
        <>
          <Button onClick={() => onChange(evenly(arms))}>Split evenly</Button>
          <Button disabled={arms.length >= Math.min(most, blends.length)} onClick={add}>
            Add an arm
          </Button>
        </>
      }
    >
      {arms.map((arm, at) => (
        <ArmRow
          key={arm.key}
          arm={arm}
          blends={blends}
          onChange={(part) => change(at, part)}
          error={(field) => errors[`arms.${at}.${field}`]}
          {...(at > 1 && { onRemove: () => onChange(evenly(arms.filter((_, i) => i !== at))) })}
        />
      ))}
      <p className={general ? 'mq-error' : 'mq-hint'} role={general ? 'alert' : undefined}>
        {general ?? `Together ${Number(sum.toFixed(2))} %.`}
      </p>
    </Panel>
  );
}

interface ArmRowProps {
  readonly arm: ArmValues;
  readonly blends: readonly BlendChoice[];
  readonly onChange: (part: Partial<ArmValues>) => void;
  readonly onRemove?: () => void;
  readonly error: (field: keyof ArmValues) => string | undefined;
}

function ArmRow({ arm, blends, onChange, onRemove, error }: ArmRowProps) {
  const title = arm.key === 'control' ? 'Control' : `Arm ${arm.key.toUpperCase()}`;
  const label = ({ name, version, isDefault }: BlendChoice): string => `${name}, version ${version}${isDefault ? ' (what viewers get now)' : ''}`;
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
      <div className="mq-inline" style={{ alignItems: 'flex-start', marginTop: 8 }}>
        <SelectField
          label="Blend"
          value={String(arm.blend ?? '')}
          error={error('blend')}
          onChange={(blend) => onChange({ blend: blend === '' ? null : Number(blend) })}
          options={[...blends.map((blend) => ({ value: String(blend.id), label: label(blend) })), { value: '', label: 'Whatever is the default' }]}
        />
        <NumberField
          label="Share of viewers in percent"
          value={arm.share}
          min={0}
          max={100}
          step={0.01}
          error={error('share')}
          onChange={(share) => onChange({ share })}
        />
        <TextField
          label="Name in results (optional)"
          value={arm.name}
          maxLength={80}
          error={error('name') ?? error('key')}
          onChange={(name) => onChange({ name })}
          placeholder={blends.find(({ id }) => id === arm.blend)?.name ?? ''}
        />
      </div>
    </div>
  );
}

/** Shares that make exactly 100: what rounding leaves over goes to the last. */
function evenly(arms: readonly ArmValues[]): ArmValues[] {
  const each = Math.floor(10_000 / arms.length) / 100;
  return arms.map((arm, at) => ({ ...arm, share: at < arms.length - 1 ? each : Number((100 - each * (arms.length - 1)).toFixed(2)) }));
}

const nextKey = (arms: readonly ArmValues[]): string => [...'bcdefghij'].find((key) => !arms.some((arm) => arm.key === key)) ?? 'k';
