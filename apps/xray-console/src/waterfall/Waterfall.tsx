import './waterfall.css';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { formatSeconds } from '../format.js';
import { readPreference, writePreference } from '../state/storage.js';
import type { WaterfallRow as Row } from './build-rows.js';
import { parseNamePercent } from './name-column.js';
import { NameResizer } from './NameResizer.js';
import type { TimeTick } from './time-scale.js';
import { buildTicks } from './time-scale.js';
import type { VirtualRows } from './use-virtual-rows.js';
import { drawnIndices, usePrinting, useVirtualRows } from './use-virtual-rows.js';
import { WaterfallRow } from './WaterfallRow.js';

/** Of a row, in rem. */
const ROW_REM = 2.125;
/** A sheet of paper holds about forty; nobody prints more than this on purpose. */
const MAX_PRINTED_ROWS = 2_000;

interface WaterfallProps {
  /** Those that no collapsed row hides. */
  rows: readonly Row[];
  lengthSec: number;
  collapsed: ReadonlySet<string>;
  selectedKey: string | undefined;
  onToggle: (row: Row) => void;
  onSelect: (row: Row, options: { isByKey: boolean }) => void;
}

/** The timeline of a trace: a tree of rows with a bar each, of which only those in sight are drawn. */
export function Waterfall(props: WaterfallProps): JSX.Element {
  const { rows, lengthSec, collapsed, selectedKey, onToggle, onSelect } = props;
  const isPrinting = usePrinting();
  const shownCount = isPrinting ? Math.min(rows.length, MAX_PRINTED_ROWS) : rows.length;
  const virtual = useVirtualRows(shownCount, ROW_REM, isPrinting);
  const { scrollRef, drawn, rowHeight, active } = virtual;
  const { trackRef, trackPx, columns } = useColumns();
  const ticks = buildTicks(lengthSec, trackPx, rowHeight / ROW_REM);
  const tickPercent = ticks[1]?.left ?? 100;
  const hover = useHoverLine(scrollRef, trackRef, lengthSec);
  useSelectedInSight(rows, selectedKey, virtual.activate);

  const onKeyDown = (event: KeyboardEvent): void => handleKey(event, props, virtual);
  return (
    <>
      <div
        class="waterfall"
        role="treegrid"
        aria-label="Timeline of segments and subsegments"
        aria-rowcount={rows.length + 1}
        ref={scrollRef}
        style={{
          '--tick': `${tickPercent}%`,
          '--row-height': `${rowHeight}px`,
          '--name-column': columns.chosen === undefined ? undefined : `${columns.chosen}%`,
        }}
        onKeyDown={onKeyDown}
        onPointerMove={hover.move}
        onPointerLeave={hover.leave}
      >
        <Head ticks={ticks} trackRef={trackRef} columns={columns} />
        <div class="waterfall-rows" role="rowgroup" style={{ height: `${shownCount * rowHeight}px` }}>
          {drawnIndices(drawn, active, shownCount).map((index) => {
            const row = rows[index] as Row;
            return (
              <WaterfallRow
                key={row.key}
                row={row}
                index={index}
                top={index * rowHeight}
                lengthSec={lengthSec}
                trackPx={trackPx}
                remPx={rowHeight / ROW_REM}
                isActive={index === active}
                isSelected={row.key === selectedKey}
                isCollapsed={collapsed.has(row.key)}
                onToggle={onToggle}
                onPick={() => {
                  virtual.activate(index, { isFocused: true });
                  onSelect(row, { isByKey: false });
                }}
              />
            );
          })}
        </div>
      </div>
      {isPrinting && shownCount < rows.length && <p>{rows.length - shownCount} more rows are not printed.</p>}
    </>
  );
}

/** The keys of a tree grid: left and right close and open, or go to the parent and to the first child. */
function handleKey(event: KeyboardEvent, props: WaterfallProps, virtual: VirtualRows): void {
  const { rows, collapsed, onToggle, onSelect } = props;
  const { active, activate } = virtual;
  const row = rows[active];
  if (row === undefined || virtual.handleKey(event)) return;
  const isCollapsed = collapsed.has(row.key);
  const isOpen = row.descendantCount > 0 && !isCollapsed;
  const isRight = event.key === 'ArrowRight';
  const isLeft = event.key === 'ArrowLeft';
  if (event.key === 'Enter' || event.key === ' ') onSelect(row, { isByKey: true });
  else if ((isRight && isCollapsed) || (isLeft && isOpen)) onToggle(row);
  else if (isRight && isOpen) activate(active + 1, { isFocused: true });
  else if (isLeft && row.parentKey !== undefined) {
    activate(
      rows.findIndex(({ key }) => key === row.parentKey),
      { isFocused: true },
    );
  } else return;
  event.preventDefault();
}

