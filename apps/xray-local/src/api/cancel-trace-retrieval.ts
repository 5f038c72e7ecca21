import type { Operation } from './operation.js';
import { requireRetrieval } from './retrieval-input.js';

/** Ends a retrieval: it gives no traces from then on. */
export const cancelTraceRetrieval: Operation = (input, context) => {
  requireRetrieval(input, context).retrieval.isCancelled = true;
  return {};
};
