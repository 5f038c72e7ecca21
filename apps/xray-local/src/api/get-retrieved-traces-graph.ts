import { ServiceGraphBuilder } from '#xray-model';
import type { NodeKey, Service, TraceLink } from '#xray-model';
import type { Operation } from './operation.js';
import { requireRetrieval } from './retrieval-input.js';
import { readServicePage } from './service-page.js';

/** The service map of the traces of a retrieval, with the traces that each service's work was started by. */
export const getRetrievedTracesGraph: Operation = (input, context) => {
  const { token, status, traces } = requireRetrieval(input, context);
  const builder = new ServiceGraphBuilder();
  for (const { contribution } of traces) builder.add(contribution);
  const { Services, ...next } = readServicePage(input, ['GetRetrievedTracesGraph', token], builder.build());
  const links = traces.flatMap(({ id, trace }) => trace.links.map((link) => ({ traceId: id, link })));
  return {
    RetrievalStatus: status,
    Services: Services.map((service) => ({ Service: service, Links: linksTo(service, links) })),
    ...next,
  };
};

function linksTo(service: Service, links: readonly { traceId: string; link: TraceLink }[]): object[] {
  return links
    .filter(({ link }) => isNodeOf(service, link.segment.node))
    .map(({ traceId, link }) => ({
      ReferenceType: 'link',
      SourceTraceId: link.link.trace_id,
      DestinationTraceIds: [traceId],
    }));
}

function isNodeOf({ Name, Type, AccountId }: Service, { name, type, accountId }: NodeKey): boolean {
  return Name === name && Type === type && AccountId === accountId;
}
