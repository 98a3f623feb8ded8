import React from 'react';
import { CheckField, fieldsOf, listed, number, Panel, SelectField, useData } from '../../../../core/console/kit/index.tsx';
import type { Audience as Counted } from '../answer.ts';
import { Band, overlaps } from '../layers/band.tsx';
import type { LayersAnswer } from '../layers/layers.tsx';
import { base } from '../words.tsx';
import { type Asked, PercentInput } from './inputs.tsx';
import { TargetingFields } from './targeting.tsx';
import type { StepProps } from './values.tsx';

/** Who takes part, and how many that are. */
export function Audience({ values, change, choices, errors, audience }: StepProps & { readonly audience: Asked<Counted> }) {
  const { layer } = values,
    wrong = { ...fieldsOf(audience.error), ...errors };
  return (
    <Panel title="Who takes part">
      <TargetingFields targeting={values.targeting} choices={choices} error={wrong['targeting']} onChange={(targeting) => change({ targeting })} />
      <div className="mq-inline mq-top">
        <SelectField
          label="Layer"
          value={String(layer ?? '')}
          error={wrong['layer']}
          onChange={(id) => change(id === '' ? { layer: null, start: 0, end: 1 } : { layer: Number(id) })}
          options={[{ value: '', label: 'None: beside all others' }, ...choices.layers.map(({ id, name }) => ({ value: String(id), label: name }))]}
          hint="Experiments in different ranges of one layer never share a viewer."
        />
        {layer !== null && (
          <>
            <PercentInput
              label="Range from, percent"
              value={values.start}
              min={0}
              max={100}
              error={wrong['start']}
              onChange={(start) => change({ start })}
            />
            <PercentInput label="Range to, percent" value={values.end} min={0} max={100} error={wrong['end']} onChange={(end) => change({ end })} />
          </>
        )}
        {values.ramp.length === 0 && (
          <PercentInput
            label="Coverage in percent"
            value={values.coverage}
            min={0}
            max={100}
            error={wrong['coverage']}
            onChange={(coverage) => change({ coverage })}
            hint="Of those, so many take part. The rest get what everybody gets."
          />
        )}
      </div>
      {values.ramp.length > 0 && <p className="mq-hint mq-below">How many of those take part, the ramp below says.</p>}
      {layer !== null && <LayerPicture id={layer} {...values} />}
      <CheckField
        label="Simulated viewers take part"
        value={values.includeSimulated}
        onChange={(includeSimulated) => change({ includeSimulated })}
        hint="To try the experiment out with npm run simulate. They show how it works, not what people want."
      />
      <CheckField
        label="Staff take part"
        value={values.includeStaff}
        onChange={(includeStaff) => change({ includeStaff })}
        hint="Usually not: they look at their own work."
      />
      {audience.data && <Count {...audience.data} />}
    </Panel>
  );
}

/** Who is in the chosen layer already, and where in it the draft would be. */
function LayerPicture({ id, start, end }: { readonly id: number; readonly start: number; readonly end: number }) {
  const { data } = useData<LayersAnswer>(`${base}/layers`),
    layer = data?.layers.find((one) => one.id === id);
  if (!layer) return null;
  const others = overlaps(layer.experiments, { start, end });
  return (
    <div className="mq-below">
      <Band layer={layer} own={{ start, end }} />
      <p className={others.length > 0 ? 'mq-error' : 'mq-hint'} role="status">
        {others.length > 0 ? `This range shares viewers with ${listed(others.map(({ name }) => `“${name}”`))}.` : 'This range is free.'}
      </p>
    </div>
  );
}

const are = (n: number): string => (n === 1 ? 'is' : 'are');
const Count = ({ units, eligible, targeted, inRange, takePart, estimated }: Counted) => (
  <p className="mq-count" role="status">
    <strong>
      {estimated ? 'About ' : ''}
      {number(takePart)} viewers would take part
    </strong>{' '}
    of {number(units)} who were here in the last 28 days.{' '}
    {[
      eligible < units && `${number(units - eligible)} ${are(units - eligible)} staff or simulated`,
      targeted < eligible && `${number(eligible - targeted)} ${eligible - targeted === 1 ? 'does' : 'do'} not meet the conditions`,
      inRange < targeted && `${number(targeted - inRange)} ${are(targeted - inRange)} outside of the layer’s range`,
      takePart < inRange && `${number(inRange - takePart)} ${are(inRange - takePart)} beyond the coverage`,
    ]
      .filter(Boolean)
      .join(', ')
      .replace(/(.)$/, '$1.')}
  </p>
);
