import React, { useState } from 'react';
import { Button, ErrorNotice, fetchJson, fieldsOf, Notice, Panel, percent, SelectField, Slider, TextField, useAction } from '../../kit/index.tsx';
import { changes, colourOf, type AlgorithmView, type BlendSpec, type BlendVersionView, type BlendView } from './types.tsx';

export interface EditorProps {
  readonly blend: BlendView;
  readonly base: BlendVersionView;
  readonly draft: BlendSpec;
  readonly algorithms: readonly AlgorithmView[];
  readonly onDraft: (draft: BlendSpec) => void;
  readonly onSaved: () => Promise<void>;
}

/** The blend's weights and rules; nothing changes for viewers before it is saved. */
export function Editor(props: EditorProps) {
  const { blend, base, draft, algorithms, onDraft, onSaved } = props;
  const [note, setNote] = useState(''),
    [saved, setSaved] = useState('');
  const newest = blend.versions[0]!;
  const title = (id: string): string => algorithms.find((one) => one.id === id)?.title ?? id;
  const difference = changes(newest.spec, draft, title),
    changed = difference !== 'nothing';
  const save = useAction(async () => {
    await fetchJson(`/admin/data/core/blends/${blend.id}/versions`, { body: { base: base.id, spec: draft, note } });
    setSaved(`Version ${newest.version + 1} of ${blend.name} is saved${blend.isDefault ? ': viewers get it from their next page on' : ''}.`);
    setNote('');
    await onSaved();
  });
  return (
    <Panel
      title={`Edit ${blend.name}`}
      lead={
        blend.isDefault
          ? 'The default blend: every viewer outside of an experiment gets it.'
          : 'Not the default: viewers get it only as an arm of an experiment.'
      }
    >
      {saved && !changed && <Notice kind="good">{saved}</Notice>}
      <Weights {...props} errors={fieldsOf(save.error)} />
      <SelectField
        label="How scores are made comparable"
        value={draft.normalisation}
        onChange={(how) => onDraft({ ...draft, normalisation: how as BlendSpec['normalisation'] })}
        options={[
          { value: 'standard', label: 'By distance from the average film' },
          { value: 'rank', label: 'By rank alone' },
        ]}
        hint="By distance: a film that one algorithm likes far more than the rest moves far. By rank: only the order of each algorithm counts."
      />
      <div className="mq-weight">
        <Slider
          label="Diversity"
          value={draft.diversity}
          min={0}
          max={1}
          step={0.05}
          onChange={(diversity) => onDraft({ ...draft, diversity })}
          error={fieldsOf(save.error)['diversity']}
          hint="0: the best films, however alike. 1: as different from each other as possible in genres, people and keywords."
        />
      </div>
      <TextField label="Note for your colleagues (optional)" value={note} onChange={setNote} maxLength={500} placeholder="Why you change it" />
      <ErrorNotice error={save.error} />
      <p className="mq-hint">{changed ? `Unsaved: ${difference}.` : `This is version ${newest.version}, unchanged.`}</p>
      <div className="mq-actions" style={{ marginTop: 12 }}>
        <Button look="main" disabled={!changed} busy={save.busy} onClick={() => void save.run()}>
          Save as version {newest.version + 1}
        </Button>
        <Button
          disabled={!changed}
          onClick={() => {
            save.clear();
            onDraft(newest.spec);
          }}
        >
          Discard changes
        </Button>
      </div>
    </Panel>
  );
}

function Weights({ draft, algorithms, onDraft, errors }: EditorProps & { readonly errors: Readonly<Record<string, string>> }) {
  const able = ({ id }: AlgorithmView): boolean => algorithms.some((one) => one.id === id && one.plugin.status === 'on' && one.loaded !== null);
  const total = algorithms.filter(able).reduce((sum, { id }) => sum + (draft.weights[id] ?? 0), 0);
  const hint = (algorithm: AlgorithmView): string => {
    if (algorithm.plugin.status !== 'on') return 'Switched off: its weight goes to the others.';
    if (algorithm.loaded === null) return 'No model: its weight goes to the others.';
    return total > 0 ? `${percent((draft.weights[algorithm.id] ?? 0) / total, 0)} of the score` : 'No share';
  };
  return (
    <div className="mq-weight" role="group" aria-label="Weights">
      {algorithms.map((algorithm) => {
        const weight = draft.weights[algorithm.id] ?? 0;
        return (
          <div key={algorithm.id}>
            <Slider
              label={algorithm.title}
              min={0}
              max={Math.max(2, Math.ceil(weight))}
              step={0.05}
              value={weight}
              error={errors[`weights.${algorithm.id}`]}
              onChange={(value) => onDraft({ ...draft, weights: { ...draft.weights, [algorithm.id]: value } })}
              hint={
                <>
                  <span className="mq-key" style={{ background: colourOf(algorithms, algorithm.id) }} />
                  {hint(algorithm)}
                </>
              }
            />
          </div>
        );
      })}
      {errors['weights'] && <p className="mq-error">Weights: {errors['weights']}</p>}
    </div>
  );
}
