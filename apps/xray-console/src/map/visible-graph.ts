import type { MapGraph, MapNode } from './map-graph.js';

/** More than this is not a picture any more; the list view and the search have them all. */
export const MAX_DRAWN_NODES = 300;

export interface VisibleGraph {
  graph: MapGraph;
  hiddenCount: number;
}

/** What is drawn: the neighbourhood of the node in focus, or everything as far as there is room. */
export function selectVisible(graph: MapGraph, focusId: string | undefined): VisibleGraph {
  const focus = graph.nodes.find((node) => node.id === focusId);
  const kept = focus === undefined ? busiest(graph.nodes) : new Set([focus, ...neighboursOf(graph, focus)]);
  if (kept.size === graph.nodes.length) return { graph, hiddenCount: 0 };
  return {
    graph: {
      nodes: graph.nodes.filter((node) => kept.has(node)),
      edges: graph.edges.filter(({ from, to }) => kept.has(from) && kept.has(to)),
    },
    hiddenCount: graph.nodes.length - kept.size,
  };
}

/** Who calls the node and whom it calls. */
export function neighboursOf({ edges }: MapGraph, node: MapNode): MapNode[] {
  const near = edges.flatMap(({ from, to }) => {
    if (from.id === node.id) return [to];
    return to.id === node.id ? [from] : [];
  });
  return [...new Set(near)].filter((other) => other.id !== node.id);
}

/** Clients first: without them nobody would know where to start reading. */
function busiest(nodes: readonly MapNode[]): Set<MapNode> {
  if (nodes.length <= MAX_DRAWN_NODES) return new Set(nodes);
  const traffic = (node: MapNode): number => (node.isClient ? Infinity : (node.figures?.totalCount ?? 0));
  const kept = nodes.toSorted((a, b) => (traffic(b) > traffic(a) ? 1 : -1)).slice(0, MAX_DRAWN_NODES);
  return new Set(kept);
}
