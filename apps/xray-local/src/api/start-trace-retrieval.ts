import type { Operation } from './operation.js';
import { requireTextList, requireTimeWindow } from './operation-input.js';

const LIMITS = { minItems: 1, maxItems: 100, minLength: 1, maxLength: 35 };

/** Starts a retrieval of traces, which is complete at once. */
export const startTraceRetrieval: Operation = (input, { retrievals }) => {
  const traceIds = requireTextList(input, 'TraceIds', LIMITS);
  return { RetrievalToken: retrievals.start(traceIds, requireTimeWindow(input)) };
};
