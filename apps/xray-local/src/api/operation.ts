import type { TraceIngest } from '../ingest/trace-ingest.js';
import type { TraceStore } from '../store/trace.store.js';
import type { OperationInput } from './operation-input.js';

/** What operations work on. */
export interface OperationContext {
  store: TraceStore;
  ingest: TraceIngest;
}

/**
 * One operation of the X-Ray API: members in, members out, as they stand in the JSON of the request and the answer.
 *
 * @throws {XrayApiError} for every answer that is not a success
 */
export type Operation = (input: OperationInput, context: OperationContext) => object;
