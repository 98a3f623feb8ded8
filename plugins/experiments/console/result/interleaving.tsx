import React from 'react';
import { Busy, Chart, ErrorNotice, number, Panel, percent, Table, useData } from '../../../../core/console/kit/index.tsx';
import type { Credited, Interleaving } from '../../interleaving/result.ts';
import { data as path, moment, stepOf } from '../words.tsx';
import { EffectTable, linesOf } from './effects.tsx';
import type { ResultsProps } from './results.tsx';

const names: Record<Interleaving['deciding'], string> = {
  clicks: 'Clicks',
  successes: 'Successes within 72 hours',
  rating: 'Rated 4 stars or more',
  watchlist: 'Saved for later',
  watched: 'Watched',
};

/** Which of two arms viewers prefer, whose lists hold films of both. */
export function InterleavingResult({ experiment }: Pick<ResultsProps, 'experiment'>) {
  const { data, error } = useData<Interleaving>(`${path}/${experiment.id}/interleaving`, { every: 15_000 });
  if (!data) return error ? <ErrorNotice error={error} /> : <Busy what="what viewers prefer" />;
  return (
    <>
      <Panel
        title="What viewers prefer"
        lead={`Every list holds films of “${data.arm.name}” and “${data.control.name}”. A viewer prefers the arm whose films got more, however often he or she came. ${names[data.deciding]} decide.`}
      >
        <Credits {...data} />
        <Series {...data} />
        <Method {...data} />
      </Panel>
      {data.guardrails.length > 0 && (
        <Panel
          title="Guardrails"
          lead="What viewers did with films of the arm, beside what the same viewers did with the control’s films in the same lists, per viewer."
        >
          <EffectTable
            caption="Guardrails by single films"
            lines={data.guardrails.flatMap((metric) => linesOf({ ...metric, title: `${metric.title}, per viewer` }, experiment))}
          />
        </Panel>
      )}
    </>
  );
}

function Credits({ arm, control, credits }: Interleaving) {
  const interval = ({ sign }: Credited): string =>
    sign ? `${percent(sign.share)} (${percent(sign.interval[0])} to ${percent(sign.interval[1])})` : '–';
  return (
    <Table
      caption="Viewers by the arm that they prefer"
      columns={[
        { title: 'By', cell: ({ what }) => names[what] },
        { title: 'Viewers', right: true, cell: ({ viewers }) => number(viewers) },
        { title: `Prefer “${arm.name}”`, right: true, cell: ({ wins }) => number(wins.arm) },
        { title: `Prefer “${control.name}”`, right: true, cell: ({ wins }) => number(wins.control) },
        { title: 'Neither', right: true, cell: ({ wins }) => number(wins.ties) },
        { title: `“${arm.name}” of those who prefer one`, right: true, cell: interval },
      ]}
      rows={credits}
      rowKey={({ what }) => what}
      empty="Nobody has been in it yet."
      stacked
    />
  );
}

const Method = ({ credits }: Interleaving) => (
  <details className="mq-details">
    <summary>The exact method</summary>
    <p>
      Team-draft interleaving (Radlinski, Kurup and Joachims, 2008). The credit of a viewer is (acts on films of the arm − of the control) / acts on
      either; a sign test counts viewers, Student’s t-test averages credits.
    </p>
    <Table
      caption="Tests of the preference"
      columns={[
        { title: 'By', cell: ({ what }) => names[what] },
        { title: 'Sign test, p', right: true, cell: ({ sign }) => pValue(sign?.pValue) },
        { title: 'Mean difference in credit', right: true, cell: ({ test }) => number(test?.mean, 3) },
        { title: 't-test, p', right: true, cell: ({ test }) => pValue(test?.pValue) },
      ]}
      rows={credits}
      rowKey={({ what }) => what}
      empty="Nobody has been in it yet."
    />
  </details>
);

const pValue = (p: number | undefined): string => (p !== undefined && p < 0.0001 ? '< 0.0001' : number(p, 4));

function Series({ arm, control, series }: Interleaving) {
  const step = stepOf(series.map(({ at }) => at)),
    points = series.filter(({ at }, i) => i + 1 === series.length || moment(at, step) !== moment(series[i + 1]!.at, step));
  return (
    <Chart
      title={`How the preference settled: above zero for “${arm.name}”, below for “${control.name}”`}
      x={{ title: `${step === 'day' ? 'Day' : 'Hour'} (UTC)`, labels: points.map(({ at }) => moment(at, step)) }}
      y={{ title: 'Difference in credit', format: (value) => number(value, 2).replace('-', '−'), min: -1, max: 1, step: 0.5 }}
      series={[
        {
          label: 'Mean difference in credit, −1 to 1',
          values: points.map(({ mean }) => mean),
          low: points.map(({ interval }) => interval?.[0] ?? null),
          high: points.map(({ interval }) => interval?.[1] ?? null),
        },
      ]}
      empty="Nobody has been in it yet."
    />
  );
}
