import type { ComponentChildren, JSX } from 'preact';
import { sortRows } from './sort-rows.js';
import type { Sort, SortValue } from './sort-rows.js';

export interface TableColumn<Row> {
  id: string;
  title: string;
  align?: 'right';
  cell: (row: Row) => ComponentChildren;
  /** Makes the column sortable. */
  sortBy?: (row: Row) => SortValue;
}

interface TableProps<Row> {
  caption: string;
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  sort: Sort | undefined;
  onSort: (sort: Sort) => void;
}

/** A table that its headings sort. The first column names the row. */
export function Table<Row>({ caption, columns, rows, keyOf, sort, onSort }: TableProps<Row>): JSX.Element {
  const sortBy = columns.find((column) => column.id === sort?.columnId)?.sortBy;
  const sorted = sortRows(rows, sortBy, sort?.direction ?? 'ascending');
  return (
    <div class="table-frame" role="region" aria-label={caption} tabIndex={0}>
      <table class="table">
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Heading key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column, index) => {
                const className = column.align === 'right' ? 'number' : undefined;
                return index === 0 ? (
                  <th key={column.id} scope="row" class={className}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.id} class={className}>
                    {column.cell(row)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Heading<Row>({
  column,
  sort,
  onSort,
}: {
  column: TableColumn<Row>;
  sort: Sort | undefined;
  onSort: (sort: Sort) => void;
}): JSX.Element {
  const className = column.align === 'right' ? 'number' : undefined;
  if (column.sortBy === undefined) {
    return (
      <th scope="col" class={className}>
        {column.title}
      </th>
    );
  }
  const direction = sort?.columnId === column.id ? sort.direction : undefined;
  const next =
    direction === 'descending' ? 'ascending' : direction === 'ascending' ? 'descending' : undefined;
  // Numbers are looked at from the largest down, names from A on.
  const first = column.align === 'right' ? 'descending' : 'ascending';
  return (
    <th scope="col" class={className} aria-sort={direction ?? 'none'}>
      <button type="button" onClick={() => onSort({ columnId: column.id, direction: next ?? first })}>
        {column.title}
        <span class="sort-sign" aria-hidden="true">
          {direction === undefined ? '↕' : direction === 'ascending' ? '↑' : '↓'}
        </span>
      </button>
    </th>
  );
}
