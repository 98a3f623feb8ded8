import React, { useEffect, useState } from 'react';
import { fetchJson, NumberField, TextField, type NumberFieldProps } from '../../../../core/console/kit/index.tsx';

/** A number that is NaN while there is none. */
export const NumberInput = ({ value, onChange, ...rest }: Omit<NumberFieldProps, 'value' | 'onChange'> & Numbered) => (
  <NumberField {...rest} value={Number.isFinite(value) ? value : undefined} onChange={(next) => onChange(next ?? NaN)} />
);
interface Numbered {
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** A share of one, shown in percent. */
export const PercentInput = ({ value, onChange, ...rest }: Omit<NumberFieldProps, 'value' | 'onChange'> & Numbered) => (
  <NumberInput {...rest} value={rounded(value * 100)} onChange={(next) => onChange(rounded(next / 100))} />
);
const rounded = (value: number): number => Number(value.toPrecision(10));

interface MomentProps {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}
/** A moment in the browser's own time zone. */
export const MomentInput = ({ value, onChange, ...rest }: MomentProps) => (
  <TextField {...rest} type="datetime-local" value={localOf(value)} onChange={(text) => onChange(text ? new Date(text).toISOString() : null)} />
);

function localOf(iso: string | null): string {
  if (!iso) return '';
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export interface Asked<T> {
  readonly data?: T;
  readonly error?: unknown;
}
/** The answer to what the form says, a moment after the last change. The last one stays until the next is there. */
export function useAnswer<T>(path: string, body: object | undefined): Asked<T> {
  const [state, setState] = useState<Asked<T>>({}),
    text = body && JSON.stringify(body);
  useEffect(() => {
    if (text === undefined) return undefined;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      fetchJson<T>(path, { body: JSON.parse(text) as object, signal: abort.signal }).then(
        (data) => setState({ data }),
        (error: unknown) => {
          if (!abort.signal.aborted) setState({ error });
        },
      );
    }, 400);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [path, text]);
  return state;
}
