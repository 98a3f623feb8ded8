import React from 'react';
import {
  ago,
  Badge,
  Busy,
  Columns,
  Empty,
  ErrorNotice,
  LinkButton,
  Notice,
  number,
  Page,
  Panel,
  percent,
  plural,
  Progress,
  Table,
  useData,
} from '../kit/index.tsx';
import type { Figure } from '../part.ts';

interface Overview {
  readonly figures: readonly Figure[];
  readonly failedRuns: number;
  readonly plugins: readonly { readonly id: string; readonly title: string; readonly status: string; readonly failure: string | null }[];
  readonly models: readonly {
    readonly algorithm: string;
    readonly title: string;
    readonly version: number;
    readonly trained: string;
    readonly metrics: { readonly ndcg10?: number };
  }[];
  readonly missing: readonly string[];
  readonly running: readonly { readonly id: number; readonly title: string; readonly progress: number; readonly note: string }[];
  readonly blend: { readonly name: string; readonly version: number } | null;
}

/** The console's first page. */
export default function OverviewPage() {
  const { data, error } = useData<Overview>('/admin/data/core/overview', { every: 5000 });
  return (
    <Page title="Overview" lead="What is running, and what needs you.">
      <ErrorNotice error={error} />
      {data ? <Body {...data} /> : !error && <Busy what="the overview" />}
    </Page>
  );
}

const Body = (data: Overview) => (
  <>
    <Attention {...data} />
    {data.figures.length > 0 && (
      <dl className="mq-figures">
        {byLabel(data.figures).map((figures) => (
          <FigureCard key={figures[0].label} figures={figures} />
        ))}
      </dl>
    )}
    <Columns>
      <Models {...data} />
      <Running {...data} />
    </Columns>
  </>
);

/** Only what somebody should do something about. */
function Attention({ plugins, missing, failedRuns }: Overview) {
  const broken = plugins.filter(({ status }) => status === 'failed'),
    waiting = plugins.filter(({ status }) => status === 'waiting');
  return (
    <>
      {broken.map(({ id, title, failure }) => (
        <Notice key={id} kind="bad" title={`${title} failed to start`}>
          {failure} <a href="/admin/pages/plugins">See its settings</a>
        </Notice>
      ))}
      {waiting.length > 0 && (
        <Notice kind="warn" title="Waiting">
          {waiting.map(({ title }) => title).join(', ')} {waiting.length === 1 ? 'needs' : 'need'} a plugin that is off.{' '}
          <a href="/admin/pages/plugins">See plugins</a>
        </Notice>
      )}
      {missing.length > 0 && (
        <Notice kind="warn" title="Without a model">
          {missing.join(', ')}: train {missing.length === 1 ? 'it' : 'them'} before {missing.length === 1 ? 'it gives' : 'they give'} recommendations.{' '}
          <a href="/admin/pages/blend">Train now</a>
        </Notice>
      )}
      {failedRuns > 0 && (
        <Notice kind="warn" title="Jobs">
          {plural(failedRuns, 'job')} failed in the last 24 hours. <a href="/admin/pages/jobs?status=dead">See why</a>
        </Notice>
      )}
    </>
  );
}

type Figures = readonly [Figure, ...Figure[]];

/** The same figure over several periods makes one card, the first period large. */
function byLabel(figures: readonly Figure[]): Figures[] {
  const groups = new Map<string, [Figure, ...Figure[]]>();
  for (const figure of figures) {
    const group = groups.get(figure.label);
    if (group) group.push(figure);
    else groups.set(figure.label, [figure]);
  }
  return [...groups.values()];
}

function FigureCard({ figures: [first, ...others] }: { readonly figures: Figures }) {
  const show = ({ unit }: Figure, value: number): string => (unit === 'share' ? percent(value) : number(value));
  const before = (figure: Figure): string => (figure.before === undefined ? '' : ` (before that: ${show(figure, figure.before)})`);
  return (
    <div className="mq-figure">
      <dt>{first.page ? <a href={`/admin/pages/${first.page}`}>{first.label}</a> : first.label}</dt>
      <dd>{show(first, first.value)}</dd>
      <dd>
        {first.period}
        {before(first)}
      </dd>
      {others.map((figure) => (
        <dd key={figure.period}>
          {figure.period}: {show(figure, figure.value)}
          {before(figure)}
        </dd>
      ))}
    </div>
  );
}

const Models = ({ models, blend }: Overview) => (
  <Panel
    title="In service"
    lead={
      blend ? (
        <>
          Viewers get <strong>{blend.name}</strong>, version {blend.version}.
        </>
      ) : (
        'There is no blend yet: all algorithms count the same.'
      )
    }
    actions={<LinkButton href="/admin/pages/blend">Change the blend</LinkButton>}
  >
    <Table
      caption="Models in service"
      rows={models}
      rowKey={({ algorithm }) => algorithm}
      empty="No model is in service. Train an algorithm to get the first one."
      columns={[
        { title: 'Algorithm', cell: ({ title }) => title },
        { title: 'Version', right: true, cell: ({ version }) => version },
        { title: 'Trained', cell: ({ trained }) => <span className="mq-nowrap">{ago(trained)}</span> },
        { title: 'NDCG@10', right: true, cell: ({ metrics }) => number(metrics.ndcg10, 3) },
      ]}
    />
  </Panel>
);

const Running = ({ running, plugins }: Overview) => (
  <Panel
    title="Running now"
    lead={`${plural(plugins.filter(({ status }) => status === 'on').length, 'plugin')} on.`}
    actions={<LinkButton href="/admin/pages/jobs">All jobs</LinkButton>}
  >
    {running.length === 0 ? (
      <Empty>No job is running.</Empty>
    ) : (
      running.map(({ id, title, progress, note }) => (
        <div className="mq-item" key={id}>
          <div>
            <strong>{title}</strong> <Badge kind="info">run {id}</Badge>
          </div>
          <Progress value={progress} label={`${title}, run ${id}`} note={note} />
        </div>
      ))
    )}
  </Panel>
);
