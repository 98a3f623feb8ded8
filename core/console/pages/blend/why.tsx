import React, { useEffect, useRef, useState } from 'react';
import { Busy, Button, Empty, ErrorNotice, fetchJson, FilmPicker, number, percent, plural, Table, type FoundFilm } from '../../kit/index.tsx';
import type { BlendSpec } from './types.tsx';

export type Chosen = Pick<FoundFilm, 'id' | 'title'>;
interface Reason {
  readonly text: string;
  readonly share?: number;
}
interface Answer {
  readonly title: string;
  readonly score: number | null;
  readonly rank: number | null;
  readonly of: number;
  readonly seen: boolean;
  /** all that speak for it, the largest share first */
  readonly films: readonly { readonly title: string; readonly share: number }[];
  readonly algorithms: readonly {
    readonly algorithm: string;
    readonly title: string;
    readonly share: number;
    readonly score: number | null;
    readonly reasons: readonly Reason[];
  }[];
}
interface Props {
  readonly unit: number;
  readonly name: string;
  readonly spec: BlendSpec;
  readonly film: Chosen | undefined;
  readonly onFilm: (film: Chosen) => void;
}

/** Why any film stands where it does for the chosen viewer, by the draft. */
export function Why({ unit, name, spec, film, onFilm }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (film) heading.current?.focus();
  }, [film]);
  return (
    <section className="mq-why">
      <h3 ref={heading} tabIndex={-1}>
        {film ? `Why ${film.title} for ${name}?` : 'Why this film?'}
      </h3>
      <FilmPicker onFilm={onFilm} />
      {film ? <Because unit={unit} spec={spec} film={film} /> : <Empty>Choose “Why?” at a film of the list, or find any other film.</Empty>}
    </section>
  );
}

function Because({ unit, spec, film }: Pick<Props, 'unit' | 'spec'> & { readonly film: Chosen }) {
  const [state, setState] = useState<{ data?: Answer; error?: unknown }>({});
  const key = JSON.stringify(spec);
  useEffect(() => {
    const abort = new AbortController();
    setState({});
    fetchJson<Answer>('/admin/data/core/why', { body: { unit, film: film.id, spec }, signal: abort.signal }).then(
      (data) => setState({ data }),
      (error: unknown) => abort.signal.aborted || setState({ error }),
    );
    return () => abort.abort();
  }, [unit, film.id, key]);
  const { data, error } = state;
  if (!data) return error ? <ErrorNotice error={error} /> : <Busy what="the reasons" />;
  return (
    <>
      <p className="mq-soft">{standing(data)}</p>
      <Table
        caption="What each algorithm says"
        stacked
        rows={data.algorithms}
        rowKey={({ algorithm }) => algorithm}
        empty="No algorithm with a weight has an opinion on this film."
        columns={[
          { title: 'Algorithm', cell: ({ title }) => title },
          { title: 'Its score', right: true, cell: ({ score }) => number(score, 2) },
          { title: 'Share', right: true, cell: ({ share }) => percent(share, 0) },
          { title: 'Because of', cell: ({ reasons }) => (reasons.length > 0 ? <Reasons reasons={reasons} /> : 'cannot say') },
        ]}
      />
      {data.films.length > 0 && <Films films={data.films} />}
    </>
  );
}

/** So many are named at once, the others when they are asked for. */
const first = { reasons: 8, films: 15 };

/** All of them: the shares of the films add up to 100 %. */
const Reasons = ({ reasons }: { readonly reasons: readonly Reason[] }) => (
  <>
    {reasons.slice(0, first.reasons).map(inWords).join(', ')}
    {reasons.length > first.reasons && (
      <details>
        <summary>
          {plural(reasons.length - first.reasons, 'more film')}, {percent(total(reasons.slice(first.reasons)), 0)}
        </summary>
        {reasons.slice(first.reasons).map(inWords).join(', ')}
      </details>
    )}
  </>
);

/** What the viewer's films add to the score by all algorithms together. */
function Films({ films }: Pick<Answer, 'films'>) {
  const [all, showAll] = useState(false),
    rest = films.slice(first.films);
  return (
    <>
      <Table
        caption="All together: films of the viewer's that speak for it"
        showCaption
        rows={all ? films : films.slice(0, first.films)}
        rowKey={({ title }, at) => `${at} ${title}`}
        empty=""
        columns={[
          { title: 'Film', cell: ({ title }) => title },
          { title: 'Share of the score', right: true, cell: ({ share }) => percent(share) },
        ]}
      />
      {rest.length > 0 && !all && (
        <Button look="quiet" onClick={() => showAll(true)}>
          {plural(rest.length, 'more film')}, {percent(total(rest))}
        </Button>
      )}
    </>
  );
}

const total = (parts: readonly { readonly share?: number }[]): number => parts.reduce((sum, { share = 0 }) => sum + share, 0);

const inWords = ({ text, share }: Reason): string => (share === undefined ? text : `${text} ${share < 0.005 ? 'under 1 %' : percent(share, 0)}`);

const standing = ({ score, rank, of, seen }: Answer): string =>
  score === null
    ? 'No algorithm with a weight has an opinion on it, so it is never recommended to this viewer.'
    : `Number ${number(rank)} of ${number(of)} by score (${number(score, 2)})${seen ? '. The viewer has seen it' : ''}.`;
