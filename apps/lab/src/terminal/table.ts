import type { Paint } from './style.js';
import { cutText, displayWidth, toPrintable } from './text.js';

export interface Column {
  title: string;
  align?: 'left' | 'right';
  /** May be cut, down to this many cells, when the terminal is narrow; other columns keep their width. */
  minWidth?: number;
  /** May be left out: when it is empty, or when the terminal is too narrow even for cut columns, 1 before 2. */
  dropOrder?: number;
}

export type Cell = string | { text: string; paint: Paint };

export interface Table {
  columns: readonly Column[];
  rows: readonly (readonly Cell[])[];
  maxWidth: number;
  /** For the line of titles. */
  paintTitle: Paint;
}

/** A column with its place in the rows and the width it gets. */
interface FittedColumn extends Column {
  index: number;
  width: number;
}

const GAP = '  ';

/** Lines of a table, as wide as its content and no wider than `maxWidth` where columns may be cut or left out. */
export function renderTable({ columns, rows, maxWidth, paintTitle }: Table): string[] {
  const fitted = shrinkColumns(dropColumns(measureColumns(columns, rows), maxWidth), maxWidth);
  const renderLine = (cellOf: (column: FittedColumn) => Cell): string => {
    return fitted
      .map((column) => renderCell(cellOf(column), column))
      .join(GAP)
      .trimEnd();
  };
  return [
    renderLine(({ title }) => ({ text: title, paint: paintTitle })),
    ...rows.map((row) => renderLine(({ index }) => row[index] ?? '')),
  ];
}

function measureColumns(columns: readonly Column[], rows: readonly (readonly Cell[])[]): FittedColumn[] {
  return columns.flatMap((column, index) => {
    const content = rows.reduce((width, row) => Math.max(width, displayWidth(textOf(row[index] ?? ''))), 0);
    if (content === 0 && column.dropOrder !== undefined) return [];
    return [{ ...column, index, width: Math.max(content, displayWidth(column.title)) }];
  });
}

function dropColumns(columns: FittedColumn[], maxWidth: number): FittedColumn[] {
  const leastWidth = totalWidth(columns.map(({ width, minWidth = width }) => Math.min(width, minWidth)));
  const [first] = columns
    .filter(({ dropOrder }) => dropOrder !== undefined)
    .toSorted((a, b) => (a.dropOrder ?? 0) - (b.dropOrder ?? 0));
  if (leastWidth <= maxWidth || first === undefined) return columns;
  return dropColumns(
    columns.filter((column) => column !== first),
    maxWidth,
  );
}

function shrinkColumns(columns: FittedColumn[], maxWidth: number): FittedColumn[] {
  const shrunk = columns.map((column) => ({ ...column }));
  for (let excess = totalWidth(columns.map(({ width }) => width)) - maxWidth; excess > 0; excess -= 1) {
    // One cell from the widest column that may still give one keeps several long columns in proportion.
    const [widest] = shrunk
      .filter(({ width, minWidth = width }) => width > minWidth)
      .toSorted((a, b) => b.width - a.width);
    if (widest === undefined) break;
    widest.width -= 1;
  }
  return shrunk;
}

function totalWidth(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + GAP.length * Math.max(0, widths.length - 1);
}

function renderCell(cell: Cell, { width, align }: FittedColumn): string {
  const text = cutText(textOf(cell), width);
  const padding = ' '.repeat(Math.max(0, width - displayWidth(text)));
  const painted = typeof cell === 'string' ? text : cell.paint(text);
  return align === 'right' ? padding + painted : painted + padding;
}

function textOf(cell: Cell): string {
  return toPrintable(typeof cell === 'string' ? cell : cell.text);
}
