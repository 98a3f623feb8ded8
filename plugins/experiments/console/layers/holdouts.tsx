import React, { useState } from 'react';
import { Button, fetchJson, fieldsOf, Form, LinkButton, NumberField, TextField, useAction } from '../../../../core/console/kit/index.tsx';
import type { Holdout, Layer } from '../answer.ts';
import { base, page, share as shareOf } from '../words.tsx';
import type { FormEnds } from './layer-form.tsx';

/** Begins to hold viewers out of a layer, or of all experiments. */
export function HoldoutForm({ layer, done, cancel }: FormEnds & { readonly layer: Layer | null }) {
  const [name, setName] = useState(layer ? `Held out of ${layer.name}` : 'Held out of everything'),
    [share, setShare] = useState<number | undefined>(5);
  const save = useAction(async () => {
    await fetchJson(`${base}/holdouts`, { body: { name, share, layer: layer?.id ?? null } });
    await done();
  });
  const errors = fieldsOf(save.error);
  return (
    <Form
      action={save}
      buttons={
        <>
          <Button look="main" type="submit" busy={save.busy}>
            Begin to hold out
          </Button>
          <Button onClick={cancel}>Cancel</Button>
        </>
      }
    >
      <div className="mq-inline mq-top">
        <TextField label="Name of the holdout" value={name} onChange={setName} maxLength={120} error={errors['name']} />
        <NumberField label="Percent of viewers held out" value={share} onChange={setShare} min={0.5} max={50} error={errors['share']} />
      </div>
    </Form>
  );
}

/** What a holdout says, and its end. */
export function EndHoldout({
  holdout: { id, name, share, version },
  where,
  done,
}: { readonly holdout: Holdout; readonly where: string } & Pick<FormEnds, 'done'>) {
  const [reason, setReason] = useState<string>();
  const end = useAction(async () => {
    await fetchJson(`${base}/holdouts/${id}/end`, { body: { version, reason: reason ?? '' } });
    await done();
  });
  return (
    <div className="mq-count" role="group" aria-label={`Holdout ${name}`}>
      {shareOf(share)} of the viewers of {where} are in no experiment (“{name}”).
      <div className="mq-actions">
        <LinkButton href={page(`?id=${id}`)}>What it shows</LinkButton>
        {reason === undefined && <Button onClick={() => setReason('')}>End the holdout</Button>}
      </div>
      {reason !== undefined && (
        <Form
          action={end}
          buttons={
            <>
              <Button look="danger" type="submit" busy={end.busy}>
                End it
              </Button>
              <Button onClick={() => setReason(undefined)}>Let it be</Button>
            </>
          }
        >
          <TextField label="Why does it end?" value={reason} onChange={setReason} maxLength={2000} error={fieldsOf(end.error)['reason']} />
        </Form>
      )}
    </div>
  );
}
