import React, { useState } from 'react';
import {
  ago,
  Badge,
  Busy,
  Button,
  ErrorNotice,
  fetchJson,
  Page,
  Panel,
  plural,
  Table,
  useAction,
  useData,
  when,
} from '../../../core/console/kit/index.tsx';
import type { Decided, Queue, Suspended, Waiting } from './answer.ts';
import { Decide } from './decide.tsx';
import { actions, badges, kinds, path, reasons, type Action } from './words.tsx';

interface Reload {
  readonly reload: () => Promise<void>;
}

/** What viewers reported, and what became of it. */
export default function ModerationPage() {
  const { data, error, reload } = useData<Queue>(`${path}/queue`, { every: 15_000 });
  return (
    <Page
      title="Moderation"
      lead="What viewers reported waits here for your decision. Each decision closes all reports on the same thing and is in the audit log."
    >
      <ErrorNotice error={error} />
      {data ? (
        <>
          <Open rows={data.open} reload={reload} />
          <Silenced rows={data.suspended} reload={reload} />
          <Done rows={data.decided} reload={reload} />
        </>
      ) : (
        !error && <Busy what="the reports" />
      )}
    </Page>
  );
}

const Open = ({ rows, reload }: Reload & { readonly rows: Queue['open'] }) => (
  <Panel title="Waiting">
    <Table
      stacked
      caption="Reports that wait for a decision"
      rows={rows}
      rowKey={({ kind, subject }) => `${kind} ${subject}`}
      empty="Nothing waits: viewers have reported nothing that was not decided."
      columns={[
        { title: 'What', cell: (row) => <About {...row} /> },
        { title: 'By', cell: (row) => <Author {...row} /> },
        { title: 'Reports', cell: (row) => <Words {...row} /> },
        { title: 'Decide', cell: (row) => <Actions about={row} reload={reload} /> },
      ]}
    />
  </Panel>
);

const About = ({ kind, excerpt, href, hidden }: Pick<Waiting, 'kind' | 'excerpt' | 'href' | 'hidden'>) => (
  <>
    <a href={href}>{kinds[kind]}</a> {hidden && <Badge kind="info">hidden</Badge>}
    <p className="mq-soft mq-small mq-text">{excerpt.length > 300 ? `${excerpt.slice(0, 300)} …` : excerpt}</p>
  </>
);

const Author = ({ handle, name, staff, before }: Waiting) => (
  <>
    <a href={`/people/${handle}`}>{name}</a>
    <p className="mq-soft mq-small">
      @{handle}
      {staff && ', operator'}
      {before > 0 && `, ${plural(before, 'decision')} before`}
    </p>
  </>
);

const Words = ({ count, first, words }: Waiting) => (
  <>
    {plural(count, 'report')}, the first {ago(first)}
    <ul className="mq-small">
      {words.slice(0, 5).map(({ reason, note, reporter }, at) => (
        <li key={at}>
          {reasons[reason] ?? reason}
          {note && `: “${note}”`} <span className="mq-soft">{reporter ? `@${reporter}` : 'an account that is gone'}</span>
        </li>
      ))}
    </ul>
  </>
);

function Actions({ about, reload }: Reload & { readonly about: Waiting }) {
  const [action, setAction] = useState<Action>();
  const able = (Object.keys(actions) as Action[]).filter(
    (one) => !(one === 'suspend' && about.staff) && !(one === 'hide' && (about.hidden || about.kind === 'person')),
  );
  const done = async (): Promise<void> => {
    setAction(undefined);
    await reload();
  };
  return (
    <div className="mq-actions">
      {able.map((one) => (
        <Button
          key={one}
          look={one === 'suspend' ? 'danger' : 'quiet'}
          aria-label={`${actions[one].verb}: ${kinds[about.kind]} by ${about.name}`}
          onClick={() => setAction(one)}
        >
          {actions[one].verb}
        </Button>
      ))}
      {action && <Decide about={about} action={action} onDone={done} onCancel={() => setAction(undefined)} />}
    </div>
  );
}

const Silenced = ({ rows, reload }: Reload & { readonly rows: readonly Suspended[] }) => (
  <Panel title="Suspended">
    <Table
      stacked
      caption="Accounts that cannot write at present"
      rows={rows}
      rowKey={({ account }) => account}
      empty="Everybody may write."
      columns={[
        { title: 'Who', cell: ({ handle, name }) => <a href={`/people/${handle}`}>{name}</a> },
        { title: 'Until', cell: ({ until }) => when(until) },
        { title: 'Why', cell: ({ reason }) => reason || '–' },
        {
          title: 'Change',
          cell: ({ account, name }) => (
            <Undo label={`End the suspension of ${name}`} text="End it" to={`suspensions/${account}/end`} body={{}} reload={reload} />
          ),
        },
      ]}
    />
  </Panel>
);

const Done = ({ rows, reload }: Reload & { readonly rows: readonly Decided[] }) => (
  <Panel title="Decided">
    <Table
      stacked
      caption="The latest decisions"
      rows={rows}
      rowKey={({ kind, subject, decidedAt }) => `${kind} ${subject} ${decidedAt}`}
      empty="Nothing was decided yet."
      columns={[
        { title: 'What', cell: (row) => <About {...row} /> },
        { title: 'By', cell: ({ handle }) => <a href={`/people/${handle}`}>@{handle}</a> },
        { title: 'Decision', cell: ({ decision }) => <Badge kind={badges[decision] ?? 'neutral'}>{decision}</Badge> },
        { title: 'Decided', cell: ({ decidedAt, operator }) => `${ago(decidedAt)}${operator ? ` by ${operator}` : ''}` },
        {
          title: 'Change',
          cell: ({ kind, subject, hidden, handle }) =>
            hidden ? (
              <Undo label={`Show the ${kind} by ${handle} again`} text="Show again" to="show" body={{ kind, subject }} reload={reload} />
            ) : (
              '–'
            ),
        },
      ]}
    />
  </Panel>
);

function Undo({
  label,
  text,
  to,
  body,
  reload,
}: Reload & { readonly label: string; readonly text: string; readonly to: string; readonly body: object }) {
  const send = useAction(async () => {
    await fetchJson(`${path}/${to}`, { body });
    await reload();
  });
  return (
    <>
      <Button look="quiet" aria-label={label} busy={send.busy} onClick={() => void send.run()}>
        {text}
      </Button>
      <ErrorNotice error={send.error} />
    </>
  );
}
