import React from 'react';
import { Button } from './button.tsx';
import { Field, type Shared } from './field.tsx';

export interface SecretFieldProps extends Shared {
  /** whether one is stored; it is never sent to the page */
  readonly set: boolean;
  /** what it becomes: undefined leaves it as it is, null takes it away */
  readonly value: string | null | undefined;
  readonly onChange: (value: string | null | undefined) => void;
  readonly maxLength?: number;
}

/** A secret is typed anew or taken away, and never shown. */
export function SecretField({ set, value, onChange, maxLength, hint, ...shared }: SecretFieldProps) {
  const state = value === null ? 'It will be cleared.' : value ? 'It will be replaced.' : set ? 'Set. Leave this empty to keep it.' : 'Not set.';
  return (
    <Field {...shared} hint={[hint, state].filter(Boolean).join(' ')}>
      {(wiring) => (
        <span className="mq-beside">
          <input
            {...wiring}
            type="password"
            autoComplete="new-password"
            value={value ?? ''}
            maxLength={maxLength}
            onChange={(event) => onChange(event.target.value || undefined)}
          />
          {set && (
            <Button
              look="quiet"
              aria-label={`${value === null ? 'Keep' : 'Clear'}: ${shared.label}`}
              onClick={() => onChange(value === null ? undefined : null)}
            >
              {value === null ? 'Keep' : 'Clear'}
            </Button>
          )}
        </span>
      )}
    </Field>
  );
}
