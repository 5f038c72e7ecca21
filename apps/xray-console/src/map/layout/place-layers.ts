import type { Layers, Vertex } from './layered-graph.js';

/** How much room a vertex takes across the layers, before and after its position. */
export interface Extent {
  ahead: number;
  behind: number;
}

interface Wish {
  position: number;
  weight: number;
}

/** Vertices without room between them, which move as one. */
interface Block {
  /** Where the first one is to be. */
  start: number;
  weight: number;
  size: number;
}

const ROUNDS = 8;
/** Of a vertex that nothing draws to anywhere: it stays, unless it is in the way. */
const STAYING_WEIGHT = 0.1;
/** Lines that go past layers are kept straight, the more the longer they are. */
const PULL = { betweenNodes: 1, toNode: 2, betweenPassed: 8 };

/** Gives every vertex its position across the layers: near its neighbours, in the order of its layer, and apart. */
export function placeLayers(layers: Layers, extentOf: (vertex: Vertex) => Extent): void {
  const settleBy = (layer: readonly Vertex[], neighboursOf: (vertex: Vertex) => readonly Vertex[]): void =>
    settle(layer, extentOf, (vertex) => wishOf(vertex, neighboursOf(vertex)));
  const backwards = layers.toReversed();
  for (const layer of layers) settleBy(layer, () => []);
  for (let round = 1; round <= ROUNDS; round += 1) {
    const isLast = round === ROUNDS;
    for (const layer of layers)
      settleBy(layer, ({ before, after }) => (isLast ? [...before, ...after] : before));
    for (const layer of backwards)
      settleBy(layer, ({ before, after }) => (isLast ? [...before, ...after] : after));
  }
}

function wishOf(vertex: Vertex, neighbours: readonly Vertex[]): Wish {
  if (neighbours.length === 0) return { position: vertex.position, weight: STAYING_WEIGHT };
  const pulls = neighbours.map((other) => ({ position: other.position, weight: pullBetween(vertex, other) }));
  const weight = pulls.reduce((sum, pull) => sum + pull.weight, 0);
  return { position: pulls.reduce((sum, pull) => sum + pull.position * pull.weight, 0) / weight, weight };
}

function pullBetween(a: Vertex, b: Vertex): number {
  if (a.isNode && b.isNode) return PULL.betweenNodes;
  return a.isNode || b.isNode ? PULL.toNode : PULL.betweenPassed;
}

/** As near to all wishes as the order and the room allow, by least squares: whoever would collide moves as one. */
function settle(
  layer: readonly Vertex[],
  extentOf: (vertex: Vertex) => Extent,
  wish: (vertex: Vertex) => Wish,
): void {
  const blocks: Block[] = [];
  const distances: number[] = [];
  let distance = 0;
  layer.forEach((vertex, index) => {
    const previous = layer[index - 1];
    if (previous !== undefined) distance += extentOf(previous).behind + extentOf(vertex).ahead;
    distances.push(distance);
    const { position, weight } = wish(vertex);
    let block: Block = { start: position - distance, weight, size: 1 };
    for (let last = blocks.at(-1); last !== undefined && last.start >= block.start; last = blocks.at(-1)) {
      blocks.pop();
      block = merge(last, block);
    }
    blocks.push(block);
  });
  const starts = blocks.flatMap(({ start, size }) => Array.from({ length: size }, () => start));
  layer.forEach((vertex, index) => (vertex.position = (starts[index] ?? 0) + (distances[index] ?? 0)));
}

function merge(a: Block, b: Block): Block {
  const weight = a.weight + b.weight;
  return { start: (a.start * a.weight + b.start * b.weight) / weight, weight, size: a.size + b.size };
}
