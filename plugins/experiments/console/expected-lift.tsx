import React from 'react';
import { Busy, ErrorNotice, number, Panel, percent, Table, useData } from '../../../core/console/kit/index.tsx';
import type { ArmLift, ExpectedLift } from '../expected-lift/result.ts';
import type { PolicyValue } from '../statistics/offline/off-policy.ts';
import { data as path } from './words.tsx';

/** What the arms of a draft would get, by lists whose order was left to chance. */
export function ExpectedLiftOfDraft({ id }: { readonly id: number }) {
  const { data, error } = useData<ExpectedLift>(`${path}/${id}/expected-lift`);
  if (!data) return error ? <ErrorNotice error={error} /> : <Busy what="what the arms would get" />;
  const { blend, lists, viewers, decisions, leftOut, served, reward, cost, arms } = data,
    told = arms.filter(({ estimates }) => estimates),
    alike = arms.length > 0 && arms.every(({ text }) => text === arms[0]!.text);
  const from =
    lists === 0
      ? `There are no lists of “${blend}” to learn from yet.`
      : `From ${number(lists)} lists of “${blend}” to ${number(viewers)} viewers, whose order was left to chance: ${number(decisions)} films shown, ${percent(served, 2)} ${reward === 'clicks' ? 'clicked' : 'with a success'}.`;
  return (
    <Panel title="What to expect before launch" lead={`${from}${leftOut > 0 ? ` ${number(leftOut)} more could not be used.` : ''}`}>
      {alike ? (
        <p>{arms[0]!.text}</p>
      ) : (
        arms.map(({ key, name, text }: ArmLift) => (
          <p key={key}>
            <strong>{name}</strong>: {text}
          </p>
        ))
      )}
      {told.length > 0 && (
        <Table
          caption="Expected results of the arms, per film shown"
          columns={[
            { title: 'Arm', cell: ({ name }) => name },
            {
              title: reward === 'clicks' ? 'Clicks to expect, per film shown' : 'Successes to expect, per film shown',
              right: true,
              cell: (arm) => shown(arm.estimates?.doublyRobust),
            },
          ]}
          rows={told}
          rowKey={({ key }) => key}
          empty=""
          stacked
        />
      )}
      {cost !== null && (
        <p className="mq-soft">
          The chance in the order costs about {percent(Math.max(0, cost))} of the {reward === 'clicks' ? 'clicks' : 'successes'} in these lists: the
          price of knowing.
        </p>
      )}
      {told.length > 0 && <Method arms={told} />}
    </Panel>
  );
}

/** The three estimates beside each other: where they part, the model of clicks or a few lists carry too much. */
const Method = ({ arms }: { readonly arms: readonly ArmLift[] }) => (
  <details className="mq-details">
    <summary>The exact method</summary>
    <p>
      Each film that was shown counts by the ratio of its chance in the arm to the chance that it had. What is to be expected is the doubly robust
      estimate, in brackets its interval at the draft’s error rate; the other two should agree with it. Effective decisions say how many films shown
      all of this is worth.
    </p>
    <Table
      caption="Estimates from lists in random order, per film shown"
      columns={[
        { title: 'Arm', cell: ({ name }) => name },
        { title: 'Inverse propensity', right: true, cell: (arm) => shown(arm.estimates?.ips) },
        { title: 'Self-normalised', right: true, cell: (arm) => shown(arm.estimates?.snips) },
        { title: 'Doubly robust', right: true, cell: (arm) => shown(arm.estimates?.doublyRobust) },
        { title: 'Effective decisions', right: true, cell: ({ effective }) => number(effective) },
      ]}
      rows={arms}
      rowKey={({ key }) => key}
      empty=""
      stacked
    />
  </details>
);

const shown = (value: PolicyValue | undefined): string =>
  value ? `${percent(value.value, 2)} (${percent(value.interval[0], 2)} to ${percent(value.interval[1], 2)})` : '–';
