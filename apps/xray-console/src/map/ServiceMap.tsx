import './service-map.css';
import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { EdgeShape } from './EdgeShape.js';
import { edgeWidth } from './edge-width.js';
import { findNeighbour, isArrowKey } from './find-neighbour.js';
import { RingPatterns } from './HealthRing.js';
import { NO_GRAPH } from './map-graph.js';
import type { MapEdge, MapGraph } from './map-graph.js';
import { MapZoomTools, ZOOM_STEP } from './MapZoomTools.js';
import { MIN_FIT_SCALE } from './pan-zoom.js';
import { ServiceNode } from './ServiceNode.js';
import type { Pulses } from './use-changed.js';
import { useLayout } from './use-layout.js';
import type { PlacedGraph } from './use-layout.js';
import { usePanZoom } from './use-pan-zoom.js';
import type { PanZoom } from './use-pan-zoom.js';
import { useSize } from './use-size.js';
import { neighboursOf } from './visible-graph.js';

interface ServiceMapProps {
  /** What the map is of, for screen readers. */
  label: string;
  graph: MapGraph;
  /** Of a node or an edge. */
  selectedId: string | undefined;
  onSelect: (id: string | undefined) => void;
  /** Only these stand out. */
  matchingIds?: ReadonlySet<string> | undefined;
  pulses?: Pulses | undefined;
  /** Below the picture, beside the buttons for zooming. */
  children?: ComponentChildren;
}

/** Narrower screens have the clients at the top rather than at the left. */
const NARROW_PIXELS = 640;

/** The picture of a service graph: pan, zoom, arrow keys from node to node, Enter or a click selects. */
export function ServiceMap(props: ServiceMapProps): JSX.Element {
  const { graph, label, selectedId, onSelect } = props;
  const frame = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const screen = useSize(frame);
  const direction = (screen?.width ?? 1000) < NARROW_PIXELS ? 'down' : 'right';
  // Until it is known how wide the screen is, there is no telling which way the map goes.
  const placed = useLayout(screen === undefined ? NO_GRAPH : graph, direction);
  const panZoom = usePanZoom(svg, placed, screen);
  const [tabStopId, setTabStopId] = useState<string>();

  const reveal = (id: string | undefined): void => {
    const at = placed.nodes.find(({ node }) => node.id === id)?.at;
    if (at !== undefined) panZoom.reveal(at);
  };
  // The panel that opens beside the map must not cover what it is about.
  useLayoutEffect(() => reveal(selectedId), [selectedId, screen?.width, placed.key]);

  const walkTo = (id: string): void => {
    setTabStopId(id);
    reveal(id);
    nodeElement(svg.current, id)?.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    pressKey(event, { ...props, placed, panZoom, walkTo });
  };

  return (
    <div class="map-frame" style={{ '--map-height': heightWithin(placed, screen?.width) }}>
      <div class="map-field" ref={frame}>
        <svg
          ref={svg}
          class="service-map"
          role="group"
          aria-label={`${label}, ${graph.nodes.length} nodes. Arrow keys move, Enter opens.`}
          onClick={(event) => onSelect(idAt(event.target))}
          onKeyDown={onKeyDown}
          onFocusIn={(event) => {
            const id = idAt(event.target);
            if (id !== undefined && id !== tabStopId) setTabStopId(id);
          }}
        >
          <RingPatterns />
          <g ref={panZoom.sceneRef}>
            <Scene {...props} placed={placed} tabStopId={tabStopId} />
          </g>
        </svg>
      </div>
      <div class="map-foot">
        {props.children}
        <MapZoomTools panZoom={panZoom} />
      </div>
    </div>
  );
}

/** How high a frame has to be for the whole map, in pixels: one that is too wide is shown smaller. */
function heightWithin({ width, height }: PlacedGraph, screenWidth = width): number {
  return height * Math.max(MIN_FIT_SCALE, Math.min(1, screenWidth / width));
}

interface KeyTarget extends ServiceMapProps {
  placed: PlacedGraph;
  panZoom: PanZoom;
  walkTo: (id: string) => void;
}

function pressKey(event: KeyboardEvent, { placed, graph, onSelect, panZoom, walkTo }: KeyTarget): void {
  const { key } = event;
  const id = idAt(event.target);
  if (key === 'Escape') return onSelect(undefined);
  if (id === undefined) return;
  if (key === 'Enter' || key === ' ') onSelect(id);
  else if (isArrowKey(key)) {
    const next = neighbourId(placed, graph, id, key);
    if (next !== undefined) walkTo(next);
  } else if (key === '+' || key === '=') panZoom.zoom(ZOOM_STEP);
  else if (key === '-') panZoom.zoom(1 / ZOOM_STEP);
  else if (key === '0') panZoom.fit();
  else return;
  // The page neither scrolls nor searches then.
  event.preventDefault();
}

function nodeElement(svg: SVGSVGElement | null, id: string): SVGElement | undefined {
  return svg?.querySelector<SVGElement>(`[data-node-id="${CSS.escape(id)}"]`) ?? undefined;
}

type SceneProps = ServiceMapProps & { placed: PlacedGraph; tabStopId: string | undefined };

function Scene({ placed, selectedId, matchingIds, pulses, tabStopId }: SceneProps): JSX.Element {
  const busiest = Math.max(1, ...placed.edges.map(({ edge }) => countOf(edge)));
  const pairs = useMemo(
    () => new Set(placed.edges.map(({ edge }) => `${edge.from.id}>${edge.to.id}`)),
    [placed.key],
  );
  const hasTabStop = placed.nodes.some(({ node }) => node.id === tabStopId);
  const isDimmed = (id: string): boolean => matchingIds !== undefined && !matchingIds.has(id);
  return (
    <>
      {placed.edges.map(({ edge, from, to, bends }) => (
        <EdgeShape
          key={edge.id}
          edge={edge}
          line={{
            from,
            to,
            bends,
            direction: placed.direction,
            isBowed: pairs.has(`${edge.to.id}>${edge.from.id}`),
          }}
          width={edgeWidth(countOf(edge), busiest)}
          isSelected={edge.id === selectedId}
          isDimmed={isDimmed(edge.from.id) && isDimmed(edge.to.id)}
          pulse={pulses?.get(edge.id)}
        />
      ))}
      {placed.nodes.map(({ node, at }, index) => (
        <ServiceNode
          key={node.id}
          node={node}
          at={at}
          isSelected={node.id === selectedId}
          isTabStop={hasTabStop ? node.id === tabStopId : index === 0}
          isDimmed={isDimmed(node.id)}
          pulse={pulses?.get(node.id)}
        />
      ))}
    </>
  );
}

function countOf({ figures, link }: MapEdge): number {
  return figures?.totalCount ?? link?.count ?? 0;
}

function idAt(target: EventTarget | null): string | undefined {
  const group =
    target instanceof Element ? target.closest<SVGElement>('[data-node-id], [data-edge-id]') : null;
  return group?.dataset['nodeId'] ?? group?.dataset['edgeId'];
}

function neighbourId(
  { nodes, direction }: PlacedGraph,
  graph: MapGraph,
  id: string,
  key: Parameters<typeof findNeighbour>[1],
): string | undefined {
  const places = nodes.map(({ node, at }) => ({ id: node.id, at }));
  const from = places.find((place) => place.id === id);
  const node = graph.nodes.find((known) => known.id === id);
  if (from === undefined || node === undefined) return undefined;
  const ids = new Set(neighboursOf(graph, node).map((other) => other.id));
  return findNeighbour(from, key, places, { ids, direction })?.id;
}
