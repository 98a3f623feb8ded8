import React, { useEffect, useState } from 'react';
import { ErrorNotice, fetchJson, fieldsOf, FilmLine, ViewerPicker, type FoundViewer } from '../../../core/console/kit/index.tsx';
import type { Draft } from '../input.ts';
import type { PreviewAnswer, PreviewFilm } from './answer.ts';
import { path } from './words.tsx';

/** A viewer's list without and with the rule, whatever its time and audience. */
export function RulePreview({ draft, id }: { readonly draft: Draft; readonly id: number | null }) {
  const [viewer, setViewer] = useState<FoundViewer>(),
    [state, setState] = useState<{ data?: PreviewAnswer; error?: unknown }>({});
  const key = JSON.stringify([viewer?.unit, draft, id]);
  useEffect(() => {
    if (!viewer || draft.value.trim() === '') return undefined;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      // The name does not matter for a preview.
      const body = {
        unit: viewer.unit,
        id,
        draft: { ...draft, name: draft.name.trim() || 'Preview', audience: 'everybody', startsAt: null, endsAt: null },
      };
      fetchJson<PreviewAnswer>(`${path}/preview`, { body, signal: abort.signal }).then(
        (data) => setState({ data }),
        (error: unknown) => abort.signal.aborted || setState({ error }),
      );
    }, 300);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [key]);
  const messages = Object.values(fieldsOf(state.error));
  return (
    <section className="mq-why">
      <h3>What it would change</h3>
      <ViewerPicker value={viewer} onChange={setViewer} />
      {messages.length > 0 ? <p className="mq-hint">No preview yet: {messages.join(' ')}</p> : <ErrorNotice error={state.error} />}
      {state.data && draft.value.trim() !== '' && (
        <div className="mq-compare">
          <List title="Without it" films={state.data.without} />
          <List title="With it" films={state.data.with} />
        </div>
      )}
    </section>
  );
}

const List = ({ title, films }: { readonly title: string; readonly films: readonly PreviewFilm[] }) => (
  <section aria-label={title}>
    <h4>{title}</h4>
    <ol>
      {films.map((film, at) => (
        <FilmLine key={film.id} {...film} place={at + 1}>
          {film.touched && <p className="mq-soft mq-small">By this rule</p>}
        </FilmLine>
      ))}
    </ol>
  </section>
);
