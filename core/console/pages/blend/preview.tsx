import React, { useEffect, useState } from 'react';
import {
  Busy,
  Button,
  Empty,
  ErrorNotice,
  fetchJson,
  fieldsOf,
  FilmLine,
  Notice,
  number,
  Panel,
  percent,
  plural,
  ViewerPicker,
} from '../../kit/index.tsx';
import type { FoundViewer } from '../../ports.ts';
import { colourOf, type AlgorithmView, type BlendSpec, type BlendVersionView } from './types.tsx';
import { Why, type Chosen } from './why.tsx';

interface Film {
  readonly id: number;
  readonly title: string;
  readonly year: number | null;
  readonly shares: Readonly<Record<string, number>>;
  readonly reason: string | null;
}
interface Comparison {
  readonly before: readonly Film[];
  readonly after: readonly Film[];
  /** mean score of the draft's list as it is and on average over draws; null without exploration */
  readonly cost: { readonly asIs: number; readonly drawn: number } | null;
  readonly history: {
    readonly films: number;
    readonly rated: number;
    readonly favourites: readonly { readonly title: string; readonly stars: number }[];
  };
  readonly live: { readonly name: string; readonly version: number; readonly experiments: number };
}
export interface PreviewProps {
  readonly base: BlendVersionView;
  readonly draft: BlendSpec;
  readonly changed: boolean;
  readonly algorithms: readonly AlgorithmView[];
}

/** What a viewer would see: the saved blend and the draft, side by side. */
export function Preview({ base, draft, changed, algorithms }: PreviewProps) {
  const [viewer, setViewer] = useState<FoundViewer>(),
    [film, setFilm] = useState<Chosen>();
  const { data, error } = useComparison(viewer?.unit, base.spec, draft);
  return (
    <Panel title="Preview" lead="The first rows of “For you”, worked out now from this viewer's real history. Nothing is stored or counted.">
      <ViewerPicker value={viewer} onChange={setViewer} />
      <Trouble error={error} algorithms={algorithms} />
      {!viewer && !error && <Empty>Choose a viewer to see a list.</Empty>}
      {viewer && !data && !error && <Busy what="the lists" />}
      {viewer && data && (
        <>
          <History {...data.history} name={viewer.name} />
          {data.live.experiments > 0 && (
            <Notice>
              {viewer.name} is in a running experiment and really gets {data.live.name}, version {data.live.version}.
            </Notice>
          )}
          {data.cost && <Cost {...data.cost} />}
          <Legend algorithms={algorithms} films={[...data.before, ...data.after]} />
          {!changed && (
            <p className="mq-soft mq-below">
              Change a weight or a rule: the new list appears beside this one, with the places that films gain and lose.
            </p>
          )}
          <div className={changed ? 'mq-compare' : undefined}>
            <List title={`Saved: version ${base.version}`} films={data.before} against={data.after} before algorithms={algorithms} onWhy={setFilm} />
            {changed && <List title="With your changes" films={data.after} against={data.before} algorithms={algorithms} onWhy={setFilm} />}
          </div>
          <Why unit={viewer.unit} name={viewer.name} spec={draft} film={film} onFilm={setFilm} />
        </>
      )}
    </Panel>
  );
}

/** A draft that cannot be saved has no list, either; the editor says more. */
function Trouble({ error, algorithms }: { readonly error: unknown; readonly algorithms: readonly AlgorithmView[] }) {
  const messages = Object.entries(fieldsOf(error));
  /** "after.weights.svd" by the title of the algorithm, the others by their own name */
  const named = (field: string): string => {
    const part = field.split('.').at(-1)!;
    return algorithms.find(({ id }) => id === part)?.title ?? part;
  };
  return messages.length > 0 ? (
    <Notice kind="warn" title="No preview of this draft">
      {messages.map(([field, message]) => `${named(field)}: ${message}`).join('; ')}.
    </Notice>
  ) : (
    <ErrorNotice error={error} />
  );
}

/** Asks again a moment after the last change. */
function useComparison(unit: number | undefined, before: BlendSpec, after: BlendSpec): { data?: Comparison; error?: unknown } {
  const [state, setState] = useState<{ unit?: number; data?: Comparison; error?: unknown }>({});
  const key = JSON.stringify([before, after]);
  useEffect(() => {
    if (unit === undefined) return undefined;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      fetchJson<Comparison>('/admin/data/core/preview', { body: { unit, before, after }, signal: abort.signal }).then(
        (data) => setState({ unit, data }),
        (error: unknown) => {
          if (!abort.signal.aborted) setState((old) => ({ ...old, unit, error }));
        },
      );
    }, 300);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [unit, key]);
  return state.unit === unit ? state : {};
}

