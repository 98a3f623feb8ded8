import React, { useState } from 'react';
import { ago, Badge, Button, Confirm, ErrorNotice, fetchJson, fieldsOf, Panel, Table, TextField, useAction, when } from '../../kit/index.tsx';
import { changes, type AlgorithmView, type BlendSpec, type BlendVersionView, type BlendView } from './types.tsx';

export interface VersionsProps {
  readonly blend: BlendView;
  readonly algorithms: readonly AlgorithmView[];
  readonly onLoad: (version: BlendVersionView) => void;
}

/** Who changed the blend, when, why, and what. Old versions can be taken into the editor and saved anew. */
export function Versions({ blend, algorithms, onLoad }: VersionsProps) {
  const title = (id: string): string => algorithms.find((one) => one.id === id)?.title ?? id;
  return (
    <Panel title={`History of ${blend.name}`} lead="Every version stays, so that each list that was ever shown can be explained.">
      <Table
        caption={`Versions of ${blend.name}`}
        stacked
        rows={blend.versions}
        rowKey={({ id }) => id}
        empty="There is no version."
        columns={[
          {
            title: 'Version',
            cell: ({ version }) => (
              <>
                {version} {version === blend.versions[0]!.version && <Badge kind="good">newest</Badge>}
              </>
            ),
          },
          {
            title: 'Saved',
            cell: ({ created_at }) => (
              <span className="mq-nowrap" title={when(created_at)}>
                {ago(created_at)}
              </span>
            ),
          },
          { title: 'By', cell: ({ by }) => by ?? 'the site itself' },
          { title: 'Changed', cell: ({ version, spec }) => changes(blend.versions.find((one) => one.version === version - 1)?.spec, spec, title) },
          { title: 'Note', cell: ({ note }) => note || '–' },
          {
            title: 'Use again',
            cell: (version) => (
              <Button onClick={() => onLoad(version)} aria-label={`Load version ${version.version} into the sliders`}>
                Load
              </Button>
            ),
          },
        ]}
      />
    </Panel>
  );
}

export interface BlendChoiceProps {
  readonly blends: readonly BlendView[];
  readonly chosen: BlendView;
  readonly draft: BlendSpec;
  readonly onChoose: (id: number) => void;
  readonly onChanged: (id: number) => Promise<void>;
}

/** Which blend is being edited; another one can be made from the draft, or become the default. */
export function BlendChoice({ blends, chosen, draft, onChoose, onChanged }: BlendChoiceProps) {
  const [asking, ask] = useState<'default' | 'new'>(),
    [name, setName] = useState('');
  const makeDefault = useAction(async () => {
    await fetchJson(`/admin/data/core/blends/${chosen.id}/default`, { method: 'POST' });
    await onChanged(chosen.id);
  });
  const create = useAction(async () => {
    const { blend } = await fetchJson<{ blend: number }>('/admin/data/core/blends', { body: { name, spec: draft } });
    setName('');
    await onChanged(blend);
  });
  const close = (): void => {
    ask(undefined);
    makeDefault.clear();
    create.clear();
  };
  const finish = async (action: { run: () => Promise<boolean> }): Promise<void> => {
    if (await action.run()) close();
  };
  return (
    <Panel
      title="Blends"
      lead="An experiment compares blends: make one for each idea."
      actions={
        <>
          {!chosen.isDefault && <Button onClick={() => ask('default')}>Make {chosen.name} the default</Button>}
          <Button onClick={() => ask('new')}>New blend from this</Button>
        </>
      }
    >
      <div className="mq-choices" role="group" aria-label="Blends" style={{ margin: 0 }}>
        {blends.map(({ id, name: title, isDefault, versions }) => (
          <button key={id} type="button" className="mq-choice" aria-pressed={id === chosen.id} onClick={() => onChoose(id)}>
            {title}{' '}
            <span className="mq-small">
              version {versions[0]?.version}
              {isDefault && ', default'}
            </span>
          </button>
        ))}
      </div>
      <Confirm
        open={asking === 'default'}
        title={`Make ${chosen.name} the default?`}
        confirm="Make it the default"
        busy={makeDefault.busy}
        onConfirm={() => void finish(makeDefault)}
        onCancel={close}
      >
        <p>Every viewer outside of an experiment gets version {chosen.versions[0]!.version} of it from the next page on.</p>
        <ErrorNotice error={makeDefault.error} />
      </Confirm>
      <Confirm
        open={asking === 'new'}
        title="New blend"
        confirm="Create it"
        busy={create.busy}
        onConfirm={() => void finish(create)}
        onCancel={close}
      >
        <p style={{ marginBottom: 12 }}>
          It starts with the weights and rules that the editor shows now. Viewers do not get it before it is an arm of an experiment or the default.
        </p>
        <TextField label="Name" value={name} onChange={setName} maxLength={80} error={fieldsOf(create.error)['name']} />
        {!fieldsOf(create.error)['name'] && <ErrorNotice error={create.error} />}
      </Confirm>
    </Panel>
  );
}
