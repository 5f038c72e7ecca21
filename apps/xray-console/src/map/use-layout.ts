import { useEffect, useMemo, useState } from 'preact/hooks';
import type { LayoutAnswer, LayoutQuestion } from './layout.worker.js';
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

/** Layouts of this many topologies are kept: going back and forth between a map and a focus is instant. */
const MAX_KEPT = 20;
const kept = new Map<string, MapLayout>();

/**
 * Places a graph, in a worker. While a new topology is worked out, undefined the first time and otherwise the places
 * of the last one with its last numbers.
 */
export function useLayout(graph: MapGraph, direction: Topology['direction']): PlacedGraph | undefined {
  const topology = useMemo(() => toTopology(graph, direction), [graph, direction]);
  const key = useMemo(() => topologyKey(topology), [topology]);
  const [, setArrivedKey] = useState('');
  const [shown, setShown] = useState<PlacedGraph>();

  useEffect(() => {
    if (kept.has(key) || topology.nodeIds.length === 0) return undefined;
    const asked = startLayoutWorker();
    const take = ({ data }: MessageEvent<LayoutAnswer>): void => {
      keep(data);
      if (data.key === key) setArrivedKey(key);
    };
    asked.addEventListener('message', take);
    const question: LayoutQuestion = { key, topology };
    asked.postMessage(question);
    return () => asked.removeEventListener('message', take);
  }, [key]);

  const layout = kept.get(key);
  const placed = useMemo(
    () => (layout === undefined ? undefined : place(graph, topology, layout, key)),
    [graph, layout, topology, key],
  );
  useEffect(() => {
    if (placed !== undefined) setShown(placed);
  }, [placed]);
  return placed ?? (graph.nodes.length === 0 ? undefined : shown);
}

let worker: Worker | undefined;

/** Starts the worker, if it is not there yet: while the first answer is still under way is a good time. */
export function startLayoutWorker(): Worker {
  worker ??= new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
  return worker;
}

function keep({ key, layout }: LayoutAnswer): void {
  kept.set(key, layout);
  const [oldest] = kept.keys();
  if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
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
