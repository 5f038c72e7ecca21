import type { SummaryRow } from './summary-row.js';

type SortColumn = 'id' | 'age' | 'method' | 'url' | 'status' | 'response' | 'duration' | 'annotations';

export interface Sorting {
  column: SortColumn;
  isDescending: boolean;
}

/** The newest first: the age grows downwards. */
const DEFAULT_SORTING: Sorting = { column: 'age', isDescending: false };

export interface Column {
  column: SortColumn;
  title: string;
  isNumber: boolean;
}

export const COLUMNS: readonly Column[] = [
  { column: 'id', title: 'Trace', isNumber: false },
  { column: 'age', title: 'Age', isNumber: true },
  { column: 'method', title: 'Method', isNumber: false },
  { column: 'url', title: 'URL', isNumber: false },
  { column: 'status', title: 'Response', isNumber: true },
  { column: 'response', title: 'Response time', isNumber: true },
  { column: 'duration', title: 'Duration', isNumber: true },
  { column: 'annotations', title: 'Annotations', isNumber: false },
];

/** Sorts a copy. What has no value comes last either way; equals are the newest first. */
export function sortRows(rows: readonly SummaryRow[], { column, isDescending }: Sorting): SummaryRow[] {
  const sign = isDescending ? -1 : 1;
  const valueOf = VALUES[column];
  return rows.toSorted((a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)];
    if (left === right || (isMissing(left) && isMissing(right))) return b.startTimeSec - a.startTimeSec;
    if (isMissing(left)) return 1;
    if (isMissing(right)) return -1;
    return left < right ? -sign : sign;
  });
}

/** `duration` or, the largest first, `-duration`, as it stands in the address. */
export function parseSorting(text: string | undefined): Sorting {
  const name = text?.replace(/^-/, '');
  const found = COLUMNS.find(({ column }) => column === name);
  if (found === undefined) return DEFAULT_SORTING;
  return { column: found.column, isDescending: text?.startsWith('-') === true };
}

/** Undefined for the default, which needs no word in the address. */
export function formatSorting({ column, isDescending }: Sorting): string | undefined {
  if (column === DEFAULT_SORTING.column && isDescending === DEFAULT_SORTING.isDescending) return undefined;
  return `${isDescending ? '-' : ''}${column}`;
}

/** What pressing a column's heading asks for: numbers begin with the largest, except for the age. */
export function nextSorting(current: Sorting, { column, isNumber }: Column): Sorting {
  if (current.column === column) return { column, isDescending: !current.isDescending };
  return { column, isDescending: isNumber && column !== 'age' };
}

type Value = string | number | undefined;

const VALUES: Record<SortColumn, (row: SummaryRow) => Value> = {
  id: ({ id }) => id,
  age: ({ startTimeSec }) => -startTimeSec,
  method: ({ method }) => method,
  url: ({ target }) => target,
  status: ({ status }) => status,
  response: ({ responseTimeSec }) => responseTimeSec,
  duration: ({ durationSec }) => durationSec,
  annotations: ({ annotations }) => annotations,
};

function isMissing(value: Value): value is undefined | '' {
  return value === undefined || value === '';
}
