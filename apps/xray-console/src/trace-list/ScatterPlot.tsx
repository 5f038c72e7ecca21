import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { formatSeconds, formatTime } from '../format.js';
import { linkTo, navigate } from '../route/navigate.js';
import { parseRoute } from '../route/parse-route.js';
import { OUTCOME_LABELS } from '../ui/StatusBadge.js';
import type { Scatter, ScatterPoint, ScatterSize } from './scatter-scale.js';
import { buildScatter, dotsPath, nearestPoint } from './scatter-scale.js';
import type { SummaryOutcome, SummaryRow } from './summary-row.js';

const MARGIN = { top: 10, right: 14, bottom: 24, left: 62 };
const REACH_PX = 16;
/** What went wrong lies on top. */
const OUTCOMES: readonly SummaryOutcome[] = ['ok', 'pending', 'error', 'throttle', 'fault'];

/** When each trace began and how long it took. A point opens its trace; by keyboard the table does. */
export function ScatterPlot({
  rows,
  range,
}: {
  rows: readonly SummaryRow[];
  range: { startSec: number; endSec: number };
}): JSX.Element {
  const { frame, width, height } = useSize();
  const [near, setNear] = useState<ScatterPoint>();
  const size = plotSize(width, height);
  const scatter = useMemo(
    () => buildScatter(rows, range, size),
    [rows, range.startSec, range.endSec, size.width, size.height],
  );
  const { points } = scatter;
  const follow = ({
    currentTarget,
    clientX,
    clientY,
  }: MouseEvent & { currentTarget: SVGSVGElement }): void => {
    const { left, top } = currentTarget.getBoundingClientRect();
    setNear(
      nearestPoint(points, { x: clientX - left - MARGIN.left, y: clientY - top - MARGIN.top }, REACH_PX),
    );
  };
  const open = (): void => {
    if (near !== undefined) navigate(parseRoute(linkTo('trace', { traceId: near.row.id })), 'push');
  };
  return (
    <figure class="card scatter" ref={frame}>
      <Caption near={near} />
      <svg
        role="img"
        aria-label={`Durations of ${rows.length} traces over time. The table below has the same traces.`}
        width={width}
        height={height}
        class={near === undefined ? '' : 'is-near'}
        onPointerMove={follow}
        onPointerDown={follow}
        onPointerLeave={() => setNear(undefined)}
        onClick={open}
      >
        <g transform={`translate(${MARGIN.left} ${MARGIN.top})`}>
          <Axes scatter={scatter} size={size} />
          {OUTCOMES.map((outcome) => (
            <Dots
              key={outcome}
              outcome={outcome}
              points={points.filter(({ row }) => row.outcome === outcome)}
            />
          ))}
          {near !== undefined && <circle class="scatter-near" cx={near.x} cy={near.y} r={8} />}
        </g>
      </svg>
    </figure>
  );
}

function Caption({ near }: { near: ScatterPoint | undefined }): JSX.Element {
  return (
    <figcaption>
      <span>Duration over time</span>
      <span class="scatter-tip">{near === undefined ? 'A point opens its trace.' : describe(near.row)}</span>
    </figcaption>
  );
}

function plotSize(width: number, height: number): ScatterSize {
  return {
    width: Math.max(50, width - MARGIN.left - MARGIN.right),
    height: height - MARGIN.top - MARGIN.bottom,
  };
}

function Axes({ scatter, size }: { scatter: Scatter; size: ScatterSize }): JSX.Element {
  return (
    <>
      {scatter.durationTicks.map(({ position, value }) => (
        <g key={value} transform={`translate(0 ${position})`}>
          <line x2={size.width} class="scatter-line" />
          <text x={-8} dy="0.32em" text-anchor="end">
            {formatDecade(value)}
          </text>
        </g>
      ))}
      {scatter.timeTicks.map(({ position, value }) => (
        <text key={value} x={position} y={size.height + 17} text-anchor={anchorAt(position, size.width)}>
          {formatTime(value)}
        </text>
      ))}
    </>
  );
}

/** Texts at the ends stay within the picture. */
function anchorAt(position: number, width: number): 'start' | 'middle' | 'end' {
  if (position > width - 30) return 'end';
  return position < 30 ? 'start' : 'middle';
}

function Dots({
  outcome,
  points,
}: {
  outcome: SummaryOutcome;
  points: readonly ScatterPoint[];
}): JSX.Element | null {
  if (points.length === 0) return null;
  // What went wrong has a shape of their own for whoever cannot tell the colours.
  return (
    <>
      <path class={`dots of-${outcome}`} d={dotsPath(points)} />
      {outcome !== 'ok' && outcome !== 'pending' && <path class="dots-core" d={dotsPath(points)} />}
    </>
  );
}

function describe({ method, target, status, durationSec, startTimeSec, outcome }: SummaryRow): string {
  const request = [method, target].filter((part) => part !== '').join(' ');
  const answer = `${status ?? ''} ${OUTCOME_LABELS[outcome]}`.trim();
  return `${request} · ${answer} · ${formatSeconds(durationSec)} · ${formatTime(startTimeSec)}`;
}

function formatDecade(seconds: number): string {
  return seconds >= 1 ? `${seconds} s` : `${Number((seconds * 1_000).toPrecision(1))} ms`;
}

function useSize(): { frame: { current: HTMLElement | null }; width: number; height: number } {
  const frame = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(600);
  const [remPx, setRemPx] = useState(16);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const measure = (): void => {
      const { paddingLeft, paddingRight } = getComputedStyle(element);
      setWidth(
        Math.max(200, element.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight)),
      );
      setRemPx(Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);
  return { frame, width, height: Math.round(remPx * 9.5) };
}
