import type { TraceRetrieval } from '../retrieval/trace-retrievals.js';
import type { StoredTrace } from '../store/trace.store.js';
import { ResourceNotFoundError } from './api-error.js';
import type { OperationContext } from './operation.js';
import type { OperationInput } from './operation-input.js';
import { requireText } from './operation-input.js';
import { findTrace } from './trace-ids-input.js';

const MAX_TOKEN_CHARACTERS = 1020;

export interface RequestedRetrieval {
  token: string;
  retrieval: TraceRetrieval;
  status: 'COMPLETE' | 'CANCELLED';
  /** Those of the ids that have anything in the window, each once. */
  traces: StoredTrace[];
}

/** Finds the retrieval that `RetrievalToken` names, with what it finds in the store now. */
export function requireRetrieval(
  input: OperationInput,
  { retrievals, store }: Pick<OperationContext, 'retrievals' | 'store'>,
): RequestedRetrieval {
  const token = requireText(input, 'RetrievalToken', MAX_TOKEN_CHARACTERS);
  const retrieval = retrievals.byToken(token);
  if (retrieval === undefined) {
    throw new ResourceNotFoundError(`RetrievalToken: there is no retrieval ${token}`, token);
  }
  if (retrieval.isCancelled) return { token, retrieval, status: 'CANCELLED', traces: [] };
  const { startSec, endSec } = retrieval.window;
  const found = retrieval.traceIds.map((id) => findTrace(store, id)).filter((stored) => stored !== undefined);
  const traces = [...new Set(found)].filter(
    ({ trace }) => trace.startTimeSec < endSec && trace.endTimeSec >= startSec,
  );
  return { token, retrieval, status: 'COMPLETE', traces };
}
