import '../trace-list/trace-list.css';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatSpan, plural } from '../format.js';
import { changeRouteParams, currentRoute } from '../route/navigate.js';
import { findRangeProblem, rangeSeconds } from '../state/time-range.js';
import { filterText, groupName, setFilter, setGroup, timeRange } from '../state/view.js';
import { findFilterProblem } from '../trace-list/check-filter.js';
import { quote } from '../trace-list/filter-text.js';
import { FilterInput } from '../trace-list/FilterInput.js';
import { collectKnownValues } from '../trace-list/known-values.js';
import type { ListState } from '../trace-list/list-reader.js';
import { formatSorting, parseSorting, sortRows } from '../trace-list/list-sorting.js';
import { NoTraces } from '../trace-list/NoTraces.js';
import { addCondition } from '../trace-list/refine-filter.js';
import { Refiners } from '../trace-list/Refiners.js';
import { ScatterPlot } from '../trace-list/ScatterPlot.js';
import { toSummaryRow } from '../trace-list/summary-row.js';
import { TraceTable } from '../trace-list/TraceTable.js';
import type { TraceList } from '../trace-list/use-trace-list.js';
import { useTraceList } from '../trace-list/use-trace-list.js';
import { ErrorPanel } from '../ui/ErrorPanel.js';

const NOTHING: ListState['list'] = { shown: [], waiting: [] };

/** The traces of the range: to filter, to sort, to open. */
export function TracesPage(): JSX.Element {
  const range = timeRange.value;
  const filter = filterText.value;
  const rangeProblem = findRangeProblem(range);
  const isAsked = rangeProblem === undefined && findFilterProblem(filter) === undefined;
  const group = groupName.value;
  const inGroup = group === '' ? filter : addCondition(`group.name = ${quote(group)}`, filter);
  const traces = useTraceList(range, inGroup, isAsked);
  const { state, error } = traces;
  const { shown, waiting } = state?.list ?? NOTHING;
  const summaries = useMemo(() => [...waiting, ...shown], [waiting, shown]);
  const known = useMemo(() => collectKnownValues(summaries), [summaries]);
  const points = useMemo(() => summaries.map(toSummaryRow), [summaries]);
  return (
    <>
      <h1>Traces</h1>
      <FilterInput filter={filter} known={known} onApply={(text) => setFilter(text, 'push')} />
      {group !== '' && (
        <p class="list-head">
          Only traces of the group {group}.{' '}
          <button type="button" class="button small quiet" onClick={() => setGroup('')}>
            All traces
          </button>
        </p>
      )}
      {rangeProblem !== undefined && <ErrorPanel error={new Error(rangeProblem)} />}
      {error !== undefined && <ErrorPanel error={error} />}
      {isAsked && state === undefined && error === undefined && (
        <p class="muted" role="status">
          Loading traces…
        </p>
      )}
      {isAsked && state !== undefined && (
        <>
          <Refiners summaries={summaries} filter={filter} onFilter={(text) => setFilter(text, 'push')} />
          {summaries.length > 0 && <ScatterPlot rows={points} range={state.window} />}
          <Listing traces={traces} state={state} filter={filter} />
        </>
      )}
    </>
  );
}

function Listing({
  traces,
  state,
  filter,
}: {
  traces: TraceList;
  state: ListState;
  filter: string;
}): JSX.Element {
  const { list, isLoading, hasMore, processedCount, window } = state;
  const sortText = currentRoute.value.params['sort'];
  const sorting = useMemo(() => parseSorting(sortText), [sortText]);
  const rows = useMemo(() => sortRows(list.shown.map(toSummaryRow), sorting), [list.shown, sorting]);
  const span = formatSpan(Math.round(rangeSeconds(timeRange.value)));
  if (rows.length === 0) {
    if (isLoading) {
      return (
        <p class="muted" role="status">
          Loading traces…
        </p>
      );
    }
    return <NoTraces filter={filter} span={span} processedCount={processedCount} />;
  }
  return (
    <>
      <div class="list-head">
        <p role="status">
          {plural(rows.length, 'trace')}
          {isLoading ? ' so far, loading older ones…' : ''}
        </p>
        {list.waiting.length > 0 && (
          <button type="button" class="button small" onClick={() => traces.showWaiting()}>
            {list.waiting.length} new, show
          </button>
        )}
      </div>
      <TraceTable
        rows={rows}
        sorting={sorting}
        nowSec={window.endSec}
        onSort={(next) => changeRouteParams({ sort: formatSorting(next) }, 'replace')}
      />
      {hasMore && !isLoading && (
        <p class="list-more">
          These are the newest {rows.length}; there are older ones.{' '}
          <button type="button" class="button small quiet" onClick={() => traces.loadMore()}>
            Load more
          </button>
        </p>
      )}
    </>
  );
}
