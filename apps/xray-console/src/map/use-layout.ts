import { useMemo } from 'preact/hooks';
import { layoutGraph } from './layout-graph.js';
import { topologyKey } from './topology.js';
import type { MapLayout, Point, Topology } from './topology.js';
import type { MapEdge, MapGraph, MapNode } from './map-graph.js';

/** A graph with the places of everything in it. */
export interface PlacedGraph {
  nodes: { node: MapNode; at: Point }[];
  edges: { edge: MapEdge; from: Point; to: Point; bends: Point[] }[];
  width: number;
  height: number;
  direction: Topology['direction'];
  /** Where to start reading: the first client, or whoever calls first. */
  entry: Point;
  /** Changes when places do. */
  key: string;
}

/** Places a graph. As long as only its numbers change, everything stays where it is. */
export function useLayout(graph: MapGraph, direction: Topology['direction']): PlacedGraph {
  const topology = useMemo(() => toTopology(graph, direction), [graph, direction]);
  const key = useMemo(() => topologyKey(topology), [topology]);
  const layout = useMemo(() => layoutGraph(topology), [key]);
  return useMemo(() => place(graph, topology, layout, key), [graph, layout]);
}

function toTopology({ nodes, edges }: MapGraph, direction: Topology['direction']): Topology {
  const indexes = new Map(nodes.map((node, index) => [node.id, index]));
  const pairs = edges.map(({ from, to }): [number, number] => [
    indexes.get(from.id) ?? 0,
    indexes.get(to.id) ?? 0,
  ]);
  return { nodeIds: nodes.map(({ id }) => id), edges: pairs, direction };
}

function place({ nodes, edges }: MapGraph, topology: Topology, layout: MapLayout, key: string): PlacedGraph {
  const at = (index: number): Point => layout.nodes[index] ?? { x: 0, y: 0 };
  return {
    nodes: nodes.map((node, index) => ({ node, at: at(index) })),
    edges: edges.map((edge, index) => {
      const [from, to] = topology.edges[index] ?? [0, 0];
      return { edge, from: at(from), to: at(to), bends: layout.edges[index] ?? [] };
    }),
    width: layout.width,
    height: layout.height,
    direction: topology.direction,
    entry: at(0),
    key,
  };
}
