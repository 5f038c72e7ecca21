import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Point } from './topology.js';
import { fitViewport, reveal, zoomAt } from './pan-zoom.js';
import type { FittedMap, Size, Viewport } from './pan-zoom.js';
import { listenToPointers } from './pointer-gestures.js';

export interface PanZoom {
  /** For the group that holds the map: it moves without anything being drawn anew. */
  sceneRef: RefObject<SVGGElement | null>;
  /** Around the middle. */
  zoom: (factor: number) => void;
  fit: () => void;
  reveal: (point: Point) => void;
}

/** A node with its name, as far as it matters for what is in view. */
const NODE_ROOM = 110;
const WHEEL_SPEED = 0.0016;

/** Moves the map by pointer, wheel and fingers; fits it by itself until somebody has moved it. */
export function usePanZoom(
  svg: RefObject<SVGSVGElement | null>,
  map: FittedMap,
  screen: Size | undefined,
): PanZoom {
  const sceneRef = useRef<SVGGElement>(null);
  const viewport = useRef<Viewport>({ x: 0, y: 0, scale: 1 });
  const isMoved = useRef(false);
  const show = (next: Viewport): void => {
    viewport.current = next;
    const { x, y, scale } = next;
    const text = `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${scale.toFixed(4)})`;
    sceneRef.current?.setAttribute('transform', text);
  };

  const fit = (): void => {
    isMoved.current = false;
    if (screen !== undefined) show(fitViewport(map, screen, maxFitScale(screen)));
  };
  useLayoutEffect(() => {
    if (!isMoved.current) fit();
  }, [map.width, map.height, map.entry.y, screen?.width, screen?.height]);

  useLayoutEffect(() => {
    const { current } = svg;
    if (current === null) return undefined;
    const change = (next: Viewport): void => {
      isMoved.current = true;
      show(next);
    };
    return listenToMap(current, () => viewport.current, change);
  }, []);

  return {
    sceneRef,
    fit,
    zoom: (factor) => {
      if (screen === undefined) return;
      isMoved.current = true;
      show(zoomAt(viewport.current, { x: screen.width / 2, y: screen.height / 2 }, factor));
    },
    reveal: (point) => {
      if (screen === undefined) return;
      const room = NODE_ROOM * viewport.current.scale;
      const next = reveal(viewport.current, point, screen, room);
      if (next.x === viewport.current.x && next.y === viewport.current.y) return;
      isMoved.current = true;
      show(next);
    },
  };
}

/** Wheel, pointer and fingers; returns what stops it. */
function listenToMap(svg: SVGSVGElement, now: () => Viewport, change: (next: Viewport) => void): () => void {
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const { left, top } = svg.getBoundingClientRect();
    const at = { x: event.clientX - left, y: event.clientY - top };
    change(zoomAt(now(), at, Math.exp(-event.deltaY * WHEEL_SPEED)));
  };
  svg.addEventListener('wheel', onWheel, { passive: false });
  const stopPointers = listenToPointers(svg, ({ moved, zoomed, at }) => {
    const { x, y, scale } = now();
    change(zoomAt({ x: x + moved.x, y: y + moved.y, scale }, at, zoomed));
  });
  return () => {
    svg.removeEventListener('wheel', onWheel);
    stopPointers();
  };
}

/** A small map grows with the screen, as the text around it does. */
function maxFitScale({ width }: Size): number {
  return Math.max(1.15, Math.min(2, width / 1100));
}
