import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { getServiceGraph } from '../api/xray-client.js';
import { usePolling } from '../api/use-polling.js';
import { formatSpan, plural } from '../format.js';
import { EmptyMap } from '../map/EmptyMap.js';
import { findMatches } from '../map/find-matches.js';
import { buildMapGraph, NO_GRAPH, totalsOf } from '../map/map-graph.js';
import type { MapGraph } from '../map/map-graph.js';
import { MapLegend } from '../map/MapLegend.js';
import { MapTable } from '../map/MapTable.js';
import { MapToolbar } from '../map/MapToolbar.js';
import { ServiceMap } from '../map/ServiceMap.js';
import { useChanged } from '../map/use-changed.js';
import { selectVisible } from '../map/visible-graph.js';
import { MapDetails } from '../panel/MapDetails.js';
import { selectOnMap } from '../panel/map-selection.js';
import { changeRouteParams, currentRoute } from '../route/navigate.js';
import {
  findRangeProblem,
  MAX_RANGE_SEC,
  rangeSeconds,
  toTimeRangeText,
  toTimeWindow,
} from '../state/time-range.js';
import { groupName, setTimeRange, timeRange } from '../state/view.js';
import { ErrorPanel } from '../ui/ErrorPanel.js';

/** Who calls whom, how often, how fast and with what outcome. */
export function ServiceMapPage(): JSX.Element {
  const problem = findRangeProblem(timeRange.value);
  if (problem === undefined) return <AnsweredMap />;
  return (
    <>
      <div class="page-head">
        <h1>Service map</h1>
      </div>
      <ErrorPanel title="The time range is too wide" error={new Error(problem)}>
        <p>
          <button
            type="button"
            class="button quiet small"
            onClick={() => setTimeRange({ kind: 'last', seconds: MAX_RANGE_SEC })}
          >
            Show the last {formatSpan(MAX_RANGE_SEC)}
          </button>
        </p>
      </ErrorPanel>
    </>
  );
}

function AnsweredMap(): JSX.Element {
  const range = timeRange.value;
  const group = groupName.value;
  const question = `map ${toTimeRangeText(range)} ${group}`;
  const { data, error, isFirstLoad } = usePolling(question, (signal) =>
    getServiceGraph(toTimeWindow(range, Date.now()), group, signal),
  );
  const graph = useMemo(
    () => (data === undefined ? NO_GRAPH : buildMapGraph(data, rangeSeconds(range) / 60)),
    [data, question],
  );
  const hasAnswer = data !== undefined;
  const totals = totalsOf(graph);
  return (
    <>
      <div class="page-head">
        <h1>Service map</h1>
        {hasAnswer && (
          <p class="muted" role="status">
            {plural(totals.nodeCount, 'node')}, {plural(totals.requestCount, 'request')}
          </p>
        )}
      </div>
      {error !== undefined && <ErrorPanel error={error} />}
      {isFirstLoad && <p class="muted">Loading …</p>}
      {hasAnswer && totals.nodeCount === 0 && <EmptyMap range={range} hasGroup={group !== ''} />}
      {totals.nodeCount > 0 && <FilledMap graph={graph} question={question} />}
    </>
  );
}

function FilledMap({ graph, question }: { graph: MapGraph; question: string }): JSX.Element {
  const { params } = currentRoute.value;
  const { select, focus, view } = params;
  const [search, setSearch] = useState('');
  const visible = useMemo(() => selectVisible(graph, focus), [graph, focus]);
  const matches = useMemo(() => findMatches(graph, search), [graph, search]);
  const pulses = useChanged(question, graph, true);
  const isSelectedThere = [...graph.nodes, ...graph.edges].some(({ id }) => id === select);
  const setFocus = (id: string | undefined): void => changeRouteParams({ focus: id }, 'push');
  const close = (): void => {
    selectOnMap(undefined);
    if (select !== undefined) focusOnMap(select);
  };
  const openFirstMatch = (): void => {
    const first = graph.nodes.find(({ id }) => matches?.has(id));
    if (first !== undefined) selectOnMap(first.id);
  };
  return (
    <>
      <MapToolbar search={search} onSearch={setSearch} onSubmit={openFirstMatch} matchCount={matches?.size} />
      {visible.hiddenCount > 0 && <HiddenNotice count={visible.hiddenCount} isFocus={focus !== undefined} />}
      <div class={`map-body${isSelectedThere ? ' has-panel' : ''}`}>
        <div class="map-main">
          {view === 'list' ? (
            <MapTable graph={graph} matchingIds={matches} onSelect={selectOnMap} />
          ) : (
            <ServiceMap
              label="Service map"
              graph={visible.graph}
              selectedId={select}
              onSelect={selectOnMap}
              matchingIds={matches}
              pulses={pulses}
            >
              <MapLegend />
            </ServiceMap>
          )}
        </div>
        {select !== undefined && (
          <MapDetails graph={graph} selectedId={select} focusId={focus} onFocus={setFocus} onClose={close} />
        )}
      </div>
    </>
  );
}

function HiddenNotice({ count, isFocus }: { count: number; isFocus: boolean }): JSX.Element {
  return (
    <p class="hidden-notice" role="status">
      {plural(count, 'node')} hidden{isFocus ? ' by the focus.' : ': the least busy. The list has them all.'}{' '}
      {isFocus && (
        <button
          type="button"
          class="button quiet small"
          onClick={() => changeRouteParams({ focus: undefined }, 'push')}
        >
          Show all
        </button>
      )}
    </p>
  );
}

/** Closing the panel leads back to where it was opened. */
function focusOnMap(id: string): void {
  const escaped = CSS.escape(id);
  document.querySelector<SVGElement>(`[data-node-id="${escaped}"], [data-edge-id="${escaped}"]`)?.focus();
}
