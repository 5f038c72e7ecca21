import { ServiceGraphBuilder } from '#xray-model';
import type { Operation } from './operation.js';
import { readServicePage } from './service-page.js';
import { requireTraces } from './trace-ids-input.js';

/** The service map of a few traces, whole. Ids of no trace add nothing to it. */
export const getTraceGraph: Operation = (input, { store }) => {
  const { found } = requireTraces(input, store);
  const builder = new ServiceGraphBuilder();
  for (const { contribution } of found) builder.add(contribution);
  return readServicePage(input, ['GetTraceGraph', ...found.map(({ id }) => id)], builder.build());
};
