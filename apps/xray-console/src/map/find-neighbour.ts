import type { Point } from './topology.js';

export type ArrowKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

export interface PlacedId {
  id: string;
  at: Point;
}

const WAYS: Readonly<Record<ArrowKey, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
/** Off the straight way counts more than on it. */
const ASIDE_COST = 2;
/** More aside than so many times ahead is another arrow's way. */
const MAX_ASIDE = 2;

/** What a node is connected with, and which way the layers of the map follow one another. */
export interface Connections {
  ids: ReadonlySet<string>;
  direction: 'right' | 'down';
}

export function isArrowKey(key: string): key is ArrowKey {
  return key in WAYS;
}

/**
 * Where an arrow key leads from a node: to the nearest one that way, and rather to one that it calls or that calls it.
 *
 * @returns undefined at the edge of the map
 */
export function findNeighbour(
  from: PlacedId,
  key: ArrowKey,
  nodes: readonly PlacedId[],
  { ids, direction }: Connections,
): PlacedId | undefined {
  const others = nodes.filter(({ id }) => id !== from.id);
  const connected = others.filter(({ id }) => ids.has(id));
  const way = WAYS[key];
  // From layer to layer, however far aside the next one is.
  const isAlong = (way.x === 0) === (direction === 'down');
  return (
    nearest(from, way, connected, isAlong ? Infinity : MAX_ASIDE) ?? nearest(from, way, others, MAX_ASIDE)
  );
}

function nearest(
  from: PlacedId,
  way: Point,
  nodes: readonly PlacedId[],
  maxAside: number,
): PlacedId | undefined {
  let best: { node: PlacedId; cost: number } | undefined;
  for (const node of nodes) {
    const dx = node.at.x - from.at.x;
    const dy = node.at.y - from.at.y;
    const ahead = dx * way.x + dy * way.y;
    const aside = Math.abs(dx * way.y) + Math.abs(dy * way.x);
    const cost = ahead + aside * ASIDE_COST;
    if (ahead > 0 && aside <= ahead * maxAside && (best === undefined || cost < best.cost))
      best = { node, cost };
  }
  return best?.node;
}
