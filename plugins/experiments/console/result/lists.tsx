import React from 'react';
import { Busy, Chart, ErrorNotice, number, Panel, percent, Table, useData } from '../../../../core/console/kit/index.tsx';
import type { ListFigures } from '../../results/list-figures.ts';
import { data as path } from '../words.tsx';

/** 12.3 % (11.9 % to 12.7 %) */
const shown = ({ coverage, coverageInterval: between }: ListFigures): string =>
  percent(coverage, 1) + (between ? ` (${percent(between[0], 1)} to ${percent(between[1], 1)})` : '');

/** What the arms' lists are like, and where in them viewers click. */
export function Lists({ id }: { readonly id: number }) {
  const { data, error } = useData<{ readonly arms: readonly ListFigures[] }>(`${path}/${id}/lists`);
  const most = Math.max(0, ...(data?.arms.map(({ positions }) => positions.length) ?? []));
  return (
    <Panel title="Lists" lead="What each arm shows: how much of the catalogue, how new and how varied.">
      <ErrorNotice error={error} />
      {!data && !error && <Busy what="the lists" />}
      {data && (
        <>
          <Table
            caption="What each arm’s lists are like"
            rows={data.arms}
            rowKey={({ key }) => key}
            empty=""
            stacked
            columns={[
              { title: 'Arm', cell: ({ name }) => name },
              { title: 'Lists looked at', right: true, cell: ({ lists }) => number(lists) },
              { title: 'Catalogue shown', right: true, cell: (arm) => shown(arm) },
              { title: 'Novelty (bits)', right: true, cell: ({ novelty }) => number(novelty, 2) },
              { title: 'Diversity', right: true, cell: ({ diversity }) => percent(diversity, 1) },
              { title: 'Unevenness (Gini)', right: true, cell: ({ gini }) => number(gini, 3) },
              { title: 'Off the viewer’s genres', right: true, cell: ({ miscalibration }) => number(miscalibration, 3) },
            ]}
          />
          <details className="mq-details">
            <summary>What the columns say</summary>
            <p>
              <strong>Catalogue shown</strong>: how much of all films was in these lists at all, with the 95 % interval for other viewers like these.{' '}
              <strong>Novelty</strong>: how little known the films are; one bit more means half as often shown on the whole site.{' '}
              <strong>Diversity</strong>: how much the genres within a list differ, from 0 to 100 %. <strong>Unevenness</strong>: 0 if every film is
              shown as often, 1 if one film gets it all. <strong>Off the viewer’s genres</strong>: how far the genres of the lists are from those that
              the viewer rated 4 stars or more; 0 is the same mix.
            </p>
          </details>
          <Chart
            title="Click rate by place in the list"
            kind="bar"
            x={{ title: 'Place', labels: Array.from({ length: most }, (_, i) => String(i + 1)) }}
            y={{ title: 'Click rate', format: (value) => percent(value), min: 0 }}
            series={data.arms.map(({ name, positions }) => ({
              label: name,
              values: positions.map(({ rate }) => rate),
              low: positions.map(({ interval }) => interval[0]),
              high: positions.map(({ interval }) => interval[1]),
            }))}
          />
        </>
      )}
    </Panel>
  );
}
