import React, { useState } from 'react';
import { Busy, Empty, ErrorNotice, LinkButton, Page, useData } from '../kit/index.tsx';
import { Algorithms } from './blend/algorithms.tsx';
import { Editor } from './blend/editor.tsx';
import { Preview } from './blend/preview.tsx';
import { SuggestionPanel } from './blend/suggestion.tsx';
import { inProgress, type AlgorithmView, type BlendSpec, type BlendView } from './blend/types.tsx';
import { BlendChoice, Versions } from './blend/versions.tsx';

interface Draft {
  readonly blend: number;
  readonly spec: BlendSpec;
}

/** Algorithms, and how their opinions become one list. */
export default function BlendPage() {
  const [training, setTraining] = useState(false);
  const algorithms = useData<{ algorithms: AlgorithmView[] }>('/admin/data/core/algorithms', { every: training ? 1000 : 5000 });
  const blends = useData<{ blends: BlendView[] }>('/admin/data/core/blends');
  const busy = algorithms.data?.algorithms.some(({ run }) => inProgress(run)) ?? false;
  if (busy !== training) setTraining(busy);
  return (
    <Page
      title="Algorithms and blend"
      lead="Each algorithm has its own opinion on every film; the blend weighs them into the lists that viewers see."
      actions={<LinkButton href="#algorithms">To the algorithms</LinkButton>}
    >
      <ErrorNotice error={algorithms.error ?? blends.error} />
      {algorithms.data && blends.data ? (
        <Body algorithms={algorithms.data.algorithms} blends={blends.data.blends} reloadAlgorithms={algorithms.reload} reloadBlends={blends.reload} />
      ) : (
        !algorithms.error && !blends.error && <Busy what="algorithms and blends" />
      )}
    </Page>
  );
}

interface BodyProps {
  readonly algorithms: readonly AlgorithmView[];
  readonly blends: readonly BlendView[];
  readonly reloadAlgorithms: () => Promise<void>;
  readonly reloadBlends: () => Promise<void>;
}

function Body({ algorithms, blends, reloadAlgorithms, reloadBlends }: BodyProps) {
  const [chosen, choose] = useState<number>(),
    [draft, setDraft] = useState<Draft>();
  const blend = blends.find(({ id }) => id === chosen) ?? blends[0];
  const base = blend?.versions[0];
  if (!blend || !base)
    return (
      <>
        <Algorithms algorithms={algorithms} reload={reloadAlgorithms} />
        <Empty>There is no blend yet.</Empty>
      </>
    );
  const spec = draft?.blend === blend.id ? draft.spec : base.spec;
  const onDraft = (next: BlendSpec): void => setDraft({ blend: blend.id, spec: next });
  const onChanged = async (id: number): Promise<void> => {
    await reloadBlends();
    choose(id);
    setDraft(undefined);
  };
  return (
    <>
      <BlendChoice blends={blends} chosen={blend} draft={spec} onChoose={choose} onChanged={onChanged} />
      <div className="mq-blend">
        <Editor
          key={blend.id}
          blend={blend}
          base={base}
          draft={spec}
          algorithms={algorithms}
          onDraft={onDraft}
          onSaved={() => onChanged(blend.id)}
          onStale={reloadBlends}
        />
        <Preview base={base} draft={spec} changed={spec !== base.spec} algorithms={algorithms} />
      </div>
      <SuggestionPanel base={base} draft={spec} algorithms={algorithms} onDraft={onDraft} />
      <Versions
        blend={blend}
        algorithms={algorithms}
        onLoad={(version) => {
          onDraft(version.spec);
          document.getElementById('main')?.scrollIntoView();
        }}
      />
      <Algorithms algorithms={algorithms} reload={reloadAlgorithms} />
    </>
  );
}
