import React, { useState } from 'react';
import {
  ago,
  Badge,
  Busy,
  Button,
  Confirm,
  ErrorNotice,
  fetchJson,
  fieldsOf,
  Form,
  Notice,
  Page,
  Panel,
  SelectField,
  Table,
  TextField,
  useAction,
  useData,
  when,
} from '../../../core/console/kit/index.tsx';

interface Token {
  readonly id: number;
  readonly name: string;
  readonly hint: string;
  readonly scope: 'read' | 'write';
  readonly created_at: string;
  readonly used_at: string | null;
  readonly revoked_at: string | null;
}

/** Bearer tokens with which programs use the JSON API. */
export default function TokensPage() {
  const { data, error, reload } = useData<{ tokens: Token[] }>('/admin/data/api/tokens');
  return (
    <Page
      title="API tokens"
      lead={
        <>
          Programs send one as <code>Authorization: Bearer …</code> to <a href="/api/v1/openapi.json">the JSON API</a>.
        </>
      }
    >
      <ErrorNotice error={error} />
      <NewToken reload={reload} />
      {data ? <Tokens tokens={data.tokens} reload={reload} /> : !error && <Busy what="the tokens" />}
    </Page>
  );
}

function NewToken({ reload }: { readonly reload: () => Promise<void> }) {
  const [name, setName] = useState(''),
    [scope, setScope] = useState('read'),
    [made, setMade] = useState<string>();
  const create = useAction(async () => {
    const { token } = await fetchJson<{ token: string }>('/admin/data/api/tokens', { body: { name, scope } });
    setMade(token);
    setName('');
    await reload();
  });
  const errors = fieldsOf(create.error);
  return (
    <Panel title="New token">
      {made && (
        <Notice kind="good" title="Copy it now, it is not shown again">
          <span className="mq-secret">{made}</span>
          <Button onClick={() => setMade(undefined)}>I have copied it</Button>
        </Notice>
      )}
      <Form
        action={create}
        buttons={
          <Button type="submit" look="main" busy={create.busy}>
            Make the token
          </Button>
        }
      >
        <TextField label="Who or what uses it" value={name} onChange={setName} maxLength={80} error={errors['name']} />
        <SelectField
          label="What it may do"
          value={scope}
          onChange={setScope}
          error={errors['scope']}
          options={[
            { value: 'read', label: 'Read: recommendations, similar films, films' },
            { value: 'write', label: 'Read and write: send interactions, too' },
          ]}
        />
      </Form>
    </Panel>
  );
}

function Tokens({ tokens, reload }: { readonly tokens: readonly Token[]; readonly reload: () => Promise<void> }) {
  const [chosen, choose] = useState<Token>();
  const revoke = useAction(async (id: number) => {
    await fetchJson(`/admin/data/api/tokens/${id}/revoke`, { method: 'POST' });
    await reload();
  });
  const confirm = async (): Promise<void> => {
    if (chosen && (await revoke.run(chosen.id))) choose(undefined);
  };
  return (
    <Panel title="Tokens">
      <Table
        caption="Tokens, newest first"
        stacked
        rows={tokens}
        rowKey={({ id }) => id}
        empty="There is no token yet. Make one above for each program, so that you can take each back on its own."
        columns={[
          {
            title: 'Used by',
            cell: ({ name, hint }) => (
              <>
                {name} <span className="mq-soft mq-small">ends in {hint}</span>
              </>
            ),
          },
          { title: 'May', cell: ({ scope }) => (scope === 'write' ? 'read and write' : 'read') },
          { title: 'Made', cell: ({ created_at }) => when(created_at) },
          { title: 'Last used', cell: ({ used_at }) => ago(used_at) },
          { title: 'State', cell: ({ revoked_at }) => (revoked_at ? <Badge>revoked {ago(revoked_at)}</Badge> : <Badge kind="good">valid</Badge>) },
          {
            title: 'Action',
            cell: (token) =>
              !token.revoked_at && (
                <Button onClick={() => choose(token)} aria-label={`Revoke the token of ${token.name}`}>
                  Revoke
                </Button>
              ),
          },
        ]}
      />
      <Confirm
        open={chosen !== undefined}
        title="Revoke this token?"
        confirm="Revoke"
        danger
        busy={revoke.busy}
        onConfirm={() => void confirm()}
        onCancel={() => {
          choose(undefined);
          revoke.clear();
        }}
      >
        <p>{chosen?.name} is refused from now on. This cannot be undone; you can make a new token.</p>
        <ErrorNotice error={revoke.error} />
      </Confirm>
    </Panel>
  );
}
