import React, { useState } from 'react';
import { Busy, ErrorNotice, number, Panel, SelectField, Table, useData } from '../../../../core/console/kit/index.tsx';
import type { Breakdown as Groups } from '../../results/breakdown.ts';
import type { ExperimentAnswer } from '../answer.ts';
import { data as path, signed } from '../words.tsx';

type Row = { readonly group: string; readonly arm: Groups['groups'][number]['arms'][number] };

/** The effect in groups of viewers. Asked for only when somebody wants to see it. */
export function Breakdown({ experiment, metrics, segments }: ExperimentAnswer) {
  // Slow and fast viewers together make a quantile: it cannot be told of a part of them by sums.
  const choices = metrics.filter(({ kind }) => kind !== 'quantile');
  const [metric, setMetric] = useState((choices.find(({ id }) => id === experiment.metric) ?? choices[0])?.id ?? ''),
    [segment, setSegment] = useState('');
  const { data, error } = useData<Groups>(segment ? `${path}/${experiment.id}/groups?metric=${metric}&segment=${segment}` : undefined);
  const rows: Row[] =
    data?.groups.flatMap(({ name, arms }) => arms.filter(({ key }) => key !== 'control').map((arm) => ({ group: name, arm }))) ?? [];
  const nameOf = (wanted: string): string => experiment.arms.find(({ key }) => key === wanted)?.name ?? wanted;
  const scale = metrics.find(({ id }) => id === metric)?.scale ?? 'relative';
  return (
    <Panel
      title="Groups of viewers"
      lead="Whether an arm does better with some viewers than with others, by what was known of them when they came in. Choose how to divide them."
    >
      <div className="mq-inline mq-top">
        <SelectField
          label="By"
          value={segment}
          onChange={setSegment}
          options={[{ value: '', label: 'Choose …' }, ...segments.map(({ id, title }) => ({ value: id, label: title }))]}
        />
        <SelectField label="Metric" value={metric} onChange={setMetric} options={choices.map(({ id, title }) => ({ value: id, label: title }))} />
      </div>
      <ErrorNotice error={error} />
      {segment && !data && !error && <Busy what="the groups" />}
      {data && (
        <>
          <p className="mq-hint" style={{ marginBottom: 12 }}>
            {data.warning}
          </p>
          <Table
            caption={`Effect by ${data.title}`}
            rows={rows}
            rowKey={({ group, arm }) => `${group} ${arm.key}`}
            empty="Nobody is in any group yet."
            stacked
            columns={[
              { title: data.title, cell: ({ group }) => group },
              { title: 'Arm', cell: ({ arm }) => nameOf(arm.key) },
              { title: 'Viewers', right: true, cell: ({ arm }) => number(arm.units) },
              {
                title: 'Difference to control',
                cell: ({ arm }) => {
                  const lift = arm[scale],
                    say = (value: number): string => (scale === 'relative' ? signed(value) : value.toFixed(3));
                  return lift ? `${say(lift.effect)} (${say(lift.low)} to ${say(lift.high)})` : 'too little to compare';
                },
              },
              {
                title: 'Stands out',
                cell: ({ arm }) => standsOut(arm, arm[scale], experiment.alpha),
              },
            ]}
          />
          <details className="mq-details">
            <summary>The exact method</summary>
            <p>
              What stands out has a p-value below {experiment.alpha}, corrected for all groups and arms by Holm:{' '}
              {rows
                .filter(({ arm }) => arm.corrected !== null)
                .map(({ group, arm }) => `${group}, ${nameOf(arm.key)}: ${number(arm.corrected, 3)}`)
                .join('; ')}
              . The intervals are those of one look at one group.
            </p>
          </details>
        </>
      )}
    </Panel>
  );
}

function standsOut({ corrected }: Row['arm'], lift: Row['arm']['relative'], alpha: number): string {
  if (corrected === null) return typeof lift?.pValue === 'number' ? 'too few viewers' : '–';
  return corrected < alpha ? 'yes' : 'no: chance may do that';
}
