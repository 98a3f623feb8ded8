import React, { useState } from 'react';
import { Busy, Empty, ErrorNotice, FilmLine, number, Panel, plural, SelectField, useData, ViewerPicker } from '../../kit/index.tsx';
import type { FoundViewer } from '../../ports.ts';
import type { AlgorithmView, Version } from '../blend/types.tsx';

interface Film {
  readonly id: number;
  readonly title: string;
  readonly year: number | null;
  readonly score: number;
}
interface Comparison {
  readonly before: readonly Film[];
  readonly after: readonly Film[];
  /** of the viewer's history */
  readonly films: number;
}

/** What two versions list for a viewer, side by side. */
export function Compare({ algorithms }: { readonly algorithms: readonly AlgorithmView[] }) {
  const able = algorithms.filter(({ versions }) => versions.length > 1);
  const [id, setId] = useState<string>(),
    [pair, setPair] = useState<Partial<Record<'before' | 'after', number>>>({}),
    [viewer, setViewer] = useState<FoundViewer>();
  const algorithm = able.find((one) => one.id === id) ?? able[0];
  const before = chosen(algorithm?.versions, pair.before, 1),
    after = chosen(algorithm?.versions, pair.after, 0);
  const asked = before && after && viewer;
  const { data, error } = useData<Comparison>(asked && `/admin/data/core/models/compare?before=${before.id}&after=${after.id}&unit=${viewer.unit}`);
  return (
    <Panel
      id="compare"
      title="Compare two versions"
      lead="What each of them alone would list for a viewer, worked out now from the viewer's real history. Neither is put in service, nothing is stored or counted."
    >
      {!algorithm || !before || !after ? (
        <Empty>There are no two versions of any algorithm yet. Train a challenger first.</Empty>
      ) : (
        <>
          <div className="mq-inline" style={{ marginBottom: 16 }}>
            <SelectField
              label="Algorithm"
              value={algorithm.id}
              onChange={(next) => {
                setId(next);
                setPair({});
              }}
              options={able.map((one) => ({ value: one.id, label: one.title }))}
            />
            <VersionField label="Version on the left" value={before} of={algorithm} onChange={(next) => setPair({ ...pair, before: next })} />
            <VersionField label="Version on the right" value={after} of={algorithm} onChange={(next) => setPair({ ...pair, after: next })} />
          </div>
          <ViewerPicker value={viewer} onChange={setViewer} />
          <ErrorNotice error={error} />
          {asked && !data && !error && <Busy what="both lists" />}
          {data && viewer && <Lists data={data} name={viewer.name} before={before} after={after} />}
        </>
      )}
    </Panel>
  );
}

const chosen = (versions: readonly Version[] | undefined, id: number | undefined, usual: number): Version | undefined =>
  versions?.find((version) => version.id === id) ?? versions?.[usual];

interface VersionFieldProps {
  readonly label: string;
  readonly value: Version;
  readonly of: AlgorithmView;
  readonly onChange: (id: number) => void;
}

const VersionField = ({ label, value, of, onChange }: VersionFieldProps) => (
  <SelectField
    label={label}
    value={String(value.id)}
    onChange={(id) => onChange(Number(id))}
    options={of.versions.map((version) => ({ value: String(version.id), label: `${version.version}${stateOf(version)}` }))}
  />
);

function stateOf({ active, broken, refused }: Version): string {
  const words = [active && 'champion', broken && 'broken', !active && refused && 'refused'].filter(Boolean);
  return words.length > 0 ? ` (${words.join(', ')})` : '';
}

function Lists({
  data,
  name,
  before,
  after,
}: {
  readonly data: Comparison;
  readonly name: string;
  readonly before: Version;
  readonly after: Version;
}) {
  const common = data.after.filter(({ id }) => data.before.some((film) => film.id === id)).length;
  return (
    <>
      <p role="status">
        {name} knows {plural(data.films, 'film')}. In both lists: {common} of {plural(Math.max(data.before.length, data.after.length), 'film')}.
      </p>
      <div className="mq-compare">
        <List title={`Version ${before.version}`} films={data.before} against={data.after} left />
        <List title={`Version ${after.version}`} films={data.after} against={data.before} />
      </div>
    </>
  );
}

interface ListProps {
  readonly title: string;
  readonly films: readonly Film[];
  readonly against: readonly Film[];
  readonly left?: boolean;
}

const List = ({ title, films, against, left = false }: ListProps) => (
  <section aria-label={title}>
    <h3 style={{ marginBottom: 8 }}>{title}</h3>
    {films.length === 0 ? (
      <Empty>This version has no opinion on any film for this viewer.</Empty>
    ) : (
      <ol>
        {films.map((film, at) => (
          <FilmLine key={film.id} {...film} place={at + 1} end={<Move at={at} other={against.findIndex(({ id }) => id === film.id)} left={left} />}>
            <p className="mq-soft mq-small">Score {number(film.score, 3)}</p>
          </FilmLine>
        ))}
      </ol>
    )}
  </section>
);

/** The left list says which films the right one lacks, the right one where each film has moved. */
function Move({ at, other, left }: { readonly at: number; readonly other: number; readonly left: boolean }) {
  if (left) return other < 0 ? <span className="mq-move mq-move-down">only here</span> : <span />;
  if (other < 0) return <span className="mq-move mq-move-new">only here</span>;
  if (other === at) return <span className="mq-move mq-move-same">same place</span>;
  const by = Math.abs(other - at),
    up = at < other;
  return (
    <span className={`mq-move mq-move-${up ? 'up' : 'down'}`}>
      {up ? 'up' : 'down'} {by}
    </span>
  );
}
