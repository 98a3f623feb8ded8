import React, { useEffect, useState } from 'react';
import { Badge, Busy, Empty, ErrorNotice, LinkButton, Page, useData } from '../kit/index.tsx';
import type { ModelPolicy } from '../../../recommend/models/policy.ts';
import { inProgress, type AlgorithmView } from './blend/types.tsx';
import { Compare } from './models/compare.tsx';
import { Policy } from './models/policy.tsx';
import { AlgorithmModels } from './models/versions.tsx';

interface Answer {
  readonly algorithms: readonly AlgorithmView[];
  readonly policy: ModelPolicy;
}

/** What each algorithm has learnt: versions, the gate's answers, what serves. */
export default function ModelsPage() {
  const [training, setTraining] = useState(false);
  const { data, error, reload } = useData<Answer>('/admin/data/core/algorithms', { every: training ? 1000 : 5000 });
  const busy = data?.algorithms.some(({ run }) => inProgress(run)) ?? false;
  if (busy !== training) setTraining(busy);
  useAnchor(data !== undefined);
  return (
    <Page
      title="Models"
      lead="A training makes a challenger. If it is good enough for the gate it becomes the champion, the version that viewers get; otherwise the champion stays."
      actions={
        <>
          <LinkButton href="#compare">Compare two versions</LinkButton>
          <LinkButton href="#gate">Gate and storage</LinkButton>
        </>
      }
    >
      <ErrorNotice error={error} />
      {!data && !error && <Busy what="the models" />}
      {data?.algorithms.length === 0 && <Empty>No algorithm is installed.</Empty>}
      {data && <Contents algorithms={data.algorithms} />}
      {data?.algorithms.map((algorithm) => (
        <AlgorithmModels key={algorithm.id} {...algorithm} reload={reload} />
      ))}
      {data && <Compare algorithms={data.algorithms} />}
      {data && <Policy key={data.policy.version} policy={data.policy} reload={reload} />}
    </Page>
  );
}

/** Links to the algorithms, with what needs a look. */
const Contents = ({ algorithms }: Pick<Answer, 'algorithms'>) => (
  <nav aria-label="Algorithms" style={{ marginBottom: 24 }}>
    <ul className="mq-legend">
      {algorithms.map(({ id, title, versions }) => (
        <li key={id}>
          <a href={`#${id}`}>{title}</a> {versions.length === 0 && <Badge kind="warn">no model</Badge>}
          {versions.some(({ active, broken, update }) => active && (broken ?? update?.broken)) && <Badge kind="bad">broken</Badge>}
          {versions[0]?.refused && !versions[0].active && <Badge kind="warn">newest refused</Badge>}
        </li>
      ))}
    </ul>
  </nav>
);

/** The place that the address names is there only after the data came. */
function useAnchor(ready: boolean): void {
  useEffect(() => {
    if (ready && location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  }, [ready]);
}
