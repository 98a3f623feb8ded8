import React from 'react';
import { ago, Badge, Button, ErrorNotice, fetchJson, number, Panel, percent, Progress, seconds, Toggle, useAction } from '../../kit/index.tsx';
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
      {versions.length > 0 && (
        <p style={{ marginTop: 8 }}>
          <a href={`/admin/pages/models#${id}`}>Versions of {title}</a>
        </p>
      )}
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
