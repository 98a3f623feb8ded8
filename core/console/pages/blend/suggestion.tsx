import React from 'react';
import { useNavigate } from 'react-router-dom';
import {
  Button,
  Chart,
  ErrorNotice,
  fetchJson,
  Notice,
  number,
  Panel,
  percent,
  plural,
  Progress,
  Table,
  useAction,
  useData,
  when,
} from '../../kit/index.tsx';
import { inProgress, type AlgorithmView, type BlendSpec, type BlendVersionView, type Run } from './types.tsx';

interface Change {
  readonly metric: string;
  readonly before: number;
  readonly after: number;
  readonly low: number | null;
  readonly high: number | null;
}
interface Mix {
  readonly weights: Readonly<Record<string, number>>;
  readonly changes: readonly Change[];
  readonly viewers: number;
}
interface ColdStart {
  readonly known: number;
  readonly algorithms: Readonly<Record<string, number>>;
  readonly current: number;
  readonly suggested: number;
  /** half the width of the widest interval; not in suggestions of earlier releases */
  readonly margin?: number;
}
interface SuggestionRun extends Run {
  readonly result: {
    readonly version: number;
    readonly regulars: Mix;
    readonly newcomers: Mix & { readonly upTo: number };
    readonly coldStart: readonly ColdStart[];
  } | null;
}
/** What a plugin that is on does with a suggestion. */
interface Action {
  readonly title: string;
  readonly path: string;
}
interface Props {
  readonly base: BlendVersionView;
  readonly draft: BlendSpec;
  readonly algorithms: readonly AlgorithmView[];
  readonly onDraft: (draft: BlendSpec) => void;
}

/** Weights learned from the site's own ratings. They change nothing until somebody loads and saves them. */
export function SuggestionPanel({ base, draft, algorithms, onDraft }: Props) {
  const { data, error, reload } = useData<{ run: SuggestionRun | null; actions: readonly Action[] }>('/admin/data/core/suggestion', { every: 2000 });
  const ask = useAction(async () => {
    await fetchJson('/admin/data/core/suggestion', { body: { version: base.id } });
    await reload();
  });
  const navigate = useNavigate();
  const act = useAction(async (path: string, id: number) => {
    const { page } = await fetchJson<{ page: string }>(path, { body: { run: id } });
    navigate(`/admin/pages/${page}`);
  });
  const run = data?.run;
  const title = (id: string): string => algorithms.find((one) => one.id === id)?.title ?? id;
  return (
    <Panel
      title="Suggested weights"
      lead="All algorithms are trained without the newest tenth of the ratings; the weights that find those again best are fitted on one half of the viewers and measured on the other half. On neither half may lists lose more than 5 % of their novelty or 10 % of their coverage. Nothing changes for viewers before you save."
    >
      <ErrorNotice error={error ?? ask.error} />
      <div className="mq-actions">
        <Button busy={ask.busy} disabled={inProgress(run ?? null)} onClick={() => void ask.run()}>
          {run?.result ? 'Work them out again' : 'Work out a suggestion'}
        </Button>
      </div>
      {run && inProgress(run) && (
        <Progress value={run.progress} label="Working out weights" note={run.status === 'queued' ? 'waiting for a worker' : run.note} />
      )}
      {run?.error && !inProgress(run) && <Notice kind="bad">The last attempt failed: {run.error}</Notice>}
      {run?.result && (
        <>
          <p className="mq-hint">Worked out {when(run.finishedAt)}.</p>
          <Suggested heading="Regulars" mix={run.result.regulars} now={draft.weights} title={title} />
          <Suggested
            heading={`Newcomers: up to ${plural(run.result.newcomers.upTo, 'film')}`}
            mix={run.result.newcomers}
            now={draft.newcomers?.weights ?? draft.weights}
            title={title}
          />
          <div className="mq-actions" style={{ marginBlock: 24 }}>
            <Button look="main" onClick={() => onDraft(withBoth(draft, run.result!))}>
              Load both into the sliders
            </Button>
            <Button onClick={() => onDraft({ ...draft, weights: run.result!.regulars.weights })}>Load those for regulars</Button>
            {data?.actions.map(({ title: what, path }) => (
              <Button key={path} busy={act.busy} onClick={() => void act.run(path, run.id)}>
                {what}
              </Button>
            ))}
          </div>
          <ErrorNotice error={act.error} />
          <ColdStartChart steps={run.result.coldStart} title={title} />
        </>
      )}
    </Panel>
  );
}

