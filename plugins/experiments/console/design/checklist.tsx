import React from 'react';
import { Badge, Panel } from '../../../../core/console/kit/index.tsx';
import type { Audience, ExperimentAnswer } from '../answer.ts';
import type { Asked } from './inputs.tsx';
import { useAudience, usePlan, type SitePlan } from './plan.tsx';
import { valuesOf, type DraftValues } from './values.tsx';

interface Item {
  readonly ok: boolean;
  /** the launch is refused */
  readonly refused?: boolean;
  readonly text: string;
}
export interface ChecklistProps {
  readonly values: DraftValues;
  readonly audience: Asked<Audience>;
  readonly plan: Asked<SitePlan | null>;
  readonly conflicts: readonly string[];
}

/** The same where a draft is launched. */
export function BeforeLaunch({ experiment, blends, conflicts }: Pick<ExperimentAnswer, 'experiment' | 'blends' | 'conflicts'>) {
  const values = valuesOf({ experiment, blends });
  return <Checklist values={values} audience={useAudience(values)} plan={usePlan(values)} conflicts={conflicts} />;
}

/** What to look at before viewers see anything. */
export const Checklist = (props: ChecklistProps) => (
  <Panel
    title="Before you launch"
    lead="What says “mind” is allowed, but each of it has cost somebody an experiment. With what says “stop”, the launch is refused."
  >
    <ul className="mq-checks">
      {itemsOf(props).map(({ ok, refused, text }) => (
        <li key={text}>
          <Badge kind={refused ? 'bad' : ok ? 'good' : 'warn'}>{refused ? 'stop' : ok ? 'ready' : 'mind'}</Badge> {text}
        </li>
      ))}
    </ul>
  </Panel>
);

function itemsOf({ values, audience, plan, conflicts }: ChecklistProps): Item[] {
  const { hypothesis, guardrails, includeSimulated, engine, kind, arms, secondary, correction } = values;
  return [
    {
      ok: hypothesis !== '',
      text: hypothesis
        ? 'The hypothesis is written down.'
        : 'There is no hypothesis. Write one first: afterwards, everybody will have known it all along.',
    },
    ...(kind === 'interleaving'
      ? [
          {
            ok: arms.length === 2,
            text:
              arms.length === 2 ? 'Two arms are merged into one list; shares do not matter.' : 'An interleaving merges two arms. Remove the others.',
          },
        ]
      : []),
    ...audienceItems(audience),
    ...(kind === 'ab' ? planItems(plan) : []),
    {
      ok: guardrails.length > 0,
      text:
        guardrails.length > 0 ? 'Guardrails watch over it.' : 'No guardrail watches over it: nothing pauses it when something else becomes worse.',
    },
    ...(kind === 'ab' && (arms.length > 2 || secondary.length > 0)
      ? [
          {
            ok: correction !== 'none',
            text:
              engine === 'bayes'
                ? 'Several questions are asked, and a chance to win is not corrected for that: chance has several tries.'
                : correction === 'none'
                  ? 'Several questions are asked without a correction: chance has several tries.'
                  : 'Several questions are corrected for.',
          },
        ]
      : []),
    ...(engine === 'fixed' && kind === 'ab' ? [{ ok: false, text: 'It is right for one look. Write down on which day you will decide.' }] : []),
    ...(includeSimulated ? [{ ok: false, text: 'Simulated viewers take part: the result says nothing about people.' }] : []),
    ...conflicts.map((text) => ({ ok: false, refused: true, text })),
  ];
}

function audienceItems({ data }: Asked<Audience>): Item[] {
  if (!data) return [];
  return [
    {
      ok: data.takePart > 0,
      text:
        data.takePart > 0
          ? `About ${data.takePart} viewers of the last four weeks would take part.`
          : 'Nobody who was here in the last four weeks would take part.',
    },
  ];
}

/** Beyond so many days, most experiments are given up before they say anything. */
const LONG = 60;
function planItems({ data }: Asked<SitePlan | null>): Item[] {
  if (!data) return [];
  if (data.days === null) return [{ ok: false, text: 'So few viewers come that no end is in sight. Look for a larger change.' }];
  return [
    {
      ok: data.days <= LONG,
      text:
        data.days <= LONG
          ? `It should be decided in about ${data.days} days.`
          : `It takes about ${data.days} days: look for a larger change, or cover more viewers.`,
    },
  ];
}
