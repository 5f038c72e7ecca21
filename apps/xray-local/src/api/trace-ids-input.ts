import { toXRayTraceId, TraceIdFormatError } from '#xray-model';
import type { StoredTrace, TraceStore } from '../store/trace.store.js';
import { requireTextList } from './operation-input.js';
import type { OperationInput } from './operation-input.js';

const MAX_TRACE_IDS = 5;
const MAX_ID_CHARACTERS = 35;

export interface RequestedTraces {
  found: StoredTrace[];
  /** Ids of no trace, and texts that are no ids, as the client wrote them. */
  unknownIds: string[];
}

/** Reads `TraceIds` and looks them up; each trace once, however often and in whichever form its id is there. */
export function requireTraces(input: OperationInput, store: TraceStore): RequestedTraces {
  const limits = { minItems: 1, maxItems: MAX_TRACE_IDS, minLength: 1, maxLength: MAX_ID_CHARACTERS };
  const found = new Set<StoredTrace>();
  const unknownIds = new Set<string>();
  for (const text of requireTextList(input, 'TraceIds', limits)) {
    const stored = findTrace(store, text);
    if (stored === undefined) unknownIds.add(text);
    else found.add(stored);
  }
  return { found: [...found], unknownIds: [...unknownIds] };
}

/** Looks a trace up by its id in either form. */
export function findTrace(store: TraceStore, text: string): StoredTrace | undefined {
  try {
    return store.get(toXRayTraceId(text));
  } catch (error) {
    if (error instanceof TraceIdFormatError) return undefined;
    throw error;
  }
}
