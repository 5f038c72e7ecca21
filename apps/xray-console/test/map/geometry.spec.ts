import { describe, expect, it } from '@jest/globals';
import { edgePath } from '../../src/map/edge-path.js';
import { edgeWidth } from '../../src/map/edge-width.js';
import { findNeighbour } from '../../src/map/find-neighbour.js';
import { layoutGraph } from '../../src/map/layout-graph.js';
import { LABEL_HEIGHT, LABEL_WIDTH, NODE_RADIUS, topologyKey } from '../../src/map/topology.js';
import type { Point, Topology } from '../../src/map/topology.js';
import { fitViewport, reveal, zoomAt } from '../../src/map/pan-zoom.js';

const diamond: Topology = {
  nodeIds: ['client', 'api', 'table', 'notifier', 'topic'],
  edges: [
    [0, 1],
    [1, 2],
    [1, 3],
    [3, 4],
    [3, 2],
    [4, 3],
    [3, 3],
  ],
  direction: 'right',
};

/** Every two of so many nodes in a row of threes; each calls the next ones. */
function wideTopology(count: number, direction: Topology['direction']): Topology {
  const nodeIds = Array.from({ length: count }, (_, index) => `node ${index}`);
  const edges = nodeIds.slice(1).map((_, index): [number, number] => [Math.floor(index / 3), index + 1]);
  return { nodeIds, edges, direction };
}

function overlaps(a: Point, b: Point): boolean {
  return Math.abs(a.x - b.x) < LABEL_WIDTH - 1 && Math.abs(a.y - b.y) < 2 * NODE_RADIUS + LABEL_HEIGHT - 1;
}

describe('layoutGraph', () => {
  it('puts the called at the right of their callers', () => {
    const { nodes } = layoutGraph(diamond);

    expect(nodes[0]!.x).toBeLessThan(nodes[1]!.x);
    expect(nodes[1]!.x).toBeLessThan(nodes[3]!.x);
    expect(nodes[3]!.x).toBeLessThan(nodes[4]!.x);
  });

  it('puts them below on a narrow screen', () => {
    const { nodes } = layoutGraph({ ...diamond, direction: 'down' });

    expect(nodes[0]!.y).toBeLessThan(nodes[1]!.y);
  });

  it.each(['right', 'down'] as const)(
    'lets no node with its name touch another one, to the %s',
    (direction) => {
      const { nodes, width, height } = layoutGraph(wideTopology(60, direction));
      const touching = nodes.flatMap((a, index) => nodes.slice(index + 1).filter((b) => overlaps(a, b)));

      expect(touching).toEqual([]);
      expect(nodes.every(({ x, y }) => x > 0 && x < width && y > 0 && y < height)).toBe(true);
    },
  );

  it('gives the same places for the same topology, whatever the numbers', () => {
    expect(layoutGraph(diamond)).toEqual(layoutGraph(structuredClone(diamond)));
    expect(topologyKey(diamond)).toBe(topologyKey(structuredClone(diamond)));
    expect(topologyKey(diamond)).not.toBe(topologyKey({ ...diamond, direction: 'down' }));
  });
});

describe('edgePath', () => {
  const from = { x: 0, y: 0 };
  const to = { x: 300, y: 120 };
  const endsOf = (path: string): Point[] => {
    const points = [...path.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => ({
      x: Number(x),
      y: Number(y),
    }));
    return [points[0]!, points.at(-1)!];
  };
  const radiusOf = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

  it.each([
    ['a swept line', { bends: [], isBowed: false }],
    ['a bowed line', { bends: [], isBowed: true }],
    [
      'a line with bends',
      {
        bends: [
          { x: 120, y: -40 },
          { x: 200, y: -30 },
        ],
        isBowed: false,
      },
    ],
  ])('ends on the circles: %s', (_, shape) => {
    for (const direction of ['right', 'down'] as const) {
      const [start, end] = endsOf(edgePath({ from, to, direction, ...shape }));

      expect(radiusOf(start!, from)).toBeCloseTo(NODE_RADIUS + 3, 0);
      expect(radiusOf(end!, to)).toBeCloseTo(NODE_RADIUS + 3, 0);
    }
  });

  it('leaves room for an arrow’s head', () => {
    const [, end] = endsOf(edgePath({ from, to, bends: [], isBowed: false, direction: 'right' }, 10));

    expect(radiusOf(end!, to)).toBeCloseTo(NODE_RADIUS + 13, 0);
  });

  it('loops back to a node that calls itself', () => {
    const [start, end] = endsOf(edgePath({ from, to: from, bends: [], isBowed: false, direction: 'right' }));

    expect(radiusOf(start!, from)).toBeCloseTo(NODE_RADIUS + 3, 0);
    expect(radiusOf(end!, from)).toBeCloseTo(NODE_RADIUS + 3, 0);
  });
});

