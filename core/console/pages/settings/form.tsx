import React, { useState } from 'react';
import {
  Button,
  CheckField,
  ErrorNotice,
  fetchJson,
  fieldsOf,
  NumberField,
  RequestError,
  SecretField,
  SelectField,
  TextField,
  useAction,
} from '../../kit/index.tsx';
import type { Setting } from '../../ports.ts';

export type Values = Readonly<Record<string, unknown>>;
export interface SettingsFormProps {
  readonly plugin: string;
  readonly settings: readonly Setting[];
  /** what is stored; a setting that is not has its default */
  readonly wanted: Values;
  readonly version: number;
  readonly onSaved: () => Promise<void>;
}

/** A plugin's settings. Only what differs from the default is stored, so that a better default reaches the others. */
export function SettingsForm({ plugin, settings, wanted, version, onSaved }: SettingsFormProps) {
  // Of a secret the page knows only whether there is one; undefined leaves it as it is.
  const defaults = Object.fromEntries(settings.map(({ name, type, default: usual }) => [name, type === 'secret' ? undefined : usual]));
  const stored = Object.fromEntries(settings.map(({ name, type }) => [name, type === 'secret' ? undefined : (wanted[name] ?? defaults[name])]));
  const [draft, setDraft] = useState<{ readonly version: number; readonly values: Values }>({ version, values: stored });
  const changed = settings.some(({ name }) => draft.values[name] !== stored[name]);
  // Nothing typed yet: follow what others save.
  if (!changed && draft.version !== version) setDraft({ version, values: stored });
  const save = useAction(async () => {
    const own = Object.fromEntries(Object.entries(draft.values).filter(([name, value]) => value !== defaults[name]));
    await fetchJson(`/admin/data/core/plugins/${plugin}`, { body: { settings: own, version: draft.version } });
    setDraft((old) => ({ ...old, version: old.version + 1 }));
    await onSaved();
  });
  const out = outOfBounds(settings, draft.values),
    errors = { ...fieldsOf(save.error), ...out },
    stale = save.error instanceof RequestError && save.error.code === 'STALE';
  return (
    <div>
      <div className="mq-settings">
        {settings.map((setting) => (
          <Input
            key={setting.name}
            setting={setting}
            value={draft.values[setting.name]}
            set={wanted[setting.name] === true}
            error={errors[setting.name]}
            onChange={(value) => setDraft((old) => ({ ...old, values: { ...old.values, [setting.name]: value } }))}
          />
        ))}
      </div>
      {Object.keys(errors).every((name) => !settings.some((setting) => setting.name === name)) && <ErrorNotice error={save.error} />}
      <div className="mq-actions">
        <Button look="main" disabled={!changed || Object.keys(out).length > 0} busy={save.busy} onClick={() => void save.run()}>
          Save settings
        </Button>
        {changed && (
          <Button
            onClick={() => {
              save.clear();
              setDraft({ version, values: stored });
            }}
          >
            {stale ? 'Take over what is stored' : 'Discard changes'}
          </Button>
        )}
        <Button
          disabled={settings.every(({ name }) => draft.values[name] === defaults[name])}
          onClick={() => setDraft((old) => ({ ...old, values: defaults }))}
        >
          Back to the defaults
        </Button>
      </div>
    </div>
  );
}

/** Said while typing; the server checks again. */
function outOfBounds(settings: readonly Setting[], values: Values): Record<string, string> {
  const messages: Record<string, string> = {};
  for (const { name, type, min, max } of settings) {
    const value = values[name];
    if (type !== 'integer' && type !== 'number') continue;
    if (typeof value !== 'number' || (type === 'integer' && !Number.isInteger(value)))
      messages[name] = type === 'integer' ? 'must be a whole number' : 'must be a number';
    else if (min !== null && value < min) messages[name] = `must be at least ${min}`;
    else if (max !== null && value > max) messages[name] = `must be at most ${max}`;
  }
  return messages;
}

interface InputProps {
  readonly setting: Setting;
  readonly value: unknown;
  /** of a secret: whether there is one */
  readonly set: boolean;
  readonly error: string | undefined;
  readonly onChange: (value: unknown) => void;
}

function Input({ setting, value, set, error, onChange }: InputProps) {
  const { type, title, description, min, max, choices } = setting;
  const shared = { label: title, error, onChange, hint: hintOf(description, setting) };
  if (type === 'boolean') return <CheckField {...shared} value={value === true} />;
  if (type === 'secret')
    return <SecretField {...shared} set={set} value={value as string | null | undefined} {...(max !== null && { maxLength: max })} />;
  if (type === 'choice')
    return (
      <SelectField
        {...shared}
        value={String(value ?? '')}
        options={(choices ?? []).map((choice) => ({ value: String(choice), label: String(choice) }))}
      />
    );
  if (type === 'integer' || type === 'number') {
    return (
      <NumberField
        {...shared}
        value={typeof value === 'number' ? value : undefined}
        min={min ?? undefined}
        max={max ?? undefined}
        step={type === 'integer' ? 1 : 'any'}
      />
    );
  }
  if (type === 'string') return <TextField {...shared} value={String(value ?? '')} {...(max !== null && { maxLength: max })} />;
  return <p className="mq-soft">{title} can only be changed by a developer.</p>;
}

function hintOf(description: string | null, { type, min, max, default: usual }: Setting): string {
  const bounds =
    type !== 'integer' && type !== 'number'
      ? ''
      : min !== null && max !== null
        ? `${min} to ${max}.`
        : min !== null
          ? `At least ${min}.`
          : max !== null
            ? `At most ${max}.`
            : '';
  const said = description && !/[.!?]$/.test(description) ? `${description}.` : description;
  return [said, bounds, usual === null || usual === '' ? '' : `Default: ${typeof usual === 'boolean' ? (usual ? 'on' : 'off') : String(usual)}.`]
    .filter(Boolean)
    .join(' ');
}
