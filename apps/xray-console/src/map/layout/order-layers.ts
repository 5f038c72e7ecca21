import type { Layers, Vertex } from './layered-graph.js';

const MAX_SWEEPS = 24;
/** So many sweeps without fewer crossings are the end. */
const PATIENCE = 4;

/** Orders each layer so that few lines cross: back and forth, each vertex to the middle of its neighbours. */
export function orderLayers(layers: Layers): void {
  enterInWalkingOrder(layers);
  let best = { crossings: countCrossings(layers), order: layers.map((layer) => [...layer]) };
  for (let sweep = 0, idle = 0; sweep < MAX_SWEEPS && idle < PATIENCE && best.crossings > 0; sweep += 1) {
    const isForward = sweep % 2 === 0;
    for (const layer of isForward ? layers : layers.toReversed()) sortByMiddle(layer, isForward);
    const crossings = countCrossings(layers);
    idle += 1;
    if (crossings >= best.crossings) continue;
    idle = 0;
    best = { crossings, order: layers.map((layer) => [...layer]) };
  }
  layers.splice(0, layers.length, ...best.order);
  layers.forEach(numberRanks);
}

/** Neighbours start side by side: whoever comes by way of one node stands together in the next layer. */
function enterInWalkingOrder(layers: Layers): void {
  const seen = new Set<Vertex>();
  const entered = layers.map((): Vertex[] => []);
  const visit = (vertex: Vertex): void => {
    if (seen.has(vertex)) return;
    seen.add(vertex);
    entered[vertex.layer]?.push(vertex);
    vertex.after.forEach(visit);
  };
  layers.flat().forEach(visit);
  layers.splice(0, layers.length, ...entered);
  layers.forEach(numberRanks);
}

function numberRanks(layer: readonly Vertex[]): void {
  layer.forEach((vertex, index) => (vertex.rank = index));
}

function sortByMiddle(layer: Vertex[], isForward: boolean): void {
  const middles = new Map(
    layer.map((vertex) => [vertex, middleOf(isForward ? vertex.before : vertex.after) ?? vertex.rank]),
  );
  layer.sort((a, b) => (middles.get(a) ?? 0) - (middles.get(b) ?? 0));
  numberRanks(layer);
}

function middleOf(neighbours: readonly Vertex[]): number | undefined {
  if (neighbours.length === 0) return undefined;
  return neighbours.reduce((sum, { rank }) => sum + rank, 0) / neighbours.length;
}

function countCrossings(layers: Layers): number {
  return layers.reduce((sum, layer) => sum + crossingsAfter(layer), 0);
}

/** Two lines cross when their ends are the other way round: inversions, counted by a tree of sums. */
function crossingsAfter(layer: readonly Vertex[]): number {
  const ends = layer.flatMap(({ after }) => after.map(({ rank }) => rank).sort((a, b) => a - b));
  const size = ends.reduce((most, rank) => Math.max(most, rank), 0) + 2;
  const sums = new Uint32Array(size + 1);
  let crossings = 0;
  ends.forEach((rank, index) => {
    let notAbove = 0;
    for (let at = rank + 1; at > 0; at -= at & -at) notAbove += sums[at] ?? 0;
    crossings += index - notAbove;
    for (let at = rank + 1; at <= size; at += at & -at) sums[at] = (sums[at] ?? 0) + 1;
  });
  return crossings;
}