describe('edgeWidth', () => {
  it('grows with the traffic, within bounds', () => {
    const widths = [0, 1, 10, 100, 10_000].map((count) => edgeWidth(count, 10_000));

    expect(widths).toEqual(widths.toSorted((a, b) => a - b));
    expect(widths[0]).toBe(1.5);
    expect(widths.at(-1)).toBe(7);
    expect(edgeWidth(1, 1)).toBe(1.5);
  });
});

describe('findNeighbour', () => {
  const nodes = [
    { id: 'api', at: { x: 0, y: 0 } },
    { id: 'near', at: { x: 100, y: 10 } },
    { id: 'called', at: { x: 200, y: 60 } },
    { id: 'below', at: { x: 5, y: 100 } },
  ];
  const api = nodes[0]!;
  const connectedWith = (...ids: string[]) => ({ ids: new Set(ids), direction: 'right' as const });

  it('goes to the caller in the layer before, however far aside it stands', () => {
    const far = [
      ...nodes,
      { id: 'caller', at: { x: -100, y: 3000 } },
      { id: 'other', at: { x: -100, y: 0 } },
    ];

    expect(findNeighbour(api, 'ArrowLeft', far, connectedWith('caller'))?.id).toBe('caller');
    expect(findNeighbour(api, 'ArrowLeft', far, { ids: new Set(['caller']), direction: 'down' })?.id).toBe(
      'other',
    );
  });

  it('goes to what is connected before what is near', () => {
    expect(findNeighbour(api, 'ArrowRight', nodes, connectedWith('called'))?.id).toBe('called');
    expect(findNeighbour(api, 'ArrowRight', nodes, connectedWith())?.id).toBe('near');
  });

  it('goes up and down too, and nowhere at the edge', () => {
    expect(findNeighbour(api, 'ArrowDown', nodes, connectedWith('called'))?.id).toBe('below');
    expect(findNeighbour(api, 'ArrowLeft', nodes, connectedWith())).toBeUndefined();
  });
});

describe('the viewport', () => {
  const screen = { width: 800, height: 600 };

  it('shows a small map whole, in the middle and not larger than told', () => {
    expect(fitViewport({ width: 400, height: 200, entry: { x: 0, y: 0 } }, screen, 1.5)).toEqual({
      x: 100,
      y: 150,
      scale: 1.5,
    });
  });

  it('never makes it unreadable, and starts at the entry then', () => {
    const huge = { width: 8000, height: 4000 };
    const fitAt = (y: number) => fitViewport({ ...huge, entry: { x: 50, y } }, screen, 1.5);

    expect(fitAt(2000)).toEqual({ x: 8, y: -700, scale: 0.5 });
    expect([fitAt(0).y, fitAt(4000).y]).toEqual([8, -1408]);
  });

  it('keeps what is under the pointer there when it zooms', () => {
    expect(zoomAt({ x: 0, y: 0, scale: 1 }, { x: 100, y: 50 }, 2)).toEqual({ x: -100, y: -50, scale: 2 });
    expect(zoomAt({ x: 0, y: 0, scale: 4 }, { x: 100, y: 50 }, 2).scale).toBe(4);
  });

  it('moves no more than it must to show a node', () => {
    const here = { x: 0, y: 0, scale: 1 };

    expect(reveal(here, { x: 400, y: 300 }, screen, 100)).toEqual(here);
    expect(reveal(here, { x: 900, y: 50 }, screen, 100)).toEqual({ x: -200, y: 50, scale: 1 });
  });
});
