import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { formatAge, formatDateTime, formatSeconds } from '../format.js';
import { linkTo } from '../route/navigate.js';
import { StatusBadge, OUTCOME_LABELS } from '../ui/StatusBadge.js';
import { drawnIndices, useVirtualRows } from '../waterfall/use-virtual-rows.js';
import type { Column, Sorting } from './list-sorting.js';
import { COLUMNS, nextSorting } from './list-sorting.js';
import type { SummaryRow } from './summary-row.js';

/** Of a row, in rem. On a narrow page a row has two lines. */
const ROW_REM = 2.4;
const NARROW_ROW_REM = 4;
const NARROW = '(max-width: 44rem)';

interface TraceTableProps {
  /** In the order of the sorting. */
  rows: readonly SummaryRow[];
  sorting: Sorting;
  nowSec: number;
  onSort: (sorting: Sorting) => void;
}

/** The traces as a grid of which only the rows in sight are drawn. Arrow keys move, Enter opens. */
export function TraceTable({ rows, sorting, nowSec, onSort }: TraceTableProps): JSX.Element {
  const isNarrow = useMediaQuery(NARROW);
  const virtual = useVirtualRows(rows.length, isNarrow ? NARROW_ROW_REM : ROW_REM);
  const { scrollRef, drawn, rowHeight, active } = virtual;
  const indices = useMemo(
    () => drawnIndices(drawn, active, rows.length),
    [drawn.first, drawn.end, active, rows.length],
  );
  const onKeyDown = (event: KeyboardEvent): void => {
    // The headings above have keys of their own.
    if (event.target instanceof HTMLAnchorElement) virtual.handleKey(event);
  };
  return (
    <div
      class="card trace-grid"
      role="grid"
      aria-label="Traces"
      aria-rowcount={rows.length + 1}
      ref={scrollRef}
      style={{ '--row-height': `${rowHeight}px` }}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" class="trace-grid-head">
        <div role="row" aria-rowindex={1} class="trace-grid-columns">
          {COLUMNS.map((column) => (
            <Heading key={column.column} column={column} sorting={sorting} onSort={onSort} />
          ))}
        </div>
      </div>
      <div role="rowgroup" class="trace-grid-rows" style={{ height: `${rows.length * rowHeight}px` }}>
        {indices.map((index) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <TraceRow
              key={row.id}
              row={row}
              index={index}
              top={index * rowHeight}
              ageSec={Math.max(0, nowSec - row.startTimeSec)}
              isActive={index === active}
              onFocus={() => {
                if (index !== active) virtual.activate(index);
              }}
            />
          );
        })}
      </div>
    </div>
  );
}

function Heading({
  column,
  sorting,
  onSort,
}: {
  column: Column;
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
}): JSX.Element {
  const isSorted = sorting.column === column.column;
  const direction = sorting.isDescending ? 'descending' : 'ascending';
  return (
    <div
      role="columnheader"
      class={`trace-cell cell-${column.column} ${column.isNumber ? 'number' : ''}`}
      aria-sort={isSorted ? direction : 'none'}
    >
      <button type="button" onClick={() => onSort(nextSorting(sorting, column))}>
        {column.title}
        {isSorted && (
          <span class="sort-sign" aria-hidden="true">
            {sorting.isDescending ? '↓' : '↑'}
          </span>
        )}
      </button>
    </div>
  );
}

interface TraceRowProps {
  row: SummaryRow;
  index: number;
  top: number;
  ageSec: number;
  isActive: boolean;
  onFocus: () => void;
}

function TraceRow({ row, index, top, ageSec, isActive, onFocus }: TraceRowProps): JSX.Element {
  const { id, startTimeSec, method, target, url, responseTimeSec, durationSec, annotations } = row;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      class="trace-row trace-grid-columns"
      style={{ top: `${top}px` }}
    >
      <div role="gridcell" class="trace-cell cell-id">
        <a
          href={linkTo('trace', { traceId: id })}
          tabIndex={isActive ? 0 : -1}
          data-active={isActive}
          onFocus={onFocus}
          title={id}
        >
          {id}
        </a>
      </div>
      <div role="gridcell" class="trace-cell cell-age number" title={formatDateTime(startTimeSec)}>
        {formatAge(ageSec)}
      </div>
      <div role="gridcell" class="trace-cell cell-method">
        {method}
      </div>
      <div role="gridcell" class="trace-cell cell-url" title={url}>
        {target}
      </div>
      <div role="gridcell" class="trace-cell cell-status number">
        <Answer row={row} />
      </div>
      <div role="gridcell" class="trace-cell cell-response number">
        {responseTimeSec === undefined ? '–' : formatSeconds(responseTimeSec)}
      </div>
      <div role="gridcell" class="trace-cell cell-duration number">
        {formatSeconds(durationSec)}
      </div>
      <div role="gridcell" class="trace-cell cell-annotations" title={annotations}>
        {annotations}
      </div>
    </div>
  );
}

function Answer({ row: { status, outcome, isPartial } }: { row: SummaryRow }): JSX.Element {
  const words = status === undefined ? OUTCOME_LABELS[outcome] : `${status} ${OUTCOME_LABELS[outcome]}`;
  return (
    <StatusBadge outcome={outcome} text={isPartial && outcome !== 'pending' ? `${words}, partial` : words} />
  );
}

function useMediaQuery(query: string): boolean {
  const [isMatching, setMatching] = useState(() => matchMedia(query).matches);
  useLayoutEffect(() => {
    const media = matchMedia(query);
    const follow = (): void => setMatching(media.matches);
    media.addEventListener('change', follow);
    follow();
    return () => media.removeEventListener('change', follow);
  }, [query]);
  return isMatching;
}
