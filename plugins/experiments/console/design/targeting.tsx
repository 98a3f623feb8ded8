import React from 'react';
import { CountryCodes } from './countries.tsx';
import { Button, Field, SelectField, TextField } from '../../../../core/console/kit/index.tsx';
import type { Targeting } from '../../model.ts';
import type { ChoicesAnswer } from '../answer.ts';
import { isOpen, names, operators, rowsOf, targetingOf, type Row } from './conditions.tsx';

interface TargetingProps {
  readonly targeting: Targeting;
  readonly choices: Pick<ChoicesAnswer, 'attributes' | 'genres' | 'countries'>;
  readonly error: string | undefined;
  readonly onChange: (targeting: Targeting) => void;
}
type Attribute = ChoicesAnswer['attributes'][number];

const starts: Record<Attribute['type'], unknown> = { date: '', number: 0, boolean: true, genres: [], country: [] };

/** Conditions that must all hold. */
export function TargetingFields({ targeting, choices, error, onChange }: TargetingProps) {
  const rows = rowsOf(targeting);
  if (!rows) return <Written targeting={targeting} error={error} onClear={() => onChange({})} />;
  const put = (next: readonly Row[]): void => onChange(targetingOf(next));
  const free = choices.attributes.flatMap(({ name, type }) =>
    Object.keys(operators[type]).flatMap((operator) =>
      rows.some((row) => row.attribute === name && row.operator === operator) ? [] : [{ name, type, operator }],
    ),
  );
  return (
    <fieldset className="mq-fieldset">
      <legend>{rows.length === 0 ? 'Everybody is meant' : 'Only viewers for whom all of this holds'}</legend>
      {rows.map((row, at) => (
        <Condition
          key={`${row.attribute}${row.operator}`}
          row={row}
          rows={rows}
          choices={choices}
          onChange={(next) => put(rows.map((one, i) => (i === at ? next : one)))}
          onRemove={() => put(rows.filter((_, i) => i !== at))}
        />
      ))}
      {rows.some(isOpen) ? (
        <p className="mq-error mq-below">A condition is not complete yet: say what it is compared with.</p>
      ) : (
        error && (
          <p className="mq-error mq-below" role="alert">
            {error}
          </p>
        )
      )}
      <SelectField
        label="Add a condition"
        value=""
        onChange={(name) => {
          const one = free.find((attribute) => attribute.name === name);
          if (one) put([...rows, { attribute: name, operator: one.operator, value: starts[one.type] }]);
        }}
        options={[
          { value: '', label: 'Choose …' },
          ...choices.attributes
            .filter(({ name }) => free.some((one) => one.name === name))
            .map(({ name }) => ({ value: name, label: names[name] ?? name })),
        ]}
      />
    </fieldset>
  );
}

interface ConditionProps extends Pick<TargetingProps, 'choices'> {
  readonly row: Row;
  readonly rows: readonly Row[];
  readonly onChange: (row: Row) => void;
  readonly onRemove: () => void;
}
function Condition({ row, rows, choices, onChange, onRemove }: ConditionProps) {
  const type = choices.attributes.find(({ name }) => name === row.attribute)?.type ?? 'number',
    title = names[row.attribute] ?? row.attribute;
  const taken = (operator: string): boolean =>
    operator !== row.operator && rows.some((one) => one.attribute === row.attribute && one.operator === operator);
  return (
    <div className="mq-inline mq-top" role="group" aria-label={title}>
      <SelectField
        label={title}
        value={row.operator}
        onChange={(operator) => onChange({ ...row, operator })}
        options={Object.entries(operators[type])
          .filter(([operator]) => !taken(operator))
          .map(([value, label]) => ({ value, label }))}
      />
      <Value row={row} type={type} choices={choices} onChange={(value) => onChange({ ...row, value })} />
      <Button look="quiet" aria-label={`Remove the condition on ${title}`} onClick={onRemove}>
        Remove
      </Button>
    </div>
  );
}

interface ValueProps {
  readonly row: Row;
  readonly type: Attribute['type'];
  readonly choices: TargetingProps['choices'];
  readonly onChange: (value: unknown) => void;
}
function Value({ row, type, choices, onChange }: ValueProps) {
  if (type === 'boolean')
    return (
      <SelectField
        label="Value"
        value={String(row.value)}
        onChange={(text) => onChange(text === 'true')}
        options={[
          { value: 'true', label: 'yes' },
          { value: 'false', label: 'no' },
        ]}
      />
    );
  if (type === 'genres')
    return (
      <Field label="Genres">
        {(wiring) => (
          <select
            {...wiring}
            multiple
            size={5}
            value={Array.isArray(row.value) ? (row.value as string[]) : []}
            onChange={({ target }) => onChange(Array.from(target.selectedOptions, ({ value }) => value))}
          >
            {choices.genres.map((genre) => (
              <option key={genre}>{genre}</option>
            ))}
          </select>
        )}
      </Field>
    );
  if (type === 'country')
    return <CountryCodes value={Array.isArray(row.value) ? (row.value as string[]) : []} countries={choices.countries} onChange={onChange} />;
  if (type === 'date') return <TextField label="Day" type="date" value={String(row.value)} onChange={onChange} />;
  return (
    <TextField
      label="Number"
      value={String(row.value)}
      onChange={(text) => onChange(text !== '' && Number.isFinite(Number(text)) ? Number(text) : text)}
    />
  );
}

/** A condition that was written by hand, with "or" or "not" in it, stays as it is. */
const Written = ({
  targeting,
  error,
  onClear,
}: {
  readonly targeting: Targeting;
  readonly error: string | undefined;
  readonly onClear: () => void;
}) => (
  <fieldset className="mq-fieldset">
    <legend>Only viewers for whom this condition holds</legend>
    <pre>{JSON.stringify(targeting, null, 2)}</pre>
    {error && <p className="mq-error">{error}</p>}
    <Button onClick={onClear}>Everybody instead</Button>
  </fieldset>
);
