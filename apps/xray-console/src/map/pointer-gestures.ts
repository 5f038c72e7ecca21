import type { Point } from './topology.js';

/** What one or two fingers, or a mouse, did since the last time. */
export interface Gesture {
  moved: Point;
  zoomed: number;
  /** Around which point of the element. */
  at: Point;
}

/** Less is a click, by a hand that is not quite still. */
const DRAG_PIXELS = 4;

/**
 * Tells of drags and pinches on an element. A click after a drag is swallowed.
 *
 * @returns stops it
 */
export function listenToPointers(element: SVGElement, onGesture: (gesture: Gesture) => void): () => void {
  const pointers = new Map<number, Point>();
  let start: Point | undefined;
  let isDrag = false;

  const down = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    if (pointers.size === 0) {
      start = pointOf(event);
      isDrag = false;
    }
    pointers.set(event.pointerId, pointOf(event));
  };
  const move = (event: PointerEvent): void => {
    const before = pointers.get(event.pointerId);
    if (before === undefined || start === undefined) return;
    const now = pointOf(event);
    if (!isDrag && distance(start, now) < DRAG_PIXELS) return;
    if (!isDrag) element.setPointerCapture(event.pointerId);
    isDrag = true;
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, now);
    onGesture(toGesture(element, { before, now, other }));
  };
  const up = (event: PointerEvent): void => void pointers.delete(event.pointerId);
  const click = (event: MouseEvent): void => {
    if (isDrag) event.stopPropagation();
    isDrag = false;
  };

  element.addEventListener('pointerdown', down);
  element.addEventListener('pointermove', move);
  element.addEventListener('pointerup', up);
  element.addEventListener('pointercancel', up);
  element.addEventListener('click', click, { capture: true });
  return () => {
    element.removeEventListener('pointerdown', down);
    element.removeEventListener('pointermove', move);
    element.removeEventListener('pointerup', up);
    element.removeEventListener('pointercancel', up);
    element.removeEventListener('click', click, { capture: true });
  };
}

/** Two fingers share what each of them moves. */
function toGesture(
  element: SVGElement,
  { before, now, other }: { before: Point; now: Point; other: Point | undefined },
): Gesture {
  const { left, top } = element.getBoundingClientRect();
  const moved = { x: now.x - before.x, y: now.y - before.y };
  if (other === undefined) return { moved, zoomed: 1, at: { x: now.x - left, y: now.y - top } };
  const at = { x: (now.x + other.x) / 2 - left, y: (now.y + other.y) / 2 - top };
  const zoomed = distance(now, other) / Math.max(1, distance(before, other));
  return { moved: { x: moved.x / 2, y: moved.y / 2 }, zoomed, at };
}

function pointOf({ clientX, clientY }: PointerEvent): Point {
  return { x: clientX, y: clientY };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
