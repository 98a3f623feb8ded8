import React, { useState } from 'react';
import { Confirm, ErrorNotice, fetchJson, NumberField, TextArea, useAction } from '../../../core/console/kit/index.tsx';
import type { Waiting } from './answer.ts';
import { actions, path, type Action } from './words.tsx';

interface Props {
  readonly about: Waiting;
  readonly action: Action;
  readonly onDone: () => Promise<void>;
  readonly onCancel: () => void;
}

/** Asks what to say to the author before it is done. */
export function Decide({ about, action, onDone, onCancel }: Props) {
  const [words, setWords] = useState(''),
    [days, setDays] = useState<number | undefined>(7);
  const { verb, title, says } = actions[action];
  const send = useAction(async () => {
    await fetchJson(`${path}/decide`, { body: { kind: about.kind, subject: about.subject, action, words, ...(action === 'suspend' && { days }) } });
    await onDone();
  });
  return (
    <Confirm
      open
      title={`${title} @${about.handle}?`}
      confirm={verb}
      danger={action === 'suspend'}
      busy={send.busy}
      onConfirm={() => void send.run()}
      onCancel={onCancel}
    >
      <p>{says}</p>
      {action === 'suspend' && <NumberField label="Days" value={days} min={1} max={3650} step={1} onChange={setDays} />}
      {action !== 'dismiss' && (
        <TextArea label="Words to the author" hint="Empty: a friendly standard sentence." value={words} maxLength={500} onChange={setWords} />
      )}
      <ErrorNotice error={send.error} />
    </Confirm>
  );
}
