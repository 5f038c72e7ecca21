import type { Topology } from '../topology.js';

/** A node, or a place in a layer between that a longer line passes. */
export interface Vertex {
  isNode: boolean;
  /** Neighbours in the layer before and in the layer after. */
  before: Vertex[];
  after: Vertex[];
  layer: number;
  /** In its layer, from 0. */
  rank: number;
  /** Of the circle's centre, across the layers. */
  position: number;
}

/** Vertices by their layers. */
export type Layers = Vertex[][];

/** A graph whose lines lead from each layer to the next. */
export interface LayeredGraph {
  /** In the order of the topology. */
  nodes: Vertex[];
  /** What each edge passes, in its own direction. */
  passed: Vertex[][];
  /** The layers of what hangs together, for each such part. */
  parts: Layers[];
}

/** Puts callers before the called, each as near as can be, and opens circles where they lead back. */
export function buildLayeredGraph({ nodeIds, edges }: Pick<Topology, 'nodeIds' | 'edges'>): LayeredGraph {
  const nodes = nodeIds.map(() => newVertex(true));
  const ends = edges.flatMap(([from, to]) => {
    const pair = { from: nodes[from], to: nodes[to] };
    return pair.from === undefined || pair.to === undefined ? [] : [{ from: pair.from, to: pair.to }];
  });
  assignLayers(openCircles(nodes, ends));
  const passed = ends.map(({ from, to }) => {
    const isBackward = from.layer > to.layer;
    const [first, last] = isBackward ? [to, from] : [from, to];
    const between = Array.from({ length: Math.max(0, last.layer - first.layer - 1) }, (_, index) =>
      newVertex(false, first.layer + 1 + index),
    );
    // A node that calls itself gets a loop, which takes no place in the layers.
    if (from !== to) connect([first, ...between, last]);
    return isBackward ? between.toReversed() : between;
  });
  return { nodes, passed, parts: splitParts(nodes) };
}

function splitParts(nodes: readonly Vertex[]): Layers[] {
  const seen = new Set<Vertex>();
  return nodes.flatMap((node) => {
    const part: Layers = [];
    const waiting = [node];
    for (let vertex = waiting.pop(); vertex !== undefined; vertex = waiting.pop()) {
      if (seen.has(vertex)) continue;
      seen.add(vertex);
      (part[vertex.layer] ??= []).push(vertex);
      waiting.push(...vertex.before.toReversed(), ...vertex.after.toReversed());
    }
    return part.length === 0 ? [] : [part];
  });
}

function newVertex(isNode: boolean, layer = 0): Vertex {
  return { isNode, before: [], after: [], layer, rank: 0, position: 0 };
}

function connect(path: readonly Vertex[]): void {
  path.reduce((from, to) => {
    from.after.push(to);
    to.before.push(from);
    return to;
  });
}

interface Call {
  from: Vertex;
  to: Vertex;
}

/** Of a graph without circles: every node after its callers, with those that it calls. */
type Calls = Map<Vertex, Vertex[]>;

/** By depth first search: an edge that leads back to where the search came from counts the other way round. */
function openCircles(nodes: readonly Vertex[], edges: readonly Call[]): Calls {
  const targets = Map.groupBy(edges, ({ from }) => from);
  const calls = new Map(nodes.map((node): [Vertex, Vertex[]] => [node, []]));
  const states = new Map<Vertex, 'open' | 'done'>();
  const finished: Vertex[] = [];
  const visit = (node: Vertex): void => {
    states.set(node, 'open');
    for (const { to } of targets.get(node) ?? []) {
      if (to === node) continue;
      const isBackward = states.get(to) === 'open';
      calls.get(isBackward ? to : node)?.push(isBackward ? node : to);
      if (!states.has(to)) visit(to);
    }
    states.set(node, 'done');
    finished.push(node);
  };
  for (const node of nodes) if (!states.has(node)) visit(node);
  return new Map(finished.reverse().map((node) => [node, calls.get(node) ?? []]));
}

/** As far left as its callers let a node be; who calls more than calls it, as far right as the called let it be. */
function assignLayers(calls: Calls): void {
  const callerCounts = new Map<Vertex, number>();
  for (const [node, called] of calls) {
    for (const target of called) {
      target.layer = Math.max(target.layer, node.layer + 1);
      callerCounts.set(target, (callerCounts.get(target) ?? 0) + 1);
    }
  }
  for (const [node, called] of [...calls].reverse()) {
    const limit = Math.min(...called.map(({ layer }) => layer - 1));
    if (called.length > (callerCounts.get(node) ?? 0)) node.layer = limit;
  }
}
