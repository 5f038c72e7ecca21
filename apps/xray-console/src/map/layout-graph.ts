import { buildLayeredGraph } from './layout/layered-graph.js';
import type { Layers, Vertex } from './layout/layered-graph.js';
import { orderLayers } from './layout/order-layers.js';
import { placeLayers } from './layout/place-layers.js';
import type { Extent } from './layout/place-layers.js';
import { LABEL_HEIGHT, LABEL_WIDTH, NODE_RADIUS } from './topology.js';
import type { MapLayout, Point, Topology } from './topology.js';

/** The lengths of a map in one of its two directions; everything is placed by the centres of the circles. */
interface Shape {
  /** From one layer to the next. */
  pitch: number;
  /** What a node takes along the layers, and across them. */
  along: Extent;
  across: Extent;
}

const MARGIN = 16;
/** Between neighbours in a layer, on either side. */
const GAP = 8;
/** Between layers: lines need room to part. */
const LAYER_GAP = { right: 78, down: 24 };

const BESIDE: Extent = { ahead: LABEL_WIDTH / 2, behind: LABEL_WIDTH / 2 };
/** The name is below the circle. */
const BELOW: Extent = { ahead: NODE_RADIUS, behind: NODE_RADIUS + LABEL_HEIGHT };
const PASSING_LINE: Extent = { ahead: GAP, behind: GAP };

const SHAPES: Readonly<Record<Topology['direction'], Shape>> = {
  right: {
    pitch: lengthOf(BESIDE) + LAYER_GAP.right,
    along: BESIDE,
    across: { ahead: BELOW.ahead + GAP, behind: BELOW.behind + GAP },
  },
  down: { pitch: lengthOf(BELOW) + LAYER_GAP.down, along: BELOW, across: BESIDE },
};

/** Places nodes in layers from the callers to the called; parts that no line connects follow one another. */
export function layoutGraph(topology: Topology): MapLayout {
  const { direction, edges } = topology;
  const shape = SHAPES[direction];
  const { nodes, passed, parts } = buildLayeredGraph(topology);
  const breadth = parts.reduce((start, part) => start + placePart(part, shape, start), 0);
  const layerCount = parts.reduce((most, { length }) => Math.max(most, length), 1);
  const length = (layerCount - 1) * shape.pitch + lengthOf(shape.along);
  const turn = (along: number, across: number): Point => {
    const [x, y] = direction === 'right' ? [along, across] : [across, along];
    return { x: round(MARGIN + x), y: round(MARGIN + y) };
  };
  const alongOf = ({ layer }: Vertex): number => shape.along.ahead + layer * shape.pitch;
  const size = turn(length, breadth);
  return {
    nodes: nodes.map((node) => turn(alongOf(node), node.position)),
    edges: edges.map(([from, to], index) => {
      const isBackward = (nodes[from]?.layer ?? 0) > (nodes[to]?.layer ?? 0);
      return (passed[index] ?? []).flatMap((vertex) => {
        // Straight through the layer, because of what stands in it on both sides.
        const [first, last] = [alongOf(vertex) - shape.along.ahead, alongOf(vertex) + shape.along.behind];
        const way = isBackward ? [last, first] : [first, last];
        return way.map((along) => turn(along, vertex.position));
      });
    }),
    width: size.x + MARGIN,
    height: size.y + MARGIN,
  };
}

/** Gives everything in a part its position, from a start on; returns how much room it takes. */
function placePart(layers: Layers, { across }: Shape, start: number): number {
  const extentOf = ({ isNode }: Vertex): Extent => (isNode ? across : PASSING_LINE);
  orderLayers(layers);
  placeLayers(layers, extentOf);
  const vertices = layers.flat();
  const [first, last] = vertices.reduce(
    ([least, most], vertex) => [
      Math.min(least, vertex.position - extentOf(vertex).ahead),
      Math.max(most, vertex.position + extentOf(vertex).behind),
    ],
    [Infinity, -Infinity],
  );
  vertices.forEach((vertex) => (vertex.position += start - first));
  return last - first;
}

function lengthOf({ ahead, behind }: Extent): number {
  return ahead + behind;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
