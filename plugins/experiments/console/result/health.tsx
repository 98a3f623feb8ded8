import React from 'react';
import { Badge, Panel, type BadgeKind } from '../../../../core/console/kit/index.tsx';
import type { ResultsProps } from './results.tsx';

type Check = ResultsProps['results']['health'][number];
const kinds: Record<Check['level'], BadgeKind> = { ok: 'good', note: 'info', warn: 'warn', alarm: 'bad' };
const words: Record<Check['level'], string> = { ok: 'fine', note: 'note', warn: 'mind', alarm: 'wrong' };

/** What can be wrong with the numbers, each with what to do. */
export function Health({
  health,
  peeking,
  waiting,
  over,
}: Pick<ResultsProps['results'], 'health' | 'peeking' | 'waiting'> & { readonly over: boolean }) {
  const alarm = health.some(({ level }) => level === 'alarm');
  return (
    <Panel title="Can it be trusted?" {...(alarm && { lead: 'Something is wrong with how viewers were counted.' })}>
      <ul className="mq-checks">
        {health.map(({ id, level, title, text, todo }) => (
          <li key={id}>
            <Badge kind={kinds[level]}>{words[level]}</Badge> <strong>{title}.</strong> {text} {todo}
          </li>
        ))}
        {!over && (
          <li>
            <Badge kind={peeking.safe ? 'good' : 'warn'}>{peeking.safe ? 'fine' : 'mind'}</Badge> <strong>Looking early.</strong> {peeking.text}
          </li>
        )}
        {waiting > 0 && (
          <li>
            <Badge kind="info">note</Badge> {waiting} viewers are still to be counted.
          </li>
        )}
      </ul>
    </Panel>
  );
}
