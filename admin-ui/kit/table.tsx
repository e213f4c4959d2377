import { memo, type ReactNode } from 'react';
import { useWords } from '../shell/desk-context.js';
import { Button } from './button.js';
import { KIT } from './words.js';

export interface Column<R> {
  key: string;
  head: ReactNode;
  cell(row: R): ReactNode;
  /** Figures stand at the end, so that they can be compared. */
  figure?: boolean;
  /** Left out on a phone. */
  wide?: boolean;
  /** What people are called may be one long word: broken rather than pushing the rest out of sight. */
  long?: boolean;
}

interface TableProps<R> {
  /** What the table holds, for screen readers. */
  label: string;
  columns: readonly Column<R>[];
  rows: readonly R[];
  rowKey(row: R): string;
  /** Asks for the next page; absent when there is none. */
  onMore?: (() => void) | undefined;
  busy?: boolean;
  /** On a phone each row is a block of its own, with all that it says. */
  stack?: boolean;
}

const classOf = ({ figure, wide, long }: Pick<Column<never>, 'figure' | 'wide' | 'long'>) =>
  [figure && 'figure', wide && 'wide', long && 'long'].filter(Boolean).join(' ');

/** Rows of a list; the first column names the row. Where `columns` stay the same, so do the rows that were drawn. */
export function Table<R>({ label, columns, rows, rowKey, onMore, busy = false, stack = false }: TableProps<R>) {
  const t = useWords(KIT);
  return (
    <>
      <div className={stack ? 'table-frame stack' : 'table-frame'} role="region" aria-label={label} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.key} scope="col" className={classOf(column)}>
                  {column.head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={rowKey(row)} row={row} columns={columns} />
            ))}
          </tbody>
        </table>
      </div>
      {onMore && (
        <div className="more">
          <Button onPress={onMore} isPending={busy}>
            {t('more')}
          </Button>
        </div>
      )}
    </>
  );
}

const Row = memo(function Row<R>({ row, columns }: Pick<TableProps<R>, 'columns'> & { row: R }) {
  return (
    <tr>
      {columns.map((column, at) =>
        at === 0 ? (
          <th key={column.key} scope="row" className={classOf(column)}>
            {column.cell(row)}
          </th>
        ) : (
          <td
            key={column.key}
            className={classOf(column)}
            data-head={typeof column.head === 'string' ? column.head : ''}
          >
            {column.cell(row)}
          </td>
        ),
      )}
    </tr>
  );
}) as <R>(props: Pick<TableProps<R>, 'columns'> & { row: R }) => ReactNode;
