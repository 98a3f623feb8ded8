import React, { type ReactNode } from 'react';
import { RequestError } from './fetch.tsx';

export type NoticeKind = 'info' | 'good' | 'warn' | 'bad';
const words: Record<NoticeKind, string> = { info: 'Note', good: 'Done', warn: 'Mind', bad: 'Problem' };

/** Says what happened, or what to mind. Read out at once when it is a problem. */
export function Notice({ kind = 'info', title, children }: { readonly kind?: NoticeKind; readonly title?: string; readonly children: ReactNode }) {
  return (
    <div className={`mq-notice mq-${kind}`} role={kind === 'bad' ? 'alert' : 'status'}>
      <strong>{title ?? words[kind]}:</strong> {children}
    </div>
  );
}

/** A failure in words, with the way on. Nothing when there is none. */
export function ErrorNotice({ error }: { readonly error: unknown }) {
  if (!error) return null;
  const signedOut = error instanceof RequestError && error.status === 401;
  return (
    <Notice kind="bad">
      {error instanceof Error ? error.message : String(error)}
      {signedOut && (
        <>
          {' '}
          <a href={`/sign-in?next=${encodeURIComponent(location.pathname)}`}>Sign in</a>
        </>
      )}
    </Notice>
  );
}

/** While something loads. */
export const Busy = ({ what }: { readonly what: string }) => (
  <p className="mq-busy" role="status">
    Loading {what} …
  </p>
);

/** How far something is: fraction 0 … 1. */
export function Progress({ value, label, note }: { readonly value: number; readonly label: string; readonly note?: string | null | undefined }) {
  const done = Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div className="mq-progress">
      <progress max={100} value={done} aria-label={label} />
      <span>
        {done} %{note ? ` · ${note}` : ''}
      </span>
    </div>
  );
}
