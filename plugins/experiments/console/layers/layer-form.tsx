import React, { useState } from 'react';
import { Button, Confirm, ErrorNotice, fetchJson, fieldsOf, Form, TextField, useAction } from '../../../../core/console/kit/index.tsx';
import type { Layer } from '../answer.ts';
import { base } from '../words.tsx';

export interface FormEnds {
  readonly done: () => Promise<void>;
  readonly cancel: () => void;
}

/** A new layer, or another name for one. */
export function LayerForm({ layer, done, cancel }: FormEnds & { readonly layer?: Layer }) {
  const [name, setName] = useState(layer?.name ?? ''),
    [description, setDescription] = useState(layer?.description ?? '');
  const save = useAction(async () => {
    const body = { name, description, ...(layer && { version: layer.version }) };
    await fetchJson(layer ? `${base}/layers/${layer.id}` : `${base}/layers`, { body });
    await done();
  });
  const errors = fieldsOf(save.error);
  return (
    <Form
      action={save}
      buttons={
        <>
          <Button look="main" type="submit" busy={save.busy}>
            {layer ? 'Save the layer' : 'Create the layer'}
          </Button>
          <Button onClick={cancel}>Cancel</Button>
        </>
      }
    >
      <div className="mq-inline mq-top">
        <TextField label="Name of the layer" value={name} onChange={setName} maxLength={80} error={errors['name']} />
        <TextField label="What it is for (optional)" value={description} onChange={setDescription} maxLength={500} error={errors['description']} />
      </div>
    </Form>
  );
}

export function DeleteLayer({ layer: { id, name, version }, done, cancel }: FormEnds & { readonly layer: Layer }) {
  const remove = useAction(async () => {
    await fetchJson(`${base}/layers/${id}/delete`, { body: { version } });
    await done();
  });
  return (
    <Confirm
      open
      title={`Delete the layer “${name}”?`}
      confirm="Delete"
      danger
      busy={remove.busy}
      onConfirm={() => void remove.run()}
      onCancel={cancel}
    >
      <p>Only a layer that no experiment was ever in can be deleted.</p>
      <ErrorNotice error={remove.error} />
    </Confirm>
  );
}
