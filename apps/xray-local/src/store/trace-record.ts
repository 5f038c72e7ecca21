import { assembleTrace, contributionsOf, summarizeTrace } from '#xray-model';
import type { SegmentDocument, Trace, TraceContribution, TraceSummary } from '#xray-model';
import type { TimeEntry, TimePosition } from './time-index.js';
import { createEmptyTimeSpan, traceIdTimeSec, widenTimeSpan } from './trace-times.js';
import type { StorableDocument, StoredTrace, TimeBasis } from './trace.store.js';

/**
 * More than this of one trace is not kept, so that a loop that never ends its trace cannot push out all others.
 * Far above X-Ray's own limit of 500 kB, because a trace too large for X-Ray is better seen whole here.
 */
export const MAX_TRACE_BYTES = 8 * 1024 * 1024;

type TraceEntries = Record<TimeBasis, TimeEntry<TraceRecord>>;

/** The documents of one trace, and what has been made of them. */
export class TraceRecord implements StoredTrace {
  lastArrivalMs = 0;
  documentBytes = 0;
  isLimitExceeded = false;
  /** How many times documents have arrived, which `Revision` of a summary tells. */
  arrivals = 0;
  /** Where the time indexes hold this trace; absent before they do. */
  entries: TraceEntries | undefined;
  private readonly documents = new Map<string, { document: SegmentDocument; documentBytes: number }>();
  private times = createEmptyTimeSpan();
  private assembled: Trace | undefined;
  private summarized: TraceSummary | undefined;
  private contributed: TraceContribution | undefined;

  constructor(readonly id: string) {}

  get documentCount(): number {
    return this.documents.size;
  }

  get trace(): Trace {
    this.assembled ??= assembleTrace(
      this.id,
      Array.from(this.documents.values(), (held) => held.document),
    );
    return this.assembled;
  }

  get summary(): TraceSummary {
    this.summarized ??= summarizeTrace(this.trace, this.arrivals);
    return this.summarized;
  }

  get contribution(): TraceContribution {
    this.contributed ??= contributionsOf(this.trace);
    return this.contributed;
  }

  /** @returns whether there was room */
  add({ document, documentBytes }: StorableDocument): boolean {
    const held = this.documents.get(document.id);
    // Packets may overtake each other: a fragment in progress that comes late says nothing new.
    if (held !== undefined && document.in_progress === true && held.document.in_progress !== true)
      return true;
    const nextBytes = this.documentBytes - (held?.documentBytes ?? 0) + documentBytes;
    if (nextBytes > MAX_TRACE_BYTES) {
      this.isLimitExceeded = true;
      return false;
    }
    this.documentBytes = nextBytes;
    this.documents.set(document.id, { document, documentBytes });
    if (held === undefined) widenTimeSpan(this.times, document);
    else this.recomputeTimes();
    this.assembled = undefined;
    this.summarized = undefined;
    this.contributed = undefined;
    return true;
  }

  /** The entries for the time indexes: the same object as before while the trace's times have not changed. */
  refreshEntries(): TraceEntries {
    const { startSec, endSec } = this.times;
    const known = this.entries?.activity;
    if (this.entries !== undefined && known?.startSec === startSec && known.endSec === endSec)
      return this.entries;
    const idSec = traceIdTimeSec(this.id, startSec);
    this.entries = {
      activity: { startSec, endSec, id: this.id, value: this },
      id: { startSec: idSec, endSec: idSec, id: this.id, value: this },
    };
    return this.entries;
  }

  positionBy(basis: TimeBasis): TimePosition {
    const { startSec, id } = this.refreshEntries()[basis];
    return { startSec, id };
  }

  private recomputeTimes(): void {
    this.times = createEmptyTimeSpan();
    for (const { document } of this.documents.values()) widenTimeSpan(this.times, document);
  }
}
