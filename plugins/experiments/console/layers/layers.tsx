import React, { useState } from 'react';
import { Button, Empty, ErrorNotice, Panel, useData } from '../../../../core/console/kit/index.tsx';
import type { Holdout, Layer } from '../answer.ts';
import { base } from '../words.tsx';
import { Band } from './band.tsx';
import { EndHoldout, HoldoutForm } from './holdouts.tsx';
import { DeleteLayer, LayerForm } from './layer-form.tsx';

export interface LayersAnswer {
  readonly layers: readonly Layer[];
  readonly holdout: Holdout | null;
}
type Asked = { readonly what: 'add' } | { readonly what: 'edit' | 'delete' | 'hold'; readonly layer: Layer } | { readonly what: 'hold-all' };

/** Who is where: layers as bands, each with the ranges of its experiments, and who is held out. */
export function Layers() {
  const { data, error, reload } = useData<LayersAnswer>(`${base}/layers`, { every: 15_000 });
  const [asked, ask] = useState<Asked>();
  const done = async (): Promise<void> => {
    await reload();
    ask(undefined);
  };
  const cancel = (): void => ask(undefined);
  return (
    <Panel
      title="Layers"
      lead="Within a layer, ranges share no viewer. A holdout keeps some viewers out of experiments, to see what all of them together changed."
      actions={
        <>
          <Button onClick={() => ask({ what: 'add' })}>Add a layer</Button>
          {data && !data.holdout && <Button onClick={() => ask({ what: 'hold-all' })}>Hold viewers out everywhere</Button>}
        </>
      }
    >
      <ErrorNotice error={error} />
      {asked?.what === 'add' && <LayerForm done={done} cancel={cancel} />}
      {asked?.what === 'edit' && <LayerForm key={asked.layer.id} layer={asked.layer} done={done} cancel={cancel} />}
      {(asked?.what === 'hold' || asked?.what === 'hold-all') && (
        <HoldoutForm layer={asked.what === 'hold' ? asked.layer : null} done={done} cancel={cancel} />
      )}
      {asked?.what === 'delete' && <DeleteLayer layer={asked.layer} done={done} cancel={cancel} />}
      {data?.holdout && <EndHoldout holdout={data.holdout} where="the whole site" done={done} />}
      {data?.layers.length === 0 && <Empty>There is no layer yet. Experiments that change different things can run side by side without one.</Empty>}
      {data?.layers.map((layer) => (
        <section key={layer.id} className="mq-item" aria-label={`Layer ${layer.name}`}>
          <div className="mq-item-head">
            <h3>{layer.name}</h3>
            <div className="mq-actions">
              {!layer.holdout && (
                <Button look="quiet" aria-label={`Hold viewers out of ${layer.name}`} onClick={() => ask({ what: 'hold', layer })}>
                  Hold viewers out
                </Button>
              )}
              <Button look="quiet" aria-label={`Rename ${layer.name}`} onClick={() => ask({ what: 'edit', layer })}>
                Rename
              </Button>
              <Button look="quiet" aria-label={`Delete ${layer.name}`} onClick={() => ask({ what: 'delete', layer })}>
                Delete
              </Button>
            </div>
          </div>
          {layer.description && <p className="mq-soft">{layer.description}</p>}
          <Band layer={layer} />
          {layer.holdout && <EndHoldout holdout={layer.holdout} where={layer.name} done={done} />}
        </section>
      ))}
    </Panel>
  );
}
