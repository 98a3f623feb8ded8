import React, { type ReactNode } from 'react';
import { fieldsOf, type Action } from './fetch.tsx';
import { ErrorNotice } from './notice.tsx';

export interface FormProps {
  readonly action: Action<[]>;
  readonly buttons: ReactNode;
  readonly children: ReactNode;
}

/** A form that one action sends. What it says of a field stands beside that field; what concerns no field, above the buttons. */
export function Form({ action, buttons, children }: FormProps) {
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void action.run();
      }}
    >
      {children}
      {Object.keys(fieldsOf(action.error)).length === 0 && <ErrorNotice error={action.error} />}
      <div className="mq-actions">{buttons}</div>
    </form>
  );
}
