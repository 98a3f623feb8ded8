import React, { useState } from 'react';
import { Button, Notice } from '../../../core/console/kit/index.tsx';
import type { ExperimentAnswer } from './answer.ts';
import { namesOf } from './changes.tsx';
import { valuesOf, type DraftValues } from './design/values.tsx';

type Stored = Pick<ExperimentAnswer, 'experiment' | 'blends'>;
export interface Opened {
  /** the experiment as it was when its form was opened, or when somebody last looked at what others changed */
  readonly opened: Stored;
  /** counts how often another's values were taken: the form begins anew with each */
  readonly round: number;
  readonly keep: () => void;
  readonly take: () => void;
}

/**
 * What a form began with. The page asks again every few seconds, so that the version of what is stored now says nothing of what
 * the form shows: saved with it, a form would undo what others did meanwhile.
 */
export function useOpened({ experiment, blends }: Stored): Opened {
  const [opened, open] = useState<Stored>({ experiment, blends }),
    [round, setRound] = useState(0);
  const keep = (): void => open({ experiment, blends });
  const take = (): void => {
    keep();
    setRound(round + 1);
  };
  return { opened, round, keep, take };
}

interface MeanwhileProps extends Opened {
  readonly now: Stored;
  /** the states in which the form can still be saved */
  readonly while: readonly string[];
}

/** Told above a form whose experiment somebody else changed since: what, and that nothing is lost. */
export function Meanwhile({ opened, now, while: open, keep, take }: MeanwhileProps) {
  const { status } = now.experiment;
  if (!open.includes(status))
    return (
      <Notice kind="warn" title="It went on meanwhile">
        Somebody else changed its state, and it is {status} now. What you wrote is still here, but cannot be saved any more: copy what you need, then
        cancel.
      </Notice>
    );
  if (now.experiment.version === opened.experiment.version) return null;
  const changed = namesOf(changedFields(valuesOf(opened), valuesOf(now)));
  return (
    <Notice kind="warn" title="Changed meanwhile">
      Somebody else saved this experiment after you opened the form{changed && `, and changed: ${changed}`}. What you wrote is still here.
      <div className="mq-actions" style={{ marginTop: 8 }}>
        <Button onClick={keep}>Keep mine: saving replaces theirs</Button>
        <Button onClick={take}>Take theirs instead</Button>
      </div>
    </Notice>
  );
}

const changedFields = (before: DraftValues, after: DraftValues): string[] =>
  (Object.keys(after) as (keyof DraftValues)[]).filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
