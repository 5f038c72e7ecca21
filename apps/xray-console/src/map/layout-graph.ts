import { Graph, layout } from '@dagrejs/dagre';
import { LABEL_HEIGHT, LABEL_WIDTH, NODE_RADIUS } from './topology.js';
import type { MapLayout, Point, Topology } from './topology.js';

const BOX = { width: LABEL_WIDTH, height: 2 * NODE_RADIUS + LABEL_HEIGHT };
const MARGIN = 16;

/** Places nodes in layers from the callers to the called. */
export function layoutGraph({ nodeIds, edges, direction }: Topology): MapLayout {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: direction === 'right' ? 'LR' : 'TB',
    ranker: 'tight-tree',
    nodesep: direction === 'right' ? 16 : 0,
    edgesep: 16,
    ranksep: direction === 'right' ? 78 : 24,
    marginx: MARGIN,
    marginy: MARGIN,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  nodeIds.forEach((_, index) => graph.setNode(String(index), { ...BOX }));
  edges.forEach(([from, to], index) => {
    // A node that calls itself gets a loop, which takes no place in the layers.
    if (from !== to) graph.setEdge(String(from), String(to), {}, String(index));
  });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const centres = nodeIds.map((_, index) => centreOf(graph.node(String(index)) as Point));
  return {
    nodes: centres,
    edges: edges.map(([from, to], index) => bendsOf(graph, [from, to], index)),
    width,
    height,
  };
}

/** The circle is in the upper part of the box. */
function centreOf({ x, y }: Point): Point {
  return { x: round(x), y: round(y - LABEL_HEIGHT / 2) };
}

/** Where an edge over several layers passes between the nodes; ends and the middle of a short one are not bends. */
function bendsOf(graph: Graph, [from, to]: readonly [number, number], index: number): Point[] {
  if (from === to) return [];
  const label = graph.edge(String(from), String(to), String(index)) as { points?: Point[] } | undefined;
  const inner = (label?.points ?? []).slice(1, -1);
  return inner.length < 2 ? [] : inner.map(({ x, y }) => ({ x: round(x), y: round(y - LABEL_HEIGHT / 2) }));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
