import type { ReactNode } from 'react';
import classes from './data-table.module.css';

export interface Column<Row> {
  /** Unique in the table. */
  key: string;
  /** Empty for a column of buttons. */
  title: string;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the end of their column. */
  end?: boolean;
  /** The line that names the row on a phone. */
  main?: boolean;
}

interface Props<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string | number;
}

/** A table where there is room; on a phone each row is a card of named facts. */
export function DataTable<Row>({ label, columns, rows, rowKey }: Props<Row>) {
  return (
    <div className={classes.frame}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ key, title, end }) =>
              title === '' ? (
                <td key={key} />
              ) : (
                <th key={key} scope="col" data-end={end || undefined}>
                  {title}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ key, title, cell, end, main }) => (
                <td key={key} data-title={title} data-end={end || undefined} data-main={main || undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
