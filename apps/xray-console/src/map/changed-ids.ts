import type { MapGraph } from './map-graph.js';

/** How much has gone through each node and edge, by id. */
export type Traffic = ReadonlyMap<string, number>;

export function trafficOf({ nodes, edges }: MapGraph): Traffic {
  return new Map([
    ...nodes.map(({ id, figures }) => [id, figures?.totalCount ?? 0] as const),
    ...edges.map(({ id, figures, link }) => [id, figures?.totalCount ?? link?.count ?? 0] as const),
  ]);
}

/** What is new or has more than before. What only left the time range is not pointed out. */
export function findChanged(before: Traffic, after: Traffic): Set<string> {
  const changed = [...after].filter(([id, count]) => count > (before.get(id) ?? -1));
  return new Set(changed.map(([id]) => id));
}
