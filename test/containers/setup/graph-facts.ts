import type { Edge, Service } from '@aws-sdk/client-xray';

/** What two service graphs of the same story have in common, whatever the times and the numbers of their calls. */
export type GraphFacts = Record<string, NodeFacts>;

interface NodeFacts {
  names: string[];
  accountId: string | undefined;
  state: string | undefined;
  isRoot: boolean;
  outcomes: string[];
  edges: Record<string, { type: string; outcomes: string[] }>;
}

/** @param awsLocalUrl as the services of this stack know it; the names of queues begin with it */
export function toGraphFacts(services: readonly Service[], awsLocalUrl: string): GraphFacts {
  const neutral = (name: string | undefined): string => (name ?? '').replace(awsLocalUrl, 'http://aws-local');
  const labelOf = (service: Service | undefined): string => `${neutral(service?.Name)} (${service?.Type})`;
  const byReference = new Map(services.map((service) => [service.ReferenceId, service]));
  const toEdge = (edge: Edge): [string, { type: string; outcomes: string[] }] => [
    labelOf(byReference.get(edge.ReferenceId)),
    { type: edge.EdgeType ?? 'call', outcomes: toOutcomes(edge.SummaryStatistics) },
  ];
  return Object.fromEntries(
    services.map((service): [string, NodeFacts] => [
      labelOf(service),
      {
        names: (service.Names ?? []).map(neutral).toSorted(),
        accountId: service.AccountId,
        state: service.State,
        isRoot: service.Root === true,
        outcomes: toOutcomes(service.SummaryStatistics),
        edges: Object.fromEntries((service.Edges ?? []).map(toEdge)),
      },
    ]),
  );
}

/** Which outcomes there were, for the colours of the ring: the numbers depend on how fast things were. */
function toOutcomes(statistics: Edge['SummaryStatistics']): string[] {
  const counts = {
    ok: statistics?.OkCount,
    error: statistics?.ErrorStatistics?.OtherCount,
    throttle: statistics?.ErrorStatistics?.ThrottleCount,
    fault: statistics?.FaultStatistics?.TotalCount,
  };
  return Object.entries(counts).flatMap(([outcome, count]) => ((count ?? 0) > 0 ? [outcome] : []));
}
