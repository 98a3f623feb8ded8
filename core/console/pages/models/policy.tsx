import React, { useState } from 'react';
import { Button, ErrorNotice, fetchJson, fieldsOf, NumberField, Panel, useAction } from '../../kit/index.tsx';
import type { ModelPolicy } from '../../../../recommend/models/policy.ts';

interface Draft {
  /** of the policy that it began with */
  readonly version: number;
  readonly percent: number | undefined;
  readonly kept: number | undefined;
}

/** How strict the gate is and how many versions are kept. */
export function Policy({ policy, reload }: { readonly policy: ModelPolicy; readonly reload: () => Promise<void> }) {
  const stored: Draft = { version: policy.version, percent: Number((policy.tolerance * 100).toFixed(4)), kept: policy.kept };
  const [draft, setDraft] = useState(stored);
  const { percent, kept } = draft;
  const changed = percent !== stored.percent || kept !== stored.kept;
  // Nothing typed yet: follow what others save.
  if (!changed && draft.version !== stored.version) setDraft(stored);
  const save = useAction(async () => {
    await fetchJson('/admin/data/core/models/policy', { body: { tolerance: (percent ?? Number.NaN) / 100, kept, version: draft.version } });
    await reload();
  });
  const errors = fieldsOf(save.error);
  return (
    <Panel id="gate" title="Gate and storage" lead="For all algorithms, from the next training on.">
      <div className="mq-settings">
        <NumberField
          label="Tolerance of the gate, in per cent"
          value={percent}
          onChange={(value) => setDraft((old) => ({ ...old, percent: value }))}
          min={0}
          max={100}
          error={errors['tolerance'] && 'must be a number from 0 to 100'}
          hint="How far a challenger's NDCG@10 may lie below the champion's, and below that of the best version kept. On newer data than theirs, only a fall beyond chance is refused: the upper end of the challenger's 95 % interval counts. 100 lets everything through."
        />
        <NumberField
          label="Versions kept of each algorithm"
          value={kept}
          onChange={(value) => setDraft((old) => ({ ...old, kept: value }))}
          min={2}
          max={50}
          step={1}
          error={errors['kept']}
          hint="The champion and the last good version before it always stay, then the best one. Refused ones count."
        />
      </div>
      {Object.keys(errors).length === 0 && <ErrorNotice error={save.error} />}
      <div className="mq-actions">
        <Button look="main" disabled={!changed} busy={save.busy} onClick={() => void save.run()}>
          Save
        </Button>
        {changed && (
          <Button
            onClick={() => {
              save.clear();
              setDraft(stored);
            }}
          >
            Discard changes
          </Button>
        )}
      </div>
    </Panel>
  );
}
