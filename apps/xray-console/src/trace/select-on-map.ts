import type { NodeKey, ServiceId, Trace } from '#xray-model';
import type { MapGraph } from '../map/map-graph.js';

/** The first segment of a node of the map, or, for an edge, of the node it leads to. */
export function segmentOfNode({ nodes, edges }: MapGraph, trace: Trace, id: string): string | undefined {
  const node = nodes.find((known) => known.id === id) ?? edges.find((edge) => edge.id === id)?.to;
  if (node === undefined) return undefined;
  // A client has no segment; what it called stands for it.
  if (node.isClient) return trace.roots.find(({ node: { name } }) => name === node.service.Name)?.id;
  return trace.segments.find((segment) => isNode(node.service, segment.node))?.id;
}

/** The node of the map that a segment or subsegment belongs to. */
export function nodeOfSegment(
  { nodes }: MapGraph,
  trace: Trace,
  entityId: string | undefined,
): string | undefined {
  const entity = entityId === undefined ? undefined : trace.entities.get(entityId);
  const segment = entity?.kind === 'subsegment' ? entity.owner : entity;
  if (segment === undefined) return undefined;
  return nodes.find(({ service, isClient }) => !isClient && isNode(service, segment.node))?.id;
}

/** The graph writes `remote` or nothing for a service that does not say where it runs. */
function isNode(service: Pick<ServiceId, 'Name' | 'Type'>, { name, type }: NodeKey): boolean {
  return service.Name === name && (service.Type ?? 'remote') === (type ?? 'remote');
}
