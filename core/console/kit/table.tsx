import React, { type ReactNode } from 'react';
import { Empty } from './page.tsx';

export interface Column<R> {
  readonly title: string;
  /** numbers stand at the right, so that their digits align */
  readonly right?: boolean;
  readonly cell: (row: R) => ReactNode;
}
export interface TableProps<R> {
  /** says what the table shows; for screen readers unless `showCaption` */
  readonly caption: string;
  readonly showCaption?: boolean;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  readonly rowKey: (row: R, index: number) => string | number;
  /** what to say, and what to do next, when there are no rows */
  readonly empty: ReactNode;
  /** cells hold text and buttons rather than numbers: on a phone they stand below each other, each with its title */
  readonly stacked?: boolean;
}

/** The first column names the row. */
export function Table<R>({ caption, showCaption = false, columns, rows, rowKey, empty, stacked = false }: TableProps<R>) {
  if (rows.length === 0) return <Empty>{empty}</Empty>;
  const side = (column: Column<R>): string | undefined => (column.right ? 'mq-right' : undefined);
  return (
    <div className="mq-table-frame" role="region" aria-label={`Table: ${caption}`} tabIndex={0}>
      <table className={stacked ? 'mq-table mq-stacked' : 'mq-table'}>
        <caption className={showCaption ? undefined : 'mq-unseen'}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.title} scope="col" className={side(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={rowKey(row, index)}>
              {columns.map((column, place) =>
                place === 0 ? (
                  <th key={column.title} scope="row" className={side(column)}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.title} className={side(column)} data-title={column.title}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
