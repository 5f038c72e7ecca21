import type { Point } from './topology.js';

/** Where the map is on the screen: `screen = map × scale + offset`. */
export interface Viewport {
  x: number;
  y: number;
  scale: number;
}

export interface Size {
  width: number;
  height: number;
}

/** Below this, names cannot be read; a larger map starts at its entry instead. */
export const MIN_FIT_SCALE = 0.5;
const MIN_SCALE = 0.15;
const MAX_SCALE = 4;
const PADDING = 8;

/** A map, and the node at which to start reading it. */
export interface FittedMap extends Size {
  entry: Point;
}

/** Shows the whole map, in the middle; of what cannot be shown at a readable size, the part around its entry. */
export function fitViewport(map: FittedMap, screen: Size, maxScale: number): Viewport {
  const wanted = Math.min(
    (screen.width - 2 * PADDING) / map.width,
    (screen.height - 2 * PADDING) / map.height,
  );
  const scale = Math.max(MIN_FIT_SCALE, Math.min(maxScale, wanted));
  const place = (mapLength: number, screenLength: number, entry: number): number => {
    const rest = screenLength - mapLength * scale;
    if (rest >= 0) return rest / 2;
    return Math.max(rest - PADDING, Math.min(PADDING, screenLength / 2 - entry * scale));
  };
  return {
    x: place(map.width, screen.width, map.entry.x),
    y: place(map.height, screen.height, map.entry.y),
    scale,
  };
}

/** Zooms so that what is under a point of the screen stays there. */
export function zoomAt({ x, y, scale }: Viewport, at: Point, factor: number): Viewport {
  const next = Math.max(MIN_SCALE, Math.min(MAX_SCALE, scale * factor));
  const ratio = next / scale;
  return { x: at.x - (at.x - x) * ratio, y: at.y - (at.y - y) * ratio, scale: next };
}

/** Moves no more than needed to show a point of the map, with some room around it. */
export function reveal(viewport: Viewport, point: Point, screen: Size, room: number): Viewport {
  const shift = (position: number, length: number): number => {
    const margin = Math.min(room, length / 2);
    if (position < margin) return margin - position;
    return position > length - margin ? length - margin - position : 0;
  };
  const { x, y, scale } = viewport;
  return {
    scale,
    x: x + shift(point.x * scale + x, screen.width),
    y: y + shift(point.y * scale + y, screen.height),
  };
}
