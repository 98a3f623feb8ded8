import React, { useEffect, useState } from 'react';
import {
  Button,
  fetchJson,
  fieldsOf,
  FilmPicker,
  Form,
  NumberField,
  Panel,
  plural,
  SelectField,
  TextField,
  Toggle,
  useAction,
  useData,
} from '../../../core/console/kit/index.tsx';
import type { Draft } from '../input.ts';
import type { FilmsAnswer, RuleLine } from './answer.ts';
import { RulePreview } from './preview.tsx';
import { Times } from './times.tsx';
import { audiences, effects, path, targets } from './words.tsx';

interface Props {
  /** undefined: a new one */
  readonly rule: RuleLine | undefined;
  readonly onSaved: () => Promise<void>;
  readonly onCancel: () => void;
}
const fresh: Draft = {
  name: '',
  effect: 'boost',
  amount: 1,
  target: 'genre',
  value: '',
  audience: 'everybody',
  startsAt: null,
  endsAt: null,
  enabled: true,
};
const draftOf = ({ name, effect, amount, target, value, audience, startsAt, endsAt, enabled }: RuleLine): Draft => ({
  name,
  effect,
  amount,
  target,
  value,
  audience,
  startsAt,
  endsAt,
  enabled,
});
const choices = (words: Readonly<Record<string, string>>) => Object.entries(words).map(([value, label]) => ({ value, label }));

/** One rule, with what it is about and what it would change for a chosen viewer before it is saved. */
export function RuleForm({ rule, onSaved, onCancel }: Props) {
  const [draft, setDraft] = useState<Draft>(rule ? draftOf(rule) : fresh);
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const save = useAction(async () => {
    await fetchJson(rule ? `${path}/rules/${rule.id}` : `${path}/rules`, { body: rule ? { ...draft, version: rule.version } : draft });
    await onSaved();
  });
  const errors = fieldsOf(save.error);
  return (
    <Panel title={rule ? `Edit “${rule.name}”` : 'New rule'}>
      <Form
        action={save}
        buttons={
          <>
            <Button look="main" type="submit" busy={save.busy}>
              Save rule
            </Button>
            <Button onClick={onCancel}>Cancel</Button>
          </>
        }
      >
        <TextField
          label="Name"
          value={draft.name}
          maxLength={80}
          error={errors['name']}
          onChange={(name) => change({ name })}
          hint="What it is for: “Halloween”, “Hold back until the premiere”."
        />
        <Effect draft={draft} change={change} errors={errors} />
        <Target draft={draft} change={change} errors={errors} />
        <SelectField
          label="For whom"
          value={draft.audience}
          error={errors['audience']}
          onChange={(audience) => change({ audience: audience as Draft['audience'] })}
          options={choices(audiences)}
        />
        <Times draft={draft} change={change} errors={errors} />
        <div className="mq-switch">
          <span>In force (within its time)</span>
          <Toggle on={draft.enabled} label="In force" onChange={(enabled) => change({ enabled })} />
        </div>
      </Form>
      <RulePreview draft={draft} id={rule?.id ?? null} />
    </Panel>
  );
}

export interface PartProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly errors: Readonly<Record<string, string>>;
}

function Effect({ draft, change, errors }: PartProps) {
  const { effect, amount } = draft;
  const choose = (next: Draft['effect']): void =>
    change({ effect: next, amount: 1, ...(next === 'pin' && draft.target !== 'film' ? { target: 'film' as const, value: '' } : {}) });
  return (
    <>
      <SelectField
        label="What it does"
        value={effect}
        error={errors['effect']}
        onChange={(next) => choose(next as Draft['effect'])}
        options={choices(effects)}
      />
      {effect === 'pin' && (
        <NumberField
          label="Place"
          value={amount}
          min={1}
          max={18}
          step={1}
          error={errors['amount']}
          onChange={(place) => change({ amount: place ?? 1 })}
          hint="1 is the first of the list."
        />
      )}
      {(effect === 'boost' || effect === 'bury') && (
        <NumberField
          label="Strength"
          value={amount}
          min={0.1}
          max={5}
          step={0.1}
          error={errors['amount']}
          onChange={(strength) => change({ amount: strength ?? 0 })}
          hint="In standard deviations of a film's score: 0.3 nudges, 1 is clearly felt, 3 overrules nearly everything."
        />
      )}
    </>
  );
}

function Target({ draft, change, errors }: PartProps) {
  const { target, value, effect } = draft;
  const able = effect === 'pin' ? { film: targets.film } : targets;
  return (
    <>
      <SelectField
        label="To which films"
        value={target}
        error={errors['target']}
        onChange={(next) => change({ target: next as Draft['target'], value: '' })}
        options={choices(able)}
      />
      {target === 'film' ? (
        <>
          <FilmPicker onFilm={({ id }) => change({ value: String(id) })} />
          {errors['value'] && <p className="mq-error">{errors['value']}</p>}
        </>
      ) : (
        <TextField
          label={targets[target]}
          value={value}
          maxLength={200}
          error={errors['value']}
          onChange={(text) => change({ value: text })}
          hint={target === 'query' ? 'Films in whose title, plot, year, genres, keywords or names all of these words stand.' : undefined}
        />
      )}
      <Found target={target} value={value} />
    </>
  );
}

/** Which films it is about, a moment after the last change. */
function Found({ target, value }: Pick<Draft, 'target' | 'value'>) {
  const [asked, ask] = useState({ target, value });
  useEffect(() => {
    const timer = setTimeout(() => ask({ target, value }), 300);
    return () => clearTimeout(timer);
  }, [target, value]);
  const query = new URLSearchParams({ target: asked.target, value: asked.value });
  const { data } = useData<FilmsAnswer>(asked.value.trim() === '' ? undefined : `${path}/films?${query.toString()}`);
  if (!data) return null;
  const more = data.count - data.titles.length;
  return (
    <p className="mq-hint" role="status" style={{ marginBottom: 16 }}>
      {data.count === 0 ? 'No film is like that.' : `${plural(data.count, 'film')}: ${data.titles.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`}
    </p>
  );
}
