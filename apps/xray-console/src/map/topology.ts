/** What the places of nodes depend on: who calls whom, and nothing else. */
export interface Topology {
  nodeIds: readonly string[];
  /** Pairs of indexes into `nodeIds`. */
  edges: readonly (readonly [number, number])[];
  direction: 'right' | 'down';
}

export interface Point {
  x: number;
  y: number;
}

/** Centres of the nodes and the bends of the edges, in the order of the topology. */
export interface MapLayout {
  nodes: Point[];
  edges: Point[][];
  width: number;
  height: number;
}

/** Of a node's circle, its ring included. */
export const NODE_RADIUS = 44;
/** Below the circle: the name on two lines, and the type. */
export const LABEL_HEIGHT = 58;
export const LABEL_WIDTH = 128;

/** The same text for the same topology: what is placed once stays there. */
export function topologyKey({ nodeIds, edges, direction }: Topology): string {
  return JSON.stringify([direction, nodeIds, edges]);
}
