import type { SummaryRow } from './summary-row.js';

export interface ScatterSize {
  width: number;
  height: number;
}

export interface ScatterPoint {
  row: SummaryRow;
  x: number;
  y: number;
}

interface AxisTick {
  position: number;
  value: number;
}

export interface Scatter {
  points: ScatterPoint[];
  timeTicks: AxisTick[];
  durationTicks: AxisTick[];
}

/** Shorter than this is drawn as this: a logarithm knows no zero. */
const SHORTEST_SEC = 0.000_1;

const TIME_STEPS_SEC = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400,
];

/** Places traces by their start and, on a logarithmic scale, by how long they took. */
export function buildScatter(
  rows: readonly SummaryRow[],
  range: { startSec: number; endSec: number },
  { width, height }: ScatterSize,
): Scatter {
  const lengthSec = Math.max(range.endSec - range.startSec, 1);
  const { low, high } = durationDecades(rows);
  const toX = (timeSec: number): number => ((timeSec - range.startSec) / lengthSec) * width;
  const toY = (durationSec: number): number => {
    const decade = Math.log10(Math.max(durationSec, SHORTEST_SEC));
    return height - ((decade - low) / (high - low)) * height;
  };
  return {
    points: rows.map((row) => ({
      row,
      x: Math.min(width, Math.max(0, toX(row.startTimeSec))),
      y: toY(row.durationSec),
    })),
    timeTicks: timeTicks(range, Math.max(2, Math.floor(width / 110))).map((value) => ({
      position: toX(value),
      value,
    })),
    durationTicks: decadeTicks(low, high).map((value) => ({ position: toY(value), value })),
  };
}

/** The point nearest to a place, at most so many pixels away. */
export function nearestPoint(
  points: readonly ScatterPoint[],
  place: { x: number; y: number },
  reach: number,
): ScatterPoint | undefined {
  let best: ScatterPoint | undefined;
  let bestDistance = reach;
  for (const point of points) {
    const distance = Math.hypot(point.x - place.x, point.y - place.y);
    if (distance > bestDistance) continue;
    best = point;
    bestDistance = distance;
  }
  return best;
}

/** All the points of one kind as one path of dots: ten thousand elements would be slow. */
export function dotsPath(points: readonly ScatterPoint[]): string {
  return points.map(({ x, y }) => `M${x.toFixed(1)} ${y.toFixed(1)}h0`).join('');
}

/** Whole powers of ten around all durations, at least one decade apart. */
function durationDecades(rows: readonly SummaryRow[]): { low: number; high: number } {
  let shortest = Infinity;
  let longest = SHORTEST_SEC;
  for (const { durationSec } of rows) {
    shortest = Math.min(shortest, Math.max(durationSec, SHORTEST_SEC));
    longest = Math.max(longest, durationSec);
  }
  if (shortest === Infinity) return { low: -3, high: 0 };
  const low = Math.floor(Math.log10(shortest));
  return { low, high: Math.max(low + 1, Math.ceil(Math.log10(longest))) };
}

function decadeTicks(low: number, high: number): number[] {
  return Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index));
}

function timeTicks({ startSec, endSec }: { startSec: number; endSec: number }, most: number): number[] {
  const lengthSec = endSec - startSec;
  const stepSec = TIME_STEPS_SEC.find((step) => lengthSec / step <= most) ?? Math.ceil(lengthSec / most);
  const ticks: number[] = [];
  for (let tick = Math.ceil(startSec / stepSec) * stepSec; tick <= endSec; tick += stepSec) ticks.push(tick);
  return ticks;
}
