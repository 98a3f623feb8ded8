import React, { useState } from 'react';
import {
  Badge,
  Busy,
  Button,
  Confirm,
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
import type { RuleLine } from './answer.ts';
import { RuleForm } from './form.tsx';
import { audiences, effectOf, path, states, targets } from './words.tsx';

/** Rules: what operators want on top of what algorithms find. */
export default function RulesPage() {
  const { data, error, reload } = useData<{ rules: RuleLine[] }>(`${path}/rules`, { every: 15_000 });
  const [open, setOpen] = useState<RuleLine | 'new'>();
  const done = async (): Promise<void> => {
    setOpen(undefined);
    await reload();
  };
  return (
    <Page
      title="Rules"
      lead="Put films higher, lower, at a certain place, or nowhere. Rules come after the algorithms and hold for every blend; viewers get them from their next page on."
      actions={
        <Button look="main" disabled={open !== undefined} onClick={() => setOpen('new')}>
          New rule
        </Button>
      }
    >
      <ErrorNotice error={error} />
      {open && (
        <RuleForm
          key={open === 'new' ? 'new' : open.id}
          rule={open === 'new' ? undefined : open}
          onSaved={done}
          onCancel={() => setOpen(undefined)}
        />
      )}
      {data ? <List rules={data.rules} onEdit={setOpen} reload={reload} /> : !error && <Busy what="the rules" />}
    </Page>
  );
}

interface ListProps {
  readonly rules: readonly RuleLine[];
  readonly onEdit: (rule: RuleLine) => void;
  readonly reload: () => Promise<void>;
}
const List = ({ rules, onEdit, reload }: ListProps) => (
  <Panel title="All rules">
    <Table
      caption="All rules"
      stacked
      rows={rules}
      rowKey={({ id }) => id}
      empty="There is no rule: lists are what the algorithms find. Make one to promote a season, to hold back a film, or to keep one out."
      columns={[
        { title: 'Rule', cell: ({ name }) => name },
        { title: 'Does', cell: effectOf },
        { title: 'To', cell: (rule) => <About {...rule} /> },
        { title: 'For', cell: ({ audience }) => audiences[audience] },
        { title: 'When', cell: timeOf },
        { title: 'Now', cell: ({ now }) => <Badge kind={states[now]}>{now}</Badge> },
        { title: 'Change', cell: (rule) => <Actions rule={rule} onEdit={onEdit} reload={reload} /> },
      ]}
    />
  </Panel>
);

const About = ({ target, value, films }: RuleLine) => (
  <>
    {target === 'film' ? films.titles[0] : `${targets[target]} “${value}”`}
    {target !== 'film' && (
      <p className="mq-soft mq-small" title={films.titles.join(', ')}>
        {plural(films.count, 'film')}
      </p>
    )}
  </>
);

function timeOf({ startsAt, endsAt }: RuleLine): string {
  if (!startsAt && !endsAt) return 'always';
  return [startsAt && `from ${when(startsAt)}`, endsAt && `until ${when(endsAt)}`].filter(Boolean).join(' ');
}

function Actions({ rule, onEdit, reload }: { readonly rule: RuleLine } & Omit<ListProps, 'rules'>) {
  const [asking, setAsking] = useState(false);
  const remove = useAction(async () => {
    await fetchJson(`${path}/rules/${rule.id}/delete`, { body: { version: rule.version } });
    setAsking(false);
    await reload();
  });
  return (
    <div className="mq-actions">
      <Button look="quiet" aria-label={`Edit ${rule.name}`} onClick={() => onEdit(rule)}>
        Edit
      </Button>
      <Button look="quiet" aria-label={`Delete ${rule.name}`} onClick={() => setAsking(true)}>
        Delete
      </Button>
      <Confirm
        open={asking}
        title={`Delete “${rule.name}”?`}
        confirm="Delete"
        danger
        busy={remove.busy}
        onConfirm={() => void remove.run()}
        onCancel={() => setAsking(false)}
      >
        Lists no longer follow it from the next page on. The audit log keeps what it was.
        <ErrorNotice error={remove.error} />
      </Confirm>
    </div>
  );
}
