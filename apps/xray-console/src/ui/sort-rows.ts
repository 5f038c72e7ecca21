/** By which column, and which way. */
export interface Sort {
  columnId: string;
  direction: 'ascending' | 'descending';
}

export type SortValue = string | number | undefined;

/** Sorts rows by what a column says of them. What has no value comes last either way; equal rows keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  valueOf: ((row: Row) => SortValue) | undefined,
  direction: Sort['direction'],
): Row[] {
  if (valueOf === undefined) return [...rows];
  const sign = direction === 'ascending' ? 1 : -1;
  return rows.toSorted((a, b) => compare(valueOf(a), valueOf(b), sign));
}

function compare(a: SortValue, b: SortValue, sign: number): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (typeof a === 'string' || typeof b === 'string') return sign * String(a).localeCompare(String(b));
  return sign * (a - b);
}
