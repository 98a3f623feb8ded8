import React from 'react';
import {
  ago,
  Badge,
  Busy,
  Button,
  ErrorNotice,
  fetchJson,
  Notice,
  Page,
  Panel,
  Table,
  useAction,
  useData,
  when,
} from '../../../core/console/kit/index.tsx';
import type { UnsentLetter, UnsentLetters } from './letter.ts';

const path = '/admin/data/accounts/letters';

/** What the mail server did not take, and what became of it. */
export default function LettersPage() {
  const { data, error, reload } = useData<UnsentLetters>(path, { every: 15_000 });
  return (
    <Page title="Letters not sent" lead="Links for a new password that did not reach their readers. Letters are forgotten after a day.">
      <ErrorNotice error={error} />
      {data && !data.configured && (
        <Notice kind="info">This site has no mail server, so please hand these on yourself. With SMTP_URL set, letters are sent.</Notice>
      )}
      {data ? <Waiting {...data} reload={reload} /> : !error && <Busy what="the letters" />}
    </Page>
  );
}

const Waiting = ({ configured, letters, reload }: UnsentLetters & { readonly reload: () => Promise<void> }) => (
  <Panel title="Waiting">
    <Table
      stacked
      caption="Letters that were not sent"
      rows={letters}
      rowKey={({ id }) => id}
      empty="Nothing waits: every letter of the last day was sent."
      columns={[
        { title: 'To', cell: ({ recipient }) => <span className="mq-text">{recipient}</span> },
        { title: 'Letter', cell: (letter) => <Words {...letter} /> },
        { title: 'What happened', cell: (letter) => <Fate {...letter} /> },
        { title: 'Do', cell: (letter) => <Actions letter={letter} configured={configured} reload={reload} /> },
      ]}
    />
  </Panel>
);

const Words = ({ subject, body, at }: UnsentLetter) => (
  <details>
    <summary>{subject}</summary>
    <pre className="mq-letter">{body}</pre>
    <p className="mq-soft mq-small">Written {ago(at)}</p>
  </details>
);

const Fate = ({ problem, tries, nextTry }: UnsentLetter) => (
  <>
    {tries === 0 ? (
      <Badge kind="neutral">no mail server</Badge>
    ) : (
      <Badge kind={nextTry ? 'warn' : 'bad'}>{nextTry ? 'not yet taken' : 'refused'}</Badge>
    )}
    {problem && <p className="mq-soft mq-small mq-text">{problem}</p>}
    {tries > 0 && (
      <p className="mq-soft mq-small">
        Tried {tries === 1 ? 'once' : `${tries} times`}
        {nextTry && `, again ${when(nextTry)}`}
      </p>
    )}
  </>
);

interface Props {
  readonly letter: UnsentLetter;
  readonly configured: boolean;
  readonly reload: () => Promise<void>;
}
function Actions({ letter: { id, recipient }, configured, reload }: Props) {
  const send = useAction(() => fetchJson(`${path}/${id}/send`, { body: {} }).finally(reload)),
    forget = useAction(() => fetchJson(`${path}/${id}/forget`, { body: {} }).finally(reload));
  return (
    <>
      <div className="mq-actions">
        {configured && (
          <Button look="quiet" aria-label={`Send the letter to ${recipient} now`} busy={send.busy} onClick={() => void send.run()}>
            Send now
          </Button>
        )}
        <Button look="quiet" aria-label={`Forget the letter to ${recipient}`} busy={forget.busy} onClick={() => void forget.run()}>
          Forget
        </Button>
      </div>
      <ErrorNotice error={send.error ?? forget.error} />
    </>
  );
}