const withBoth = (draft: BlendSpec, { regulars, newcomers }: NonNullable<SuggestionRun['result']>): BlendSpec => ({
  ...draft,
  weights: regulars.weights,
  newcomers: { upTo: newcomers.upTo, weights: newcomers.weights },
});

const metrics: Readonly<Record<string, { readonly title: string; readonly show: (value: number) => string }>> = {
  ndcg10: { title: 'NDCG@10: are the right films at the top?', show: (value) => number(value, 3) },
  recall10: { title: 'Recall@10: share of the films found again', show: percent },
  hitRate10: { title: 'Hit rate@10: viewers with at least one', show: percent },
  novelty10: { title: 'Novelty@10: bits, higher is less known', show: (value) => number(value, 2) },
  coverage10: { title: "Coverage@10: share of all films in anybody's ten", show: percent },
};

function Suggested({ heading, mix, now, title }: { heading: string; mix: Mix; now: BlendSpec['weights']; title: (id: string) => string }) {
  const total = Object.values(now).reduce((sum, weight) => sum + weight, 0) || 1;
  const ids = [...new Set([...Object.keys(now), ...Object.keys(mix.weights)])].filter((id) => (now[id] ?? 0) > 0 || (mix.weights[id] ?? 0) > 0);
  return (
    <section className="mq-why">
      <h3>{heading}</h3>
      <p className="mq-soft" style={{ marginBottom: 12 }}>
        {inWords(mix)}
      </p>
      <Table
        caption={`${heading}: share of the score`}
        rows={ids}
        rowKey={(id) => id}
        empty=""
        columns={[
          { title: 'Algorithm', cell: title },
          { title: 'In the sliders', right: true, cell: (id) => percent((now[id] ?? 0) / total, 0) },
          { title: 'Suggested', right: true, cell: (id) => percent(mix.weights[id] ?? 0, 0) },
        ]}
      />
      <Table
        caption={`${heading}: expected change, measured on ${plural(mix.viewers, 'viewer')}`}
        showCaption
        rows={mix.changes}
        rowKey={({ metric }) => metric}
        empty=""
        columns={[
          { title: 'Metric', cell: ({ metric }) => metrics[metric]?.title ?? metric },
          { title: 'Now', right: true, cell: ({ metric, before }) => metrics[metric]?.show(before) },
          { title: 'Suggested', right: true, cell: ({ metric, after }) => metrics[metric]?.show(after) },
          { title: 'Difference (95 % interval)', right: true, cell: difference },
        ]}
      />
    </section>
  );
}

function difference({ metric, before, after, low, high }: Change): string {
  const show = (value: number): string => `${value > 0 ? '+' : ''}${metrics[metric]!.show(value)}`;
  return show(after - before) + (low === null || high === null ? '' : ` (${show(low)} to ${show(high)})`);
}

function inWords({ changes, viewers }: Mix): string {
  const ndcg = changes.find(({ metric }) => metric === 'ndcg10')!;
  const gain = ndcg.before > 0 ? ` by about ${percent((ndcg.after - ndcg.before) / ndcg.before, 0)}` : '';
  if (viewers < 50) return `Only ${plural(viewers, 'viewer')} could be measured: too few to rely on.`;
  if ((ndcg.low ?? 0) > 0) return `Better${gain} at finding again what viewers liked next. An experiment tells whether they click more, too.`;
  if ((ndcg.high ?? 0) < 0) return 'Worse on the viewers it was not fitted on. Keep what you have.';
  return 'No clear difference from what viewers get now.';
}

function ColdStartChart({ steps, title }: { steps: readonly ColdStart[]; title: (id: string) => string }) {
  const ids = Object.keys(steps[0]?.algorithms ?? {}),
    widest = Math.max(...steps.map(({ margin }) => margin ?? 0));
  return (
    <>
      <Chart
        title="How well each does for somebody new"
        x={{ title: 'Ratings that are known', labels: steps.map(({ known }) => String(known)) }}
        y={{ title: 'NDCG@10', min: 0, format: (value) => number(value, 3) }}
        series={[
          { label: 'This blend', values: steps.map(({ current }) => current) },
          { label: 'Suggested', values: steps.map(({ suggested }) => suggested) },
          ...ids.map((id) => ({ label: title(id), values: steps.map(({ algorithms }) => algorithms[id] ?? null) })),
        ]}
        height={320}
      />
      {widest > 0 && (
        <p className="mq-hint">Measured on few viewers: with others, a point would lie up to {number(widest, 3)} higher or lower (95 %).</p>
      )}
    </>
  );
}
