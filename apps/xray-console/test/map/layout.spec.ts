import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { layoutGraph } from '../../src/map/layout-graph.js';
import { buildLayeredGraph } from '../../src/map/layout/layered-graph.js';
import { orderLayers } from '../../src/map/layout/order-layers.js';
import { placeLayers } from '../../src/map/layout/place-layers.js';
import { LABEL_HEIGHT, LABEL_WIDTH, NODE_RADIUS } from '../../src/map/topology.js';
import type { MapLayout, Point, Topology } from '../../src/map/topology.js';

/** Any graph: with circles, loops, doubled edges, and parts that nothing connects. */
const topologies = fc
  .record({
    count: fc.integer({ min: 1, max: 24 }),
    pairs: fc.array(fc.tuple(fc.nat(23), fc.nat(23)), { maxLength: 40 }),
    direction: fc.constantFrom('right' as const, 'down' as const),
  })
  .map(({ count, pairs, direction }): Topology => ({
    nodeIds: Array.from({ length: count }, (_, index) => `node ${index}`),
    edges: pairs.map(([from, to]) => [from % count, to % count] as const),
    direction,
  }));

function touches(a: Point, b: Point): boolean {
  const isBeside = Math.abs(a.x - b.x) >= LABEL_WIDTH - 0.2;
  const isBelow = Math.abs(a.y - b.y) >= 2 * NODE_RADIUS + LABEL_HEIGHT - 0.2;
  return !isBeside && !isBelow;
}

const isWithin = ({ width, height }: MapLayout, { x, y }: Point): boolean =>
  x >= 0 && y >= 0 && x <= width && y <= height;

describe('the layout of any graph', () => {
  it('keeps nodes with their names apart, and everything inside the map', () => {
    fc.assert(
      fc.property(topologies, (topology) => {
        const layout = layoutGraph(topology);
        const { nodes, edges } = layout;

        expect(nodes).toHaveLength(topology.nodeIds.length);
        expect(nodes.flatMap((a, index) => nodes.slice(index + 1).filter((b) => touches(a, b)))).toEqual([]);
        expect([...nodes, ...edges.flat()].every((point) => isWithin(layout, point))).toBe(true);
      }),
    );
  });

  it('leads no line through a node that it does not belong to', () => {
    fc.assert(
      fc.property(topologies, (topology) => {
        const { nodes, edges } = layoutGraph(topology);
        const bends = edges.flat();
        const isOnNode = (point: Point): boolean =>
          nodes.some(({ x, y }) => Math.hypot(point.x - x, point.y - y) < NODE_RADIUS);

        expect(bends.filter(isOnNode)).toEqual([]);
      }),
    );
  });

  it('puts every caller before the called, unless the line leads back in a circle', () => {
    fc.assert(
      fc.property(topologies, ({ nodeIds, edges }) => {
        const acyclic = edges.filter(([from, to]) => from < to);
        const { nodes } = layoutGraph({ nodeIds, edges: acyclic, direction: 'right' });

        expect(acyclic.every(([from, to]) => nodes[from]!.x < nodes[to]!.x)).toBe(true);
      }),
    );
  });
});

describe('the layers', () => {
  it('open a circle where it leads back, and give a longer line a place in each layer that it passes', () => {
    const { nodes, passed } = buildLayeredGraph({
      nodeIds: ['a', 'b', 'c'],
      edges: [
        [0, 1],
        [1, 2],
        [2, 0],
      ],
    });

    expect(nodes.map(({ layer }) => layer)).toEqual([0, 1, 2]);
    expect(passed.map(({ length }) => length)).toEqual([0, 0, 1]);
  });

  it('put who calls more than calls it next to what it calls', () => {
    const { nodes } = buildLayeredGraph({
      nodeIds: ['client', 'api', 'store', 'other client'],
      edges: [
        [0, 1],
        [1, 2],
        [3, 2],
      ],
    });

    expect(nodes.map(({ layer }) => layer)).toEqual([0, 1, 2, 1]);
  });

  it('are ordered so that no two lines cross that need not', () => {
    const { parts } = buildLayeredGraph({
      nodeIds: ['a', 'b', 'c', 'd', 'e'],
      edges: [
        [0, 1],
        [0, 2],
        [1, 4],
        [2, 3],
      ],
    });
    const layers = parts[0]!;
    orderLayers(layers);
    const [, middle, last] = layers;

    expect(middle!.map(({ after }) => last!.indexOf(after[0]!))).toEqual([0, 1]);
  });

  it('stand a caller in the middle of what it calls, and a chain in one line', () => {
    const { nodes, parts } = buildLayeredGraph({
      nodeIds: ['client', 'api', 'left', 'right'],
      edges: [
        [0, 1],
        [1, 2],
        [1, 3],
      ],
    });
    orderLayers(parts[0]!);
    placeLayers(parts[0]!, () => ({ ahead: 10, behind: 10 }));
    const [client, api, left, right] = nodes.map(({ position }) => position);

    expect(api).toBeCloseTo((left! + right!) / 2, 3);
    expect(client).toBeCloseTo(api!, 3);
    expect(Math.abs(left! - right!)).toBeCloseTo(20, 3);
  });

  it('of parts that nothing connects do not mix', () => {
    const { parts } = buildLayeredGraph({ nodeIds: ['a', 'b', 'c'], edges: [[0, 2]] });

    expect(parts.map((layers) => layers.map(({ length }) => length))).toEqual([[1, 1], [1]]);
  });
});
