import React from 'react';
import { Link } from 'react-router-dom';
import { colours, percent, Table } from '../../../../core/console/kit/index.tsx';
import type { Layer, Occupant } from '../answer.ts';
import { page, StatusBadge } from '../words.tsx';

interface Piece {
  readonly start: number;
  readonly end: number;
}
/** Those that share viewers with a range of their layer. */
export const overlaps = <T extends Piece>(others: readonly T[], { start, end }: Piece): T[] =>
  others.filter((other) => other.start < end && start < other.end);

const width = 800,
  height = 36;

/** A layer as a band of all viewers: what is coloured takes part, what is pale is in the range but not covered. The table says the same. */
export const Band = ({ layer: { experiments, name }, own }: { readonly layer: Layer; readonly own?: Piece }) => (
  <>
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" className="mq-band" preserveAspectRatio="none">
      <rect width={width} height={height} fill="var(--mq-raise)" />
      {experiments.map((one, at) => (
        <Range key={one.id} {...one} colour={colours[at % colours.length]!} />
      ))}
      {own && own.start < own.end && <Own {...own} />}
    </svg>
    <Table
      caption={`Ranges of ${name}`}
      rows={experiments}
      rowKey={({ id }) => id}
      empty="Nothing runs in it: the whole layer is free."
      columns={[
        {
          title: 'Experiment',
          cell: ({ id, name: title }) => (
            <>
              <Key colour={colours[experiments.findIndex((one) => one.id === id) % colours.length]!} />{' '}
              {own ? title : <Link to={page(`?id=${id}`)}>{title}</Link>}
            </>
          ),
        },
        { title: 'Status', cell: ({ status }) => <StatusBadge status={status} /> },
        { title: 'Range', right: true, cell: ({ start, end }) => `${percent(start, 1)} to ${percent(end, 1)}` },
        { title: 'Coverage', right: true, cell: ({ coverage }) => percent(coverage, 0) },
      ]}
    />
  </>
);

const Key = ({ colour }: { readonly colour: string }) => <span className="mq-key" style={{ background: colour }} />;

/** Where a draft would be: a frame, so that what lies below it is seen. */
const Own = ({ start, end }: Piece) => (
  <rect
    x={start * width + 1.5}
    y={1.5}
    width={Math.max(0, (end - start) * width - 3)}
    height={height - 3}
    fill="none"
    stroke="var(--mq-ink)"
    strokeWidth={3}
    strokeDasharray="8 4"
    vectorEffect="non-scaling-stroke"
  />
);

function Range({ start, end, coverage, colour }: Occupant & { readonly colour: string }) {
  const [x, whole] = [start * width, (end - start) * width];
  return (
    <>
      <rect x={x} width={whole} height={height} fill={colour} opacity={0.25} />
      <rect x={x} width={whole * coverage} height={height} fill={colour} />
    </>
  );
}
