import React, { useState } from 'react';
import {
  Button,
  Empty,
  ErrorNotice,
  fetchJson,
  FilmLine,
  LinkButton,
  Panel,
  useAction,
  ViewerPicker,
  type FoundViewer,
} from '../../../../core/console/kit/index.tsx';
import type { ExperimentAnswer, LookAnswer, PreviewAnswer } from '../answer.ts';
import { useAnswer } from '../design/inputs.tsx';
import { data as path } from '../words.tsx';

/** What a viewer sees in each arm, side by side. */
export function SideBySide({ experiment: { id, kind } }: Pick<ExperimentAnswer, 'experiment'>) {
  const [viewer, setViewer] = useState<FoundViewer>();
  const { data, error } = useAnswer<PreviewAnswer>(`${path}/${id}/preview`, viewer && { unit: viewer.unit });
  return (
    <Panel
      title="What a viewer sees"
      lead={`The first films of “For you” in each arm, from this viewer's real history.${kind === 'interleaving' ? ' Viewers get one list, in which the two take turns.' : ''} Nothing is stored or counted.`}
    >
      <ViewerPicker value={viewer} onChange={setViewer} />
      <ErrorNotice error={error} />
      {data && (
        <div className="mq-compare">
          {data.arms.map(({ key, name, films, missing }) => (
            <section key={key} aria-label={`In ${name} (arm ${key})`}>
              <h3>{name}</h3>
              {missing.length > 0 && (
                <p className="mq-hint">
                  The versions that this arm holds of {missing.join(', ')} cannot be loaded: those in service stand in, as they do for viewers.
                </p>
              )}
              {films.length === 0 && <Empty>No algorithm has a film for this viewer.</Empty>}
              <ol>
                {films.map((film, at) => (
                  <FilmLine key={film.id} {...film} place={at + 1} />
                ))}
              </ol>
            </section>
          ))}
        </div>
      )}
    </Panel>
  );
}

/** Links by which a colleague sees an arm, without counting. */
export function QaLinks({ experiment: { id, arms } }: Pick<ExperimentAnswer, 'experiment'>) {
  const [links, setLinks] = useState<Readonly<Record<string, string>>>({});
  const make = useAction(async (arm: string) => {
    const { path: link } = await fetchJson<LookAnswer>(`${path}/${id}/look`, { body: { arm, hours: 24 } });
    setLinks({ ...links, [arm]: location.origin + link });
  });
  return (
    <Panel title="Look at an arm" lead="Whoever opens the link sees the arm for a day, whatever arm is theirs. They do not count.">
      <ErrorNotice error={make.error} />
      <div className="mq-actions">
        {arms.map(({ key, name }) => (
          <Button key={key} busy={make.busy} onClick={() => void make.run(key)}>
            Link to “{name}”
          </Button>
        ))}
      </div>
      {arms.map(
        ({ key, name }) =>
          links[key] && (
            <p key={key} style={{ marginTop: 12 }}>
              <a href={links[key]} target="_blank" rel="noopener">
                See “{name}”
              </a>
              , or send somebody this address: <code>{links[key]}</code>
            </p>
          ),
      )}
    </Panel>
  );
}

/** The numbers for other programs. */
export const Exports = ({ id, singles }: { readonly id: number; readonly singles: boolean }) => (
  <Panel
    title="Take the numbers along"
    lead={
      singles
        ? 'Viewers are named by codes that lead back to nobody.'
        : 'It ended so long ago that only its results are kept, and no longer what single viewers did.'
    }
  >
    <div className="mq-actions">
      <LinkButton href={`${path}/${id}/results.csv`}>Results as CSV</LinkButton>
      <LinkButton href={`${path}/${id}/results.json`}>Results as JSON</LinkButton>
      {singles && (
        <>
          <LinkButton href={`${path}/${id}/units.csv`}>Viewers as CSV</LinkButton>
          <LinkButton href={`${path}/${id}/units.json`}>Viewers as JSON</LinkButton>
        </>
      )}
    </div>
  </Panel>
);
