import { useComputed, useSignal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Point } from './topology.js';
import { fitViewport, reveal, zoomAt } from './pan-zoom.js';
import type { FittedMap, Size, Viewport } from './pan-zoom.js';
import { listenToPointers } from './pointer-gestures.js';

export interface PanZoom {
  /** Of the group that holds the map; changes without rendering anything anew. */
  transform: ReadonlySignal<string>;
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
  map: FittedMap | undefined,
  screen: Size | undefined,
): PanZoom {
  const viewport = useSignal<Viewport>({ x: 0, y: 0, scale: 1 });
  const isMoved = useRef(false);
  const transform = useComputed(() => {
    const { x, y, scale } = viewport.value;
    return `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${scale.toFixed(4)})`;
  });

  const fit = (): void => {
    isMoved.current = false;
    if (map !== undefined && screen !== undefined)
      viewport.value = fitViewport(map, screen, maxFitScale(screen));
  };
  useEffect(() => {
    if (!isMoved.current) fit();
  }, [map?.width, map?.height, map?.entry.y, screen?.width, screen?.height]);

  useEffect(() => {
    const { current } = svg;
    if (current === null) return undefined;
    const change = (next: Viewport): void => {
      isMoved.current = true;
      viewport.value = next;
    };
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { left, top } = current.getBoundingClientRect();
      const at = { x: event.clientX - left, y: event.clientY - top };
      change(zoomAt(viewport.value, at, Math.exp(-event.deltaY * WHEEL_SPEED)));
    };
    current.addEventListener('wheel', onWheel, { passive: false });
    const stopPointers = listenToPointers(current, ({ moved, zoomed, at }) => {
      const { x, y, scale } = viewport.value;
      change(zoomAt({ x: x + moved.x, y: y + moved.y, scale }, at, zoomed));
    });
    return () => {
      current.removeEventListener('wheel', onWheel);
      stopPointers();
    };
  }, []);

  return {
    transform,
    fit,
    zoom: (factor) => {
      if (screen === undefined) return;
      isMoved.current = true;
      viewport.value = zoomAt(viewport.value, { x: screen.width / 2, y: screen.height / 2 }, factor);
    },
    reveal: (point) => {
      if (screen === undefined) return;
      const room = NODE_ROOM * viewport.value.scale;
      const next = reveal(viewport.value, point, screen, room);
      if (next.x === viewport.value.x && next.y === viewport.value.y) return;
      isMoved.current = true;
      viewport.value = next;
    },
  };
}

/** A small map grows with the screen, as the text around it does. */
function maxFitScale({ width }: Size): number {
  return Math.max(1.15, Math.min(2, width / 1100));
}
