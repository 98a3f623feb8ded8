import React from 'react';
import { Field } from '../../../core/console/kit/index.tsx';
import type { PartProps } from './form.tsx';

/** From when and until when, in the operator's own time zone. */
export const Times = ({ draft, change, errors }: PartProps) => (
  <div className="mq-inline">
    <Field label="From" hint="Empty: at once." error={errors['startsAt']}>
      {(wiring) => (
        <input
          {...wiring}
          type="datetime-local"
          value={local(draft.startsAt)}
          onChange={(event) => change({ startsAt: moment(event.target.value) })}
        />
      )}
    </Field>
    <Field label="Until" hint="Empty: until it is switched off." error={errors['endsAt']}>
      {(wiring) => (
        <input {...wiring} type="datetime-local" value={local(draft.endsAt)} onChange={(event) => change({ endsAt: moment(event.target.value) })} />
      )}
    </Field>
  </div>
);

const moment = (typed: string): string | null => (typed === '' ? null : new Date(typed).toISOString());

/** As the input wants it: without zone and seconds. */
function local(time: string | null): string {
  if (time === null) return '';
  const date = new Date(time);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
