import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { Service } from '#xray-model';
import { getTraceGraph } from '../api/xray-client.js';
import { usePolling } from '../api/use-polling.js';
import type { MapGraph } from '../map/map-graph.js';
import { buildMapGraph } from '../map/map-graph.js';
import { ServiceMap } from '../map/ServiceMap.js';
import { changeRouteParams, currentRoute } from '../route/navigate.js';
import type { LoadedTrace } from './load-trace.js';
import { nodeOfSegment, segmentOfNode } from './select-on-map.js';

/** The map of this trace alone. Choosing a node or an edge selects its first segment in the timeline. */
export function TraceMap({ loaded }: { loaded: LoadedTrace }): JSX.Element | null {
  const { trace } = loaded;
  const lastGraph = useRef<MapGraph>(undefined);
  const { data } = usePolling<Service[]>(
    `graph ${trace.id} ${trace.entities.size} ${trace.endTimeSec} ${trace.isPartial}`,
    (signal) => getTraceGraph([trace.id], signal),
    null,
  );
  const fresh = useMemo(() => (data === undefined ? undefined : buildMapGraph(data, 1)), [data]);
  // While a grown trace is asked for again, its smaller picture stays.
  const graph = fresh ?? lastGraph.current;
  lastGraph.current = graph;
  const selectedId = useMemo(
    () =>
      graph === undefined ? undefined : nodeOfSegment(graph, trace, currentRoute.value.params['segment']),
    [graph, trace, currentRoute.value.params['segment']],
  );
  if (graph === undefined) return <div class="trace-map is-waiting card" />;
  if (graph.nodes.length === 0) return null;
  const select = (id: string | undefined): void => {
    const segment = id === undefined ? undefined : segmentOfNode(graph, trace, id);
    if (segment !== undefined) changeRouteParams({ segment, tab: undefined }, 'push');
  };
  return (
    <section class="trace-map" aria-label="Map of this trace">
      <ServiceMap label="Map of this trace" graph={graph} selectedId={selectedId} onSelect={select} />
    </section>
  );
}