interface HeadProps {
  ticks: readonly TimeTick[];
  trackRef: { current: HTMLDivElement | null };
  columns: NameColumn;
}

function Head({ ticks, trackRef, columns }: HeadProps): JSX.Element {
  return (
    <div class="waterfall-head" role="row" aria-rowindex={1}>
      <div role="columnheader" class="waterfall-name">
        Name
        <NameResizer percent={columns.percent} onChange={columns.choose} />
      </div>
      <div role="columnheader" class="waterfall-status">
        Response
      </div>
      <div role="columnheader" class="waterfall-track" ref={trackRef}>
        <span class="unseen">Time from the start of the trace</span>
        {ticks.map(({ left, offsetSec, side }) => (
          <span
            key={offsetSec}
            class={`waterfall-tick ${side === 'left' ? 'waterfall-tick-left' : ''}`}
            style={{ left: `${left}%` }}
            aria-hidden="true"
          >
            {side !== 'none' && (
              <span class="waterfall-tick-label">{offsetSec === 0 ? '0' : formatSeconds(offsetSec)}</span>
            )}
          </span>
        ))}
        <span class="hover-time" aria-hidden="true" />
      </div>
    </div>
  );
}

interface NameColumn {
  /** Of the reader; undefined leaves it to the page. In percent, as all widths here. */
  chosen: number | undefined;
  /** As it is now. */
  percent: number;
  choose: (percent: number | undefined) => void;
}

const PREFERENCE = 'name-column';

/** The widths of the columns: of the bars, for ticks and labels, and of the names, which the reader can change. */
function useColumns(): {
  trackRef: { current: HTMLDivElement | null };
  trackPx: number;
  columns: NameColumn;
} {
  const trackRef = useRef<HTMLDivElement>(null);
  const [{ trackPx, percent }, setWidths] = useState({ trackPx: 600, percent: 36 });
  const [chosen, setChosen] = useState(() => parseNamePercent(readPreference(PREFERENCE)));
  useLayoutEffect(() => {
    const track = trackRef.current;
    if (track === null) return undefined;
    const measure = (): void => {
      const [head, name] = [track.parentElement, track.parentElement?.firstElementChild];
      const percent = ((name?.clientWidth ?? 0) / (head?.clientWidth ?? 1)) * 100;
      setWidths({ trackPx: track.clientWidth, percent });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(track);
    measure();
    return () => observer.disconnect();
  }, []);
  const choose = (next: number | undefined): void => {
    setChosen(next);
    writePreference(PREFERENCE, next === undefined ? undefined : String(next));
  };
  return { trackRef, trackPx, columns: { chosen, percent: chosen ?? percent, choose } };
}

/** Moves a line and its time with the pointer. By hand, because nothing else changes with it. */
function useHoverLine(
  scrollRef: { current: HTMLDivElement | null },
  trackRef: { current: HTMLDivElement | null },
  lengthSec: number,
): { move: (event: PointerEvent) => void; leave: () => void } {
  const leave = (): void => scrollRef.current?.classList.remove('is-hovered');
  const move = (event: PointerEvent): void => {
    const [scroller, track] = [scrollRef.current, trackRef.current];
    if (scroller === null || track === null) return;
    const { left, width } = track.getBoundingClientRect();
    const share = (event.clientX - left) / width;
    if (share < 0 || share > 1) return leave();
    scroller.classList.add('is-hovered');
    scroller.style.setProperty('--hover', String(share));
    const label = track.querySelector('.hover-time');
    if (label !== null) label.textContent = formatSeconds(share * lengthSec);
    label?.classList.toggle('waterfall-tick-left', share > 0.85);
  };
  return { move, leave };
}

/** A row that is selected from outside, by a link or by a button, comes into sight once. */
function useSelectedInSight(
  rows: readonly Row[],
  selectedKey: string | undefined,
  activate: (index: number) => void,
): void {
  const shownKey = useRef<string>(undefined);
  useLayoutEffect(() => {
    if (selectedKey === undefined || selectedKey === shownKey.current) return;
    const index = rows.findIndex(({ key }) => key === selectedKey);
    if (index === -1) return;
    shownKey.current = selectedKey;
    activate(index);
  }, [rows, selectedKey]);
}
