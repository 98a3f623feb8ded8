import React, { useState } from 'react';
import {
  ago,
  Badge,
  Button,
  Confirm,
  ErrorNotice,
  fetchJson,
  number,
  Panel,
  percent,
  Progress,
  seconds,
  Table,
  useAction,
  when,
} from '../../kit/index.tsx';
import { inProgress, type AlgorithmView, type Version } from '../blend/types.tsx';
import { Figures } from './figures.tsx';
import { Situation, State } from './states.tsx';

type Props = AlgorithmView & { readonly reload: () => Promise<void> };

/** One algorithm: what serves, its versions, and what can be done with them. */
export function AlgorithmModels(props: Props) {
  const { id, title, description, plugin, versions, run, outdated, reload } = props;
  const train = useAction(async () => {
    await fetchJson(`/admin/data/core/algorithms/${id}/train`, { method: 'POST' });
    await reload();
  });
  return (
    <Panel
      id={id}
      title={title}
      lead={description}
      actions={
        <Button
          busy={train.busy}
          disabled={inProgress(run) || plugin.status !== 'on'}
          onClick={() => void train.run()}
          aria-label={`Train a challenger of ${title}`}
        >
          Train a challenger
        </Button>
      }
    >
      <ErrorNotice error={train.error} />
      {run && inProgress(run) && (
        <Progress value={run.progress} label={`Training of ${title}`} note={run.status === 'queued' ? 'waiting for a worker' : run.note} />
      )}
      {run && ['dead', 'failed'].includes(run.status) && (
        <p className="mq-error">
          The last training failed {ago(run.finishedAt)}: {run.error}
        </p>
      )}
      <Situation {...props} />
      {outdated && !versions[0]?.refused && (
        <p className="mq-hint">Its settings were changed since the champion was trained: train a challenger for them to take effect.</p>
      )}
      {versions.length > 0 && <Versions {...props} />}
    </Panel>
  );
}

function Versions({ title, versions, serving, reload }: Props) {
  const [chosen, choose] = useState<Version>();
  return (
    <>
      <div style={{ marginTop: 16 }}>
        <Table
          caption={`Versions of ${title}`}
          stacked
          rows={versions}
          rowKey={({ id }) => id}
          empty="No version is stored."
          columns={[
            {
              title: 'Version',
              cell: (version) => (
                <span className="mq-nowrap">
                  {version.version} <State version={version} serving={serving} />
                </span>
              ),
            },
            {
              title: 'Trained',
              cell: ({ created_at, seconds: took }) => (
                <span title={when(created_at)}>
                  {ago(created_at)}, in {seconds(took)}
                </span>
              ),
            },
            { title: 'Ratings', right: true, cell: ({ ratings }) => number(ratings) },
            { title: 'NDCG@10', right: true, cell: ({ metrics }) => number(metrics.ndcg10, 3) },
            { title: 'Hit rate', right: true, cell: ({ metrics }) => percent(metrics.hitRate10) },
            { title: 'Coverage', right: true, cell: ({ metrics }) => percent(metrics.coverage10) },
            { title: 'What the gate said', cell: ({ verdict, broken }) => <span className="mq-small">{broken ?? (verdict || '–')}</span> },
            { title: 'Service', cell: (version) => <Serve version={version} title={title} onChoose={choose} /> },
          ]}
        />
      </div>
      <details>
        <summary>All figures and settings of {title}</summary>
        <Figures title={title} versions={versions} />
      </details>
      <PutInService title={title} version={chosen} onClose={() => choose(undefined)} reload={reload} />
    </>
  );
}

interface ServeProps {
  readonly version: Version;
  readonly title: string;
  readonly onChoose: (version: Version) => void;
}

function Serve({ version, title, onChoose }: ServeProps) {
  if (version.active && !version.broken) return <Badge>in service</Badge>;
  const label = version.broken ? 'Check and serve' : version.refused ? 'Serve nevertheless' : 'Put in service';
  return (
    <Button onClick={() => onChoose(version)} aria-label={`${label}: version ${version.version} of ${title}`}>
      {label}
    </Button>
  );
}

interface PutInServiceProps {
  readonly title: string;
  readonly version: Version | undefined;
  readonly onClose: () => void;
  readonly reload: () => Promise<void>;
}

function PutInService({ title, version, onClose, reload }: PutInServiceProps) {
  const activate = useAction(async (id: number) => {
    await fetchJson(`/admin/data/core/models/${id}/activate`, { method: 'POST' }).finally(reload);
  });
  const close = (): void => {
    activate.clear();
    onClose();
  };
  return (
    <Confirm
      open={version !== undefined}
      title={`Put version ${version?.version} of ${title} in service?`}
      confirm={version?.refused ? 'Serve it nevertheless' : 'Put in service'}
      danger={version?.refused ?? false}
      busy={activate.busy}
      onConfirm={() => void activate.run(version!.id).then((done) => done && close())}
      onCancel={close}
    >
      <p>From the next page on, viewers get recommendations from this version. You can go back at any time; the audit log keeps who did it.</p>
      {version?.refused && <p style={{ marginTop: 8 }}>The gate refused it: {version.verdict}</p>}
      {version?.broken && (
        <p style={{ marginTop: 8 }}>It was found broken: {version.broken} It is read once more, and served only if it is sound now.</p>
      )}
      <div style={{ marginTop: 12 }}>
        <ErrorNotice error={activate.error} />
      </div>
    </Confirm>
  );
}
