import React, { useState } from 'react';
import {
  ago,
  Badge,
  bytes,
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
  Toggle,
  useAction,
  when,
} from '../../kit/index.tsx';
import { inProgress, type AlgorithmView, type Version } from './types.tsx';

interface Props {
  readonly algorithms: readonly AlgorithmView[];
  readonly reload: () => Promise<void>;
}

/** Every installed algorithm: whether it is on, which model serves, and its trainings. */
export const Algorithms = ({ algorithms, reload }: Props) => (
  <Panel
    id="algorithms"
    title="Algorithms"
    lead="Switched-off algorithms and those without a model give up their weight to the others. Figures are from each model's hold-out: ratings that it was not trained on."
  >
    {algorithms.map((algorithm) => (
      <Algorithm key={algorithm.id} {...algorithm} reload={reload} />
    ))}
  </Panel>
);

function Algorithm({ reload, ...algorithm }: AlgorithmView & Pick<Props, 'reload'>) {
  const { id, title, description, plugin, versions, run, outdated } = algorithm;
  const active = versions.find((version) => version.active);
  const toggle = useAction(async (enabled: boolean) => {
    await fetchJson(`/admin/data/core/plugins/${plugin.id}`, { body: { enabled, version: plugin.version } });
    await reload();
  });
  const train = useAction(async () => {
    await fetchJson(`/admin/data/core/algorithms/${id}/train`, { method: 'POST' });
    await reload();
  });
  return (
    <div className="mq-item">
      <div className="mq-item-head">
        <div>
          <h3>
            {title} <State {...algorithm} />
          </h3>
          <p className="mq-soft">{description}</p>
        </div>
        <div className="mq-actions">
          <Toggle
            on={plugin.enabled}
            label={plugin.title === title ? title : `${title} (with the plugin ${plugin.title})`}
            disabled={toggle.busy}
            onChange={(on) => void toggle.run(on)}
          />
          <Button
            busy={train.busy}
            disabled={inProgress(run) || plugin.status !== 'on'}
            onClick={() => void train.run()}
            aria-label={`Train now: ${title}`}
          >
            Train now
          </Button>
        </div>
      </div>
      <ErrorNotice error={toggle.error ?? train.error} />
      {run && inProgress(run) && (
        <Progress value={run.progress} label={`Training of ${title}`} note={run.status === 'queued' ? 'waiting for a worker' : run.note} />
      )}
      {run && ['dead', 'failed'].includes(run.status) && (
        <p className="mq-error">
          The last training failed {ago(run.finishedAt)}: {run.error}
        </p>
      )}
      {outdated && <p className="mq-hint">Its settings were changed since this model was trained: train it for them to take effect.</p>}
      {active && <Facts {...active} />}
      {versions.length > 0 && <Versions title={title} versions={versions} reload={reload} />}
    </div>
  );
}

function State({ plugin, versions, loaded }: AlgorithmView) {
  if (plugin.status === 'failed') return <Badge kind="bad">failed: {plugin.failure}</Badge>;
  if (plugin.status === 'waiting') return <Badge kind="warn">waiting for another plugin</Badge>;
  if (plugin.status === 'off') return <Badge>off</Badge>;
  if (versions.length === 0) return <Badge kind="warn">no model yet</Badge>;
  return loaded === null ? <Badge kind="warn">model is loading</Badge> : <Badge kind="good">in service</Badge>;
}

const Facts = ({ version, created_at, seconds: took, metrics, ratings }: Version) => (
  <dl className="mq-facts">
    <div>
      <dt>Model</dt>
      <dd>version {version}</dd>
    </div>
    <div>
      <dt>Trained</dt>
      <dd>
        {ago(created_at)}, in {seconds(took)}
      </dd>
    </div>
    <div>
      <dt>Ratings</dt>
      <dd>{number(ratings)}</dd>
    </div>
    <div>
      <dt>
        <abbr title="How high the hold-out films stand in each viewer's ten: 1 = on top">NDCG@10</abbr>
      </dt>
      <dd>{number(metrics.ndcg10, 3)}</dd>
    </div>
    <div>
      <dt>
        <abbr title="Viewers with at least one hold-out film in their ten">Hit rate</abbr>
      </dt>
      <dd>{percent(metrics.hitRate10)}</dd>
    </div>
    <div>
      <dt>
        <abbr title="Films that stand in anybody's ten">Coverage</abbr>
      </dt>
      <dd>{percent(metrics.coverage10)}</dd>
    </div>
  </dl>
);

function Versions({
  title,
  versions,
  reload,
}: {
  readonly title: string;
  readonly versions: readonly Version[];
  readonly reload: () => Promise<void>;
}) {
  const [chosen, choose] = useState<Version>();
  const activate = useAction(async (id: number) => {
    await fetchJson(`/admin/data/core/models/${id}/activate`, { method: 'POST' });
    await reload();
  });
  const roll = async (): Promise<void> => {
    if (chosen && (await activate.run(chosen.id))) choose(undefined);
  };
  return (
    <details>
      <summary>Versions of {title}</summary>
      <Table
        caption={`Stored versions of ${title}`}
        rows={versions}
        rowKey={({ id }) => id}
        empty="No version is stored."
        columns={[
          {
            title: 'Version',
            cell: ({ version, active }) => (
              <>
                {version} {active && <Badge kind="good">in service</Badge>}
              </>
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
          { title: 'NDCG@10', right: true, cell: ({ metrics }) => number(metrics.ndcg10, 3) },
          { title: 'Hit rate', right: true, cell: ({ metrics }) => percent(metrics.hitRate10) },
          { title: 'Coverage', right: true, cell: ({ metrics }) => percent(metrics.coverage10) },
          { title: 'Size', right: true, cell: (version) => bytes(version.bytes) },
          {
            title: 'Settings',
            cell: ({ settings }) => (
              <code>
                {Object.entries(settings)
                  .map(([name, value]) => `${name} ${String(value)}`)
                  .join(', ') || 'none'}
              </code>
            ),
          },
          {
            title: 'Roll back',
            cell: (version) =>
              version.active ? (
                '–'
              ) : (
                <Button onClick={() => choose(version)} aria-label={`Put in service: version ${version.version} of ${title}`}>
                  Put in service
                </Button>
              ),
          },
        ]}
      />
      <Confirm
        open={chosen !== undefined}
        title={`Put version ${chosen?.version} in service?`}
        confirm="Put in service"
        busy={activate.busy}
        onConfirm={() => void roll()}
        onCancel={() => {
          choose(undefined);
          activate.clear();
        }}
      >
        <p>From the next page on, viewers get recommendations from this model of {title}. You can go back at any time.</p>
        <ErrorNotice error={activate.error} />
      </Confirm>
    </details>
  );
}
