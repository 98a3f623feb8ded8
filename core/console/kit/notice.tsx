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
  if (error instanceof RequestError && error.status === 401) return <SignedOut />;
  return <Notice kind="bad">{error instanceof Error ? error.message : String(error)}</Notice>;
}

/** The page stays, with all that was typed into it: the browser's other tabs share the new session. */
const SignedOut = () => (
  <Notice kind="bad" title="You are signed out">
    Nothing that you wrote here is lost.{' '}
    <a href={`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`} target="_blank" rel="noopener">
      Sign in in another tab
    </a>
    , come back and try again.
  </Notice>
);

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
