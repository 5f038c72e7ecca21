import { randomUUID } from 'node:crypto';
import type { TimeWindow } from '../store/time-index.js';

/** A retrieval of traces that a client has started. */
export interface TraceRetrieval {
  traceIds: readonly string[];
  window: TimeWindow;
  isCancelled: boolean;
}

/** More than this, and the oldest is forgotten. Arbitrary. */
const MAX_RETRIEVALS = 100;

/** Retrievals by their token. They are done at once here: what they find is in the store. */
export class TraceRetrievals {
  private readonly retrievals = new Map<string, TraceRetrieval>();

  /** @returns the token */
  start(traceIds: readonly string[], window: TimeWindow): string {
    const token = randomUUID();
    this.retrievals.set(token, { traceIds, window, isCancelled: false });
    const oldest = this.retrievals.keys().next();
    if (this.retrievals.size > MAX_RETRIEVALS && oldest.done !== true) this.retrievals.delete(oldest.value);
    return token;
  }

  byToken(token: string): TraceRetrieval | undefined {
    return this.retrievals.get(token);
  }
}
