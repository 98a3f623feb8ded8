import React, { type ButtonHTMLAttributes, type ReactNode } from 'react';

type Look = 'main' | 'plain' | 'danger' | 'quiet';
export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: Look;
  /** waits for an answer: cannot be pressed again */
  readonly busy?: boolean;
}

export function Button({ look = 'plain', busy = false, disabled, children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} className={`mq-button mq-button-${look}`} disabled={disabled || busy} aria-busy={busy}>
      {children}
      {busy && ' …'}
    </button>
  );
}

export const LinkButton = ({ href, look = 'plain', children }: { readonly href: string; readonly look?: Look; readonly children: ReactNode }) => (
  <a className={`mq-button mq-button-${look}`} href={href}>
    {children}
  </a>
);

export type BadgeKind = 'neutral' | 'info' | 'good' | 'warn' | 'bad';

/** A state in a word or two. */
export const Badge = ({ kind = 'neutral', children }: { readonly kind?: BadgeKind; readonly children: ReactNode }) => (
  <span className={`mq-badge mq-badge-${kind}`}>{children}</span>
);

export interface ToggleProps {
  readonly on: boolean;
  /** what is switched: "Trending" */
  readonly label: string;
  readonly disabled?: boolean;
  readonly onChange: (on: boolean) => void;
}

/** Switches something on or off at once. */
export function Toggle({ on, label, disabled, onChange }: ToggleProps) {
  return (
    <button type="button" role="switch" aria-checked={on} aria-label={label} disabled={disabled} className="mq-toggle" onClick={() => onChange(!on)}>
      <span className="mq-toggle-track" aria-hidden="true">
        <span className="mq-toggle-knob" />
      </span>
      <span aria-hidden="true">{on ? 'On' : 'Off'}</span>
    </button>
  );
}
