import type { JSX } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import { changeRouteParams, currentRoute } from '../route/navigate.js';
import { SegmentDetails } from '../segment-details/SegmentDetails.js';
import type { WaterfallRow } from '../waterfall/build-rows.js';
import { firstProblem, visibleRows } from '../waterfall/build-rows.js';
import type { Collapsed } from '../waterfall/collapsed-rows.js';
import {
  ALL_COLLAPSED,
  collapsedKeys,
  NONE_COLLAPSED,
  parseCollapsed,
  toCollapsedText,
  toggleRow,
} from '../waterfall/collapsed-rows.js';
import { Waterfall } from '../waterfall/Waterfall.js';
import type { LinkedTrace } from './linked-traces.js';
import type { LoadedTrace } from './load-trace.js';

/** The timeline with, beside it, the details of what is selected. What is selected and closed stands in the address. */
export function TraceTimeline({
  loaded,
  links,
}: {
  loaded: LoadedTrace;
  links: readonly LinkedTrace[];
}): JSX.Element {
  const { trace, rows } = loaded;
  const frame = useRef<HTMLDivElement>(null);
  const { collapsed, collapse, toggle } = useCollapsed(rows);
  const { selected, tab, select, showProblem, focusRequest } = useSelection(rows, toggle);
  const shown = useMemo(() => visibleRows(rows, collapsed), [rows, collapsed]);
  const entity = selected?.line?.entity;
  const close = (): void => {
    changeRouteParams({ segment: undefined, tab: undefined }, 'replace');
    frame.current?.querySelector<HTMLElement>('[data-active=true]')?.focus();
  };
  return (
    <div class={`trace-body ${entity === undefined ? '' : 'has-details'}`} ref={frame}>
      <section class="card timeline" aria-labelledby="timeline-heading">
        <TimelineHead
          onShowProblem={showProblem}
          onCollapse={() => collapse(ALL_COLLAPSED)}
          onExpand={collapsed.size === 0 ? undefined : () => collapse(NONE_COLLAPSED)}
        />
        <Waterfall
          rows={shown}
          lengthSec={trace.endTimeSec - trace.startTimeSec}
          collapsed={collapsed}
          selectedKey={selected?.key}
          onToggle={toggle}
          onSelect={select}
        />
        {collapsed.size > 0 && shown.length < rows.length && (
          <p class="timeline-note muted">{rows.length - shown.length} rows are collapsed.</p>
        )}
      </section>
      {selected !== undefined && entity !== undefined && (
        <SegmentDetails
          trace={trace}
          entity={entity}
          marks={selected.marks}
          links={links.filter(({ entityIds }) => entityIds.includes(entity.id))}
          tab={tab}
          onTab={(id) => changeRouteParams({ tab: id === 'overview' ? undefined : id }, 'replace')}
          onClose={close}
          focusRequest={focusRequest}
        />
      )}
    </div>
  );
}

interface CollapsedRows {
  /** Their keys. */
  collapsed: ReadonlySet<string>;
  collapse: (wanted: Collapsed) => void;
  toggle: (row: WaterfallRow) => void;
}

/** A trace opens fully expanded; what the reader has collapsed stays so while the trace grows. */
function useCollapsed(rows: readonly WaterfallRow[]): CollapsedRows {
  const text = currentRoute.value.params['collapsed'];
  const collapsed = useMemo(() => collapsedKeys(rows, parseCollapsed(text)), [rows, text]);
  const collapse = (wanted: Collapsed): void =>
    changeRouteParams({ collapsed: toCollapsedText(wanted) }, 'replace');
  return { collapsed, collapse, toggle: ({ key }) => collapse(toggleRow(parseCollapsed(text), key)) };
}

interface Selection {
  selected: WaterfallRow | undefined;
  tab: string;
  select: (row: WaterfallRow, options: { isByKey: boolean }) => void;
  /** Undefined when nothing in the trace failed for a reason that it tells. */
  showProblem: (() => void) | undefined;
  /** Counts up whenever the reader wants to go on in the details. */
  focusRequest: number;
}

function useSelection(rows: readonly WaterfallRow[], toggle: (row: WaterfallRow) => void): Selection {
  const [focusRequest, setFocusRequest] = useState(0);
  const { segment: selectedKey, tab = 'overview' } = currentRoute.value.params;
  const selected = useMemo(() => rows.find(({ key }) => key === selectedKey), [rows, selectedKey]);
  const problem = useMemo(() => firstProblem(rows), [rows]);
  const select: Selection['select'] = (row, { isByKey }) => {
    // A heading is no segment: it opens and closes.
    if (row.line === undefined) return toggle(row);
    const mode = selectedKey === undefined ? 'push' : 'replace';
    changeRouteParams({ segment: row.key, tab: tabFor(row, tab) }, mode);
    if (isByKey) setFocusRequest((count) => count + 1);
  };
  const showProblem = (): void => {
    changeRouteParams({ segment: problem?.key, tab: 'exceptions', collapsed: undefined }, 'push');
    setFocusRequest((count) => count + 1);
  };
  return {
    selected,
    tab,
    select,
    showProblem: problem === undefined ? undefined : showProblem,
    focusRequest,
  };
}

interface TimelineHeadProps {
  /** Undefined when nothing in the trace failed for a reason that it tells. */
  onShowProblem: (() => void) | undefined;
  onCollapse: () => void;
  /** Undefined when nothing is collapsed. */
  onExpand: (() => void) | undefined;
}

function TimelineHead({ onShowProblem, onCollapse, onExpand }: TimelineHeadProps): JSX.Element {
  return (
    <header class="timeline-head">
      <h2 id="timeline-heading">Segments timeline</h2>
      <div class="timeline-tools">
        {onShowProblem !== undefined && (
          <button type="button" class="button small quiet" onClick={onShowProblem}>
            Show the exception
          </button>
        )}
        <button type="button" class="button small quiet" onClick={onCollapse}>
          Collapse all
        </button>
        <button
          type="button"
          class="button small quiet"
          disabled={onExpand === undefined}
          onClick={() => onExpand?.()}
        >
          Expand all
        </button>
      </div>
    </header>
  );
}

/** The tab stays from row to row, except for one that the row may not have. */
function tabFor({ line }: WaterfallRow, tab: string): string | undefined {
  const document = line?.entity.document;
  if (tab === 'overview' || tab === 'links' || (tab === 'sql' && document?.sql === undefined))
    return undefined;
  return tab;
}
