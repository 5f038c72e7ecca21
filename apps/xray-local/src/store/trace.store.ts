import type { SegmentDocument, Trace, TraceContribution, TraceSummary } from '#xray-model';
import type { TimePosition, TimeWindow } from './time-index.js';

/**
 * Keeps segment documents by trace and finds traces by time. Nothing here knows how: in memory today, and the
 * callers need not change for a store that survives a restart.
 */
export interface TraceStore {
  /**
   * Takes documents in: a complete document replaces the one in progress with the same id, whichever comes first;
   * otherwise the later one replaces. What has been put is visible to the next read.
   *
   * @returns the documents that were not kept, because their trace is as large as a trace may get
   */
  put(documents: readonly StorableDocument[]): StorableDocument[];
  get(traceId: string): StoredTrace | undefined;
  /**
   * The traces of a window, newest first. The store must not be written to before the iteration ends.
   *
   * @param query.before only traces behind this position: what {@link StoredTrace.positionBy} said of the last one seen
   */
  find(query: { window: TimeWindow; by: TimeBasis; before?: TimePosition }): Iterable<StoredTrace>;
  counts(): StoreCounts;
}

/**
 * `activity`: a trace is where any of its work was, from its earliest start to its latest end. `id`: it is at the one
 * moment that its id tells, or at its start when the id tells none.
 */
export type TimeBasis = 'activity' | 'id';

export interface StorableDocument {
  traceId: string;
  document: SegmentDocument;
  /** Length of its JSON. */
  documentBytes: number;
}

/** One trace as it is now. The assembled parts are made on first use and again after new documents arrived. */
export interface StoredTrace {
  readonly id: string;
  readonly trace: Trace;
  readonly summary: TraceSummary;
  /** What it adds to a service graph. */
  readonly contribution: TraceContribution;
  /** Later documents were dropped because the trace has reached its largest size. */
  readonly isLimitExceeded: boolean;
  positionBy(basis: TimeBasis): TimePosition;
}

export interface StoreCounts {
  traces: number;
  documents: number;
  /** Sum of the documents' JSON lengths. */
  documentBytes: number;
  /** Traces removed to make room, by what was short. */
  evictedTraces: { count: number; bytes: number; retention: number };
}