const History = ({ name, films, rated, favourites }: Comparison['history'] & { readonly name: string }) => (
  <p className="mq-soft" style={{ marginBottom: 12 }}>
    {films === 0
      ? `${name} has not rated or watched anything yet.`
      : `${name} knows ${plural(films, 'film')} and rated ${number(rated)}. ${favourites.length > 0 ? `Favourites: ${favourites.map(({ title, stars }) => `${title} (${stars} ★)`).join(', ')}.` : ''}`}
  </p>
);

/** Scores may lie around zero, where a share of them says nothing. */
const Cost = ({ asIs, drawn }: NonNullable<Comparison['cost']>) => (
  <p className="mq-soft" style={{ marginBottom: 12 }}>
    Cost of exploration: the mean score of these films falls from {number(asIs, 2)} to {number(drawn, 2)} on average
    {asIs > 0 ? ` (by ${percent((asIs - drawn) / asIs)})` : ''}.
  </p>
);

const Legend = ({ algorithms, films }: { readonly algorithms: readonly AlgorithmView[]; readonly films: readonly Film[] }) => (
  <ul className="mq-legend" aria-label="Colours of the algorithms">
    {algorithms
      .filter(({ id }) => films.some(({ shares }) => (shares[id] ?? 0) > 0))
      .map(({ id, title }) => (
        <li key={id}>
          <span className="mq-key" style={{ background: colourOf(algorithms, id) }} />
          {title}
        </li>
      ))}
  </ul>
);

interface ListProps {
  readonly title: string;
  readonly films: readonly Film[];
  readonly against: readonly Film[];
  readonly before?: boolean;
  readonly algorithms: readonly AlgorithmView[];
  readonly onWhy: (film: Film) => void;
}

const List = ({ title, films, against, before = false, algorithms, onWhy }: ListProps) => (
  <section aria-label={title}>
    <h3 style={{ marginBottom: 8 }}>{title}</h3>
    {films.length === 0 ? (
      <Empty>No algorithm has a film for this viewer. Train one, or give one that is on a weight.</Empty>
    ) : (
      <ol>
        {films.map((film, at) => (
          <FilmLine
            key={film.id}
            {...film}
            place={at + 1}
            end={
              <Move
                from={before ? at : against.findIndex(({ id }) => id === film.id)}
                to={before ? against.findIndex(({ id }) => id === film.id) : at}
                before={before}
              />
            }
          >
            {film.reason && <p className="mq-soft mq-small">{film.reason}</p>}
            <div className="mq-film-foot">
              <Shares shares={film.shares} algorithms={algorithms} />
              <Button look="quiet" aria-label={`Why ${film.title}?`} onClick={() => onWhy(film)}>
                Why?
              </Button>
            </div>
          </FilmLine>
        ))}
      </ol>
    )}
  </section>
);

function Shares({ shares, algorithms }: { readonly shares: Film['shares']; readonly algorithms: readonly AlgorithmView[] }) {
  const parts = algorithms
    .map(({ id, title }) => ({ id, title, share: shares[id] ?? 0 }))
    .filter(({ share }) => share > 0.005)
    .sort((a, b) => b.share - a.share);
  const words = parts.map(({ title, share }) => `${title} ${percent(share, 0)}`).join(', ');
  return (
    <div className="mq-shares" role="img" aria-label={words} title={words}>
      {parts.map(({ id, share }) => (
        <i key={id} style={{ width: `${share * 100}%`, background: colourOf(algorithms, id) }} />
      ))}
    </div>
  );
}

/** Places gained or lost by the draft; the old list only says which films leave it. */
function Move({ from, to, before }: { readonly from: number; readonly to: number; readonly before: boolean }) {
  if (before) return to < 0 ? <span className="mq-move mq-move-down">leaves</span> : <span />;
  if (from < 0) return <span className="mq-move mq-move-new">new</span>;
  if (from === to)
    return (
      <span className="mq-move mq-move-same">
        <span aria-hidden="true">=</span>
        <span className="mq-unseen">same place</span>
      </span>
    );
  const up = to < from,
    by = Math.abs(from - to);
  return (
    <span className={`mq-move mq-move-${up ? 'up' : 'down'}`}>
      <span aria-hidden="true">
        {up ? '▲' : '▼'} {by}
      </span>
      <span className="mq-unseen">
        {up ? 'up' : 'down'} {plural(by, 'place')}
      </span>
    </span>
  );
}
