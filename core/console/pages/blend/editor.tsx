import React, { useState } from 'react';
import {
  Button,
  ErrorNotice,
  fetchJson,
  fieldsOf,
  isStale,
  Notice,
  NumberField,
  Panel,
  percent,
  SelectField,
  Slider,
  TextField,
  Toggle,
  useAction,
} from '../../kit/index.tsx';
import { changes, colourOf, type AlgorithmView, type BlendSpec, type BlendVersionView, type BlendView } from './types.tsx';

export interface EditorProps {
  readonly blend: BlendView;
  readonly base: BlendVersionView;
  readonly draft: BlendSpec;
  readonly algorithms: readonly AlgorithmView[];
  readonly onDraft: (draft: BlendSpec) => void;
  readonly onSaved: () => Promise<void>;
  /** somebody else saved meanwhile: asks for what is stored now, and keeps the draft */
  readonly onStale: () => Promise<void>;
}

/** The blend's weights and rules; nothing changes for viewers before it is saved. */
export function Editor(props: EditorProps) {
  const { blend, base, draft, algorithms, onDraft, onSaved, onStale } = props;
  const [note, setNote] = useState(''),
    [saved, setSaved] = useState('');
  const newest = blend.versions[0]!;
  const title = (id: string): string => algorithms.find((one) => one.id === id)?.title ?? id;
  const difference = changes(newest.spec, draft, title),
    changed = difference !== 'nothing';
  const save = useAction(async () => {
    await fetchJson(`/admin/data/core/blends/${blend.id}/versions`, { body: { base: base.id, spec: ofInstalled(draft, algorithms), note } }).catch(
      async (error: unknown) => {
        if (isStale(error)) await onStale();
        throw error;
      },
    );
    setSaved(`Version ${newest.version + 1} of ${blend.name} is saved${blend.isDefault ? ': viewers get it from their next page on' : ''}.`);
    setNote('');
    await onSaved();
  });
  const errors = fieldsOf(save.error);
  return (
    <Panel
      title={`Edit ${blend.name}`}
      lead={
        blend.isDefault
          ? 'The default blend: every viewer outside of an experiment gets it.'
          : 'Not the default: viewers get it only as an arm of an experiment.'
      }
    >
      <Weights
        {...props}
        label="Weights"
        weights={draft.weights}
        onWeights={(weights) => onDraft({ ...draft, weights })}
        errors={errors}
        field="weights"
      />
      <Newcomers {...props} errors={errors} />
      <div className="mq-weight">
        <Slider
          label="Diversity"
          value={draft.diversity}
          min={0}
          max={1}
          step={0.05}
          onChange={(diversity) => onDraft({ ...draft, diversity })}
          error={errors['diversity']}
          hint="0: the best films, however alike. 1: as different from each other as possible in genres, people and keywords."
        />
        <Slider
          label="Genre calibration"
          value={draft.calibration}
          min={0}
          max={1}
          step={0.05}
          onChange={(calibration) => onDraft({ ...draft, calibration })}
          error={errors['calibration']}
          hint="0: by score alone. 1: genres in the proportions of the viewer's own films, so that a small interest is not crowded out."
        />
      </div>
      <FineTuning {...props} errors={errors} />
      <TextField label="Note for your colleagues (optional)" value={note} onChange={setNote} maxLength={500} placeholder="Why you change it" />
      <p className="mq-hint">{changed ? `Unsaved: ${difference}.` : `This is version ${newest.version}, unchanged.`}</p>
      <div className={changed || saved ? 'mq-at-hand' : undefined} style={{ marginTop: 12 }}>
        {isStale(save.error) ? (
          <Notice kind="warn" title={`Version ${newest.version} is new`}>
            Somebody else saved it meanwhile. Your draft is still here, and now compared with it: save over it, or discard.
          </Notice>
        ) : (
          <ErrorNotice error={save.error} />
        )}
        {saved && !changed && <Notice kind="good">{saved}</Notice>}
        <div className="mq-actions">
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
            Discard
          </Button>
        </div>
      </div>
    </Panel>
  );
}

