import React from 'react';
import { bytes, number, percent, Table } from '../../kit/index.tsx';
import type { Version } from '../blend/types.tsx';

/** Everything that is known of each version; older ones lack some figures. */
export const Figures = ({ title, versions }: { readonly title: string; readonly versions: readonly Version[] }) => (
  <>
    <Table
      caption={`Figures of ${title}`}
      rows={versions}
      rowKey={({ id }) => id}
      empty="No version is stored."
      columns={[
        { title: 'Version', cell: ({ version }) => version },
        {
          title: 'NDCG@10, 95 %',
          right: true,
          cell: ({ metrics: { ndcg10Low, ndcg10High } }) => (ndcg10Low === undefined ? '–' : `${number(ndcg10Low, 3)} to ${number(ndcg10High, 3)}`),
        },
        { title: 'Recall@10', right: true, cell: ({ metrics }) => number(metrics.recall10, 3) },
        { title: 'MRR@10', right: true, cell: ({ metrics }) => number(metrics.mrr10, 3) },
        { title: 'Novelty, bits', right: true, cell: ({ metrics }) => number(metrics.novelty10, 1) },
        { title: 'Kept lists', right: true, cell: ({ metrics }) => percent(metrics.drift?.overlap20, 0) },
        { title: 'Viewers', right: true, cell: ({ metrics }) => number(metrics.viewers) },
        { title: 'Covers', right: true, cell: ({ metrics }) => number(metrics.scored) },
        { title: 'Films', right: true, cell: ({ films }) => number(films) },
        { title: 'Model', right: true, cell: (version) => bytes(version.bytes) },
        { title: 'Thread memory', right: true, cell: ({ peakBytes }) => bytes(peakBytes) },
        { title: 'Data', cell: ({ fingerprint }) => <code>{fingerprint.slice(0, 8)}</code> },
      ]}
    />
    <p className="mq-hint">
      All on the hold-out, the newest tenth of the ratings, by a rehearsal that was trained without it. Kept lists: films common to the lists before
      and after. Covers: films that it has a score for; the rest is left to the other algorithms. Thread memory: the largest heap and array buffers of
      the training thread, sampled, what its kernels use included. Data: equal marks mean exactly the same ratings, films and weights of events.
    </p>
    <Table
      caption={`Settings of ${title}`}
      rows={versions}
      rowKey={({ id }) => id}
      empty="No version is stored."
      columns={[
        { title: 'Version', cell: ({ version }) => version },
        {
          title: 'Settings',
          cell: ({ settings }) => (
            <code>
              {Object.entries(settings)
                .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
                .join(', ') || 'none'}
            </code>
          ),
        },
      ]}
    />
  </>
);
