import type {
  FilterContext,
  FilterExpression,
  SegmentHead,
  Trace,
  TraceContribution,
  TraceSummary,
} from '#xray-model';
import type { TimePosition, TimeWindow } from './time-index.js';

/** Keeps segment documents by trace and finds traces by time. Nothing here says how, or on what. */
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

/** A document that was found usable, as text: it is read into objects when somebody asks for its trace. */
export interface StorableDocument extends SegmentHead {
  text: string;
}

/** One trace as it is now. The assembled parts are made on use, and kept for the traces used last. */
export interface StoredTrace {
  readonly id: string;
  readonly trace: Trace;
  readonly summary: TraceSummary;
  /** What it adds to a service graph. Costs no assembling once it has been worked out. */
  readonly contribution: TraceContribution;
  /** Nothing is left to work out for graphs and most filters. */
  readonly isPrepared: boolean;
  prepare(): void;
  /** Later documents were dropped because the trace has reached its largest size. */
  readonly isLimitExceeded: boolean;
  /** As `matchesFilter` says of the trace, without assembling it where that can be told otherwise. */
  matches(filter: FilterExpression, context: FilterContext): boolean;
  positionBy(basis: TimeBasis): TimePosition;
}

export interface StoreCounts {
  traces: number;
  documents: number;
  /** Sum of the lengths of the documents' JSON. */
  documentBytes: number;
  /** Traces removed to make room, by what was short. */
  evictedTraces: EvictionCounts;
  /** Absent while everything is kept in memory alone. */
  disk?: DiskCounts;
}

export interface EvictionCounts {
  count: number;
  bytes: number;
  retention: number;
}

export interface DiskCounts {
  file: string;
  /** Documents that wait to be written, at most for a second unless writing fails. */
  unwrittenDocuments: number;
  /** Attempts to write that failed; what they should have written is tried again. */
  failedWrites: number;
  /** Traces that could not be read back, and were dropped. */
  unreadableTraces: number;
  /** The file that was found damaged at the start and set aside. */
  setAside?: string;
}