/** What is seldom changed. It says on its outside what it is set to. */
function FineTuning({ draft, onDraft, errors }: EditorProps & Pick<WeightsProps, 'errors'>) {
  const wrong = Object.keys(errors).some((field) => /^(again|exploration|normalisation)\b/.test(field));
  return (
    <details className="mq-details" open={wrong || undefined}>
      <summary>Exploration, seen films and more</summary>
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
      <NumberField
        label="Seen films come back after (days)"
        value={draft.again}
        min={0}
        max={3650}
        onChange={(days) => onDraft({ ...draft, again: days ?? 0 })}
        error={errors['again']}
        hint="0: a film that was seen is never recommended again. Otherwise it returns with a handicap that halves every so many days."
      />
      <div className="mq-weight">
        <Slider
          label="Exploration"
          value={draft.exploration.temperature}
          min={0}
          max={2}
          step={0.05}
          onChange={(temperature) => onDraft({ ...draft, exploration: { ...draft.exploration, temperature } })}
          error={errors['exploration.temperature']}
          hint="How far chance moves films. 0: not at all. A little of it lets experiments say what another blend would have done, before it is launched."
        />
        <NumberField
          label="First places left alone"
          value={draft.exploration.from}
          min={0}
          max={50}
          onChange={(from) => onDraft({ ...draft, exploration: { ...draft.exploration, from: from ?? 0 } })}
          error={errors['exploration.from']}
          hint="Exploration begins after these."
        />
      </div>
    </details>
  );
}

/** An algorithm that was taken out of the site has no slider; the next version forgets it. */
function ofInstalled(spec: BlendSpec, algorithms: readonly AlgorithmView[]): BlendSpec {
  const kept = (weights: BlendSpec['weights']): BlendSpec['weights'] =>
    Object.fromEntries(Object.entries(weights).filter(([id]) => algorithms.some((one) => one.id === id)));
  return { ...spec, weights: kept(spec.weights), newcomers: spec.newcomers && { ...spec.newcomers, weights: kept(spec.newcomers.weights) } };
}

interface WeightsProps extends Pick<EditorProps, 'algorithms'> {
  readonly label: string;
  /** as messages name it */
  readonly field: string;
  readonly weights: BlendSpec['weights'];
  readonly onWeights: (weights: BlendSpec['weights']) => void;
  readonly errors: Readonly<Record<string, string>>;
}

function Weights({ label, field, weights, algorithms, onWeights, errors }: WeightsProps) {
  const able = ({ id }: AlgorithmView): boolean => algorithms.some((one) => one.id === id && one.plugin.status === 'on' && one.loaded !== null);
  const total = algorithms.filter(able).reduce((sum, { id }) => sum + (weights[id] ?? 0), 0);
  const hint = (algorithm: AlgorithmView): string => {
    if (algorithm.plugin.status !== 'on') return 'Switched off: its weight goes to the others.';
    if (algorithm.loaded === null) return 'No model: its weight goes to the others.';
    return total > 0 ? `${percent((weights[algorithm.id] ?? 0) / total, 0)} of the score` : 'No share';
  };
  return (
    <div className="mq-weight mq-mix" role="group" aria-label={label}>
      {algorithms.map((algorithm) => {
        const weight = weights[algorithm.id] ?? 0;
        return (
          <div key={algorithm.id}>
            <Slider
              label={algorithm.title}
              min={0}
              max={Math.max(2, Math.ceil(weight))}
              step={0.05}
              value={weight}
              error={errors[`${field}.${algorithm.id}`]}
              onChange={(value) => onWeights({ ...weights, [algorithm.id]: value })}
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
      {errors[field] && <p className="mq-error">Weights: {errors[field]}</p>}
    </div>
  );
}

/** The second mix, for viewers of whom little is known. */
function Newcomers({ draft, algorithms, onDraft, errors }: EditorProps & Pick<WeightsProps, 'errors'>) {
  const { newcomers } = draft;
  const toggle = (on: boolean): void => onDraft({ ...draft, newcomers: on ? { upTo: 5, weights: draft.weights } : null });
  return (
    <div role="group" aria-label="Newcomers">
      <div className="mq-switch">
        <span>Another mix for newcomers</span>
        <Toggle on={newcomers !== null} label="Another mix for newcomers" onChange={toggle} />
      </div>
      {newcomers && (
        <>
          <NumberField
            label="Newcomers have at most so many films"
            value={newcomers.upTo}
            min={0}
            max={1000}
            onChange={(upTo) => onDraft({ ...draft, newcomers: { ...newcomers, upTo: upTo ?? 0 } })}
            error={errors['newcomers.upTo']}
            hint="Films that they rated or watched."
          />
          <details className="mq-details" open={Object.keys(errors).some((field) => field.startsWith('newcomers.weights')) || undefined}>
            <summary>Weights for newcomers</summary>
            <Weights
              label="Weights for newcomers"
              field="newcomers.weights"
              weights={newcomers.weights}
              onWeights={(weights) => onDraft({ ...draft, newcomers: { ...newcomers, weights } })}
              algorithms={algorithms}
              errors={errors}
            />
          </details>
        </>
      )}
    </div>
  );
}
