import React from 'react';
import { Link } from 'react-router-dom';
import { colours, percent, Table } from '../../../../core/console/kit/index.tsx';
import type { Layer, Occupant } from '../answer.ts';
import { page, StatusBadge } from '../words.tsx';

const width = 800,
  height = 36;

/** A layer as a band of all viewers: what is coloured takes part, what is pale is in the range but not covered. The table says the same. */
export const Band = ({ layer: { experiments, name } }: { readonly layer: Layer }) => (
  <>
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" className="mq-band" preserveAspectRatio="none">
      <rect width={width} height={height} fill="var(--mq-raise)" />
      {experiments.map((one, at) => (
        <Range key={one.id} {...one} colour={colours[at % colours.length]!} />
      ))}
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
              <Key colour={colours[experiments.findIndex((one) => one.id === id) % colours.length]!} /> <Link to={page(`?id=${id}`)}>{title}</Link>
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

function Range({ start, end, coverage, colour }: Occupant & { readonly colour: string }) {
  const [x, whole] = [start * width, (end - start) * width];
  return (
    <>
      <rect x={x} width={whole} height={height} fill={colour} opacity={0.25} />
      <rect x={x} width={whole * coverage} height={height} fill={colour} />
    </>
  );
}
