import React, { useState } from 'react';
import { TextField } from '../../../../core/console/kit/index.tsx';
import type { ChoicesAnswer } from '../answer.ts';

interface CountryCodesProps {
  readonly value: readonly string[];
  readonly countries: ChoicesAnswer['countries'];
  readonly onChange: (codes: readonly string[]) => void;
}
const unknown = {
  'no header':
    'No country is known on this site, so nobody is in any. Name the header in which your proxy says it under “Plugins and settings”, Experiments.',
  'no proxy': 'No country is believed on this site, so nobody is in any: set TRUST_PROXY to the number of proxies in front of it.',
} as const;

/** Countries by their codes, as they are typed. */
export function CountryCodes({ value, countries, onChange }: CountryCodesProps) {
  const [text, setText] = useState(value.join(', '));
  const { known, seen } = countries;
  return (
    <TextField
      label="Codes of countries"
      value={text}
      placeholder="DE, AT"
      onChange={(typed) => {
        setText(typed);
        onChange(
          typed
            .toUpperCase()
            .split(/[^A-Z]+/)
            .filter(Boolean),
        );
      }}
      {...(known !== 'yes' && { error: unknown[known] })}
      hint={`Two letters each. Whoever’s country is not known is in none of them. ${seen.length > 0 ? `Seen so far: ${seen.join(', ')}.` : ''}`}
    />
  );
}
