import { NODE_RADIUS } from './topology.js';
import type { Point } from './topology.js';

export interface EdgeLine {
  from: Point;
  to: Point;
  bends: readonly Point[];
  /** To one side, so that calls to and fro do not lie on one another. */
  isBowed: boolean;
  /** Which way the layers follow one another: lines leave and arrive that way. */
  direction: 'right' | 'down';
}

/** Room for the ring's own width. */
const RIM = 3;
/** How far a bowed line leaves the straight one, as a part of its length. */
const BOW = 0.14;
/** How far the line keeps its first way, and how much of the other way it takes at once: lines fan out. */
const SWEEP = 0.5;
const FAN = 0.16;

/**
 * The `d` of a path from circle to circle; both its ends lie on the circles.
 *
 * @param headLength ends so much before the circle, for an arrow's head
 */
export function edgePath(line: EdgeLine, headLength = 0): string {
  const { from, to, bends, isBowed } = line;
  if (from.x === to.x && from.y === to.y) return loopPath(from, headLength);
  if (bends.length === 0 && isBowed) {
    const via = bowPoint(from, to);
    return `M${text(onCircle(from, via, 0))}Q${text(via)} ${text(onCircle(to, via, headLength))}`;
  }
  if (bends.length === 0) return sweptPath(line, headLength);
  const start = onCircle(from, bends[0] ?? to, 0);
  const end = onCircle(to, bends.at(-1) ?? from, headLength);
  return `M${text(start)}${smooth([start, ...bends, end])}`;
}

/** From layer to layer: leaves and arrives along the layers' way, so that it keeps clear of the names below nodes. */
function sweptPath({ from, to, direction }: EdgeLine, headLength: number): string {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const along = direction === 'right' ? { x: dx * SWEEP, y: dy * FAN } : { x: dx * FAN, y: dy * SWEEP };
  const firstControl = { x: from.x + along.x, y: from.y + along.y };
  const secondControl = { x: to.x - along.x, y: to.y - along.y };
  const start = onCircle(from, firstControl, 0);
  const end = onCircle(to, secondControl, headLength);
  return `M${text(start)}C${text(firstControl)} ${text(secondControl)} ${text(end)}`;
}

/** Where the middle of the line is, for what is written on it. */
export function edgeMiddle({ from, to, bends, isBowed }: EdgeLine): Point {
  const middle = bends[Math.floor(bends.length / 2)];
  if (middle !== undefined) return middle;
  const straight = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  if (!isBowed) return straight;
  const bow = bowPoint(from, to);
  return { x: (straight.x + bow.x) / 2, y: (straight.y + bow.y) / 2 };
}

function onCircle(centre: Point, towards: Point, distance: number): Point {
  const dx = towards.x - centre.x;
  const dy = towards.y - centre.y;
  const length = Math.hypot(dx, dy) || 1;
  const radius = NODE_RADIUS + RIM + distance;
  return { x: centre.x + (dx / length) * radius, y: centre.y + (dy / length) * radius };
}

function bowPoint(from: Point, to: Point): Point {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  return { x: (from.x + to.x) / 2 - dy * BOW * 2, y: (from.y + to.y) / 2 + dx * BOW * 2 };
}

/** A curve through all points (Catmull-Rom as cubic Béziers). */
function smooth(points: readonly Point[]): string {
  const at = (index: number): Point =>
    points[Math.max(0, Math.min(points.length - 1, index))] ?? { x: 0, y: 0 };
  const parts = points.slice(1).map((end, index) => {
    const [before, start, after] = [at(index - 1), at(index), at(index + 2)];
    const firstControl = { x: start.x + (end.x - before.x) / 6, y: start.y + (end.y - before.y) / 6 };
    const secondControl = { x: end.x - (after.x - start.x) / 6, y: end.y - (after.y - start.y) / 6 };
    return `C${text(firstControl)} ${text(secondControl)} ${text(end)}`;
  });
  return parts.join('');
}

/** From the top right of the circle, round and back to it. */
function loopPath(centre: Point, headLength: number): string {
  const radius = NODE_RADIUS + RIM;
  const start = { x: centre.x + radius * Math.SQRT1_2, y: centre.y - radius * Math.SQRT1_2 };
  const end = { x: centre.x, y: centre.y - radius - headLength };
  return `M${text(start)}C${text({ x: start.x + 30, y: start.y - 30 })} ${text({ x: end.x, y: end.y - 40 })} ${text(end)}`;
}

function text({ x, y }: Point): string {
  return `${x.toFixed(1)},${y.toFixed(1)}`;
}
