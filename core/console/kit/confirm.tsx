import React, { useEffect, useRef, type ReactNode } from 'react';
import { Button } from './button.tsx';

export interface ConfirmProps {
  readonly open: boolean;
  readonly title: string;
  /** what pressing it does: "Switch off", never just "OK" */
  readonly confirm: string;
  readonly danger?: boolean;
  readonly busy?: boolean;
  /** what is asked cannot be done as things are: the children say why */
  readonly barred?: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

/** A modal question. The browser keeps the focus inside and gives it back; Escape cancels. */
export function Confirm({ open, title, confirm, danger = false, busy = false, barred = false, onConfirm, onCancel, children }: ConfirmProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open) dialog.current?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      className="mq-dialog"
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
    >
      {open && (
        <>
          <h2>{title}</h2>
          <div className="mq-dialog-body">{children}</div>
          <div className="mq-actions">
            <Button onClick={onCancel}>Cancel</Button>
            <Button look={danger ? 'danger' : 'main'} busy={busy} disabled={barred} onClick={onConfirm}>
              {confirm}
            </Button>
          </div>
        </>
      )}
    </dialog>
  );
}
