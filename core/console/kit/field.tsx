import React, { useId, type ReactNode } from 'react';

export interface Shared {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
}
interface Wiring {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean;
}

/** A labelled input: hint and error stand beside it and are read out with it. */
export function Field({ label, hint, error, children }: Shared & { readonly children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return (
    <div className="mq-field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': described, 'aria-invalid': error !== undefined })}
      {hint && (
        <p className="mq-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="mq-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

export interface TextFieldProps extends Shared {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'search' | 'date' | 'datetime-local';
  readonly maxLength?: number;
  readonly placeholder?: string;
}
export function TextField({ value, onChange, type = 'text', maxLength, placeholder, ...shared }: TextFieldProps) {
  return (
    <Field {...shared}>
      {(wiring) => (
        <input
          {...wiring}
          type={type}
          value={value}
          maxLength={maxLength}
          placeholder={placeholder}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

export function TextArea({ value, onChange, maxLength, rows = 3, ...shared }: Omit<TextFieldProps, 'type'> & { readonly rows?: number }) {
  return (
    <Field {...shared}>
      {(wiring) => <textarea {...wiring} value={value} rows={rows} maxLength={maxLength} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}

export interface NumberFieldProps extends Shared {
  /** undefined while the input holds no number */
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly step?: number | 'any' | undefined;
}
export function NumberField({ value, onChange, min, max, step = 'any', ...shared }: NumberFieldProps) {
  return (
    <Field {...shared}>
      {(wiring) => (
        <input
          {...wiring}
          type="number"
          inputMode="decimal"
          value={value ?? ''}
          min={min}
          max={max}
          step={step}
          onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.valueAsNumber)}
        />
      )}
    </Field>
  );
}

export interface SelectFieldProps extends Shared {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}
export function SelectField({ value, onChange, options, ...shared }: SelectFieldProps) {
  return (
    <Field {...shared}>
      {(wiring) => (
        <select {...wiring} value={value} onChange={(event) => onChange(event.target.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export interface SliderProps extends Shared {
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** A number that can be dragged or typed. */
export function Slider({ value, onChange, min, max, step, ...shared }: SliderProps) {
  const change = (text: string): void => {
    if (text !== '' && Number.isFinite(Number(text))) onChange(Number(text));
  };
  return (
    <Field {...shared}>
      {(wiring) => (
        <span className="mq-slider">
          <input
            type="range"
            aria-label={`${shared.label}, slider`}
            min={min}
            max={max}
            step={step}
            value={value}
            onChange={(event) => change(event.target.value)}
          />
          <input
            {...wiring}
            type="number"
            inputMode="decimal"
            min={min}
            max={max}
            step={step}
            value={value}
            onChange={(event) => change(event.target.value)}
          />
        </span>
      )}
    </Field>
  );
}

export interface CheckFieldProps extends Shared {
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}
export function CheckField({ value, onChange, ...shared }: CheckFieldProps) {
  return (
    <Field {...shared}>
      {(wiring) => <input {...wiring} type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} />}
    </Field>
  );
}
