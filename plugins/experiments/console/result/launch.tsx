import React from 'react';
import { Confirm, ErrorNotice, when } from '../../../../core/console/kit/index.tsx';
import type { ExperimentAnswer } from '../answer.ts';
import { share } from '../words.tsx';

export interface LaunchProps {
  readonly experiment: ExperimentAnswer['experiment'];
  readonly conflicts: readonly string[];
  readonly open: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly launch: () => void;
  readonly cancel: () => void;
}

/** The last question before viewers get anything: what they will get, or why they cannot. */
export const Launch = ({ experiment, conflicts, open, busy, error, launch, cancel }: LaunchProps) => (
  <Confirm
    open={open}
    title={`Launch “${experiment.name}”?`}
    confirm="Launch"
    busy={busy}
    barred={conflicts.length > 0}
    onConfirm={launch}
    onCancel={cancel}
  >
    <div className="mq-stack">
      {conflicts.length > 0 ? <Barred conflicts={conflicts} /> : <WhatComes {...experiment} />}
      <ErrorNotice error={error} />
    </div>
  </Confirm>
);

const Barred = ({ conflicts }: Pick<LaunchProps, 'conflicts'>) => (
  <>
    <p>It cannot be launched as things are:</p>
    {conflicts.map((text) => (
      <p key={text}>
        <strong>{text}</strong>
      </p>
    ))}
  </>
);

const WhatComes = ({ startsAt, arms, hypothesis, kind }: LaunchProps['experiment']) => (
  <>
    <p>
      {startsAt ? `From ${when(startsAt)} on, viewers get: ` : 'From their next page on, viewers get: '}
      {arms.map((arm) => (kind === 'interleaving' ? arm.serves : `${share(arm.share)} ${arm.serves}`)).join(kind === 'interleaving' ? ' and ' : ', ')}
      {kind === 'interleaving' && ', taking turns in one list'}.
    </p>
    <p>Arms, shares and what decides cannot be changed after this.</p>
    {hypothesis === '' && (
      <p>
        <strong>There is no hypothesis.</strong> Write one first: afterwards, everybody will have known it all along.
      </p>
    )}
  </>
);
