import { TimeIndex } from './time-index.js';
import { TraceRecord } from './trace-record.js';
import type { StorableDocument, StoreCounts, StoredTrace, TimeBasis, TraceStore } from './trace.store.js';
import type { TimePosition, TimeWindow } from './time-index.js';

export interface MemoryTraceStoreOptions {
  /** More than this many traces: the one that has been quiet for the longest goes. */
  maxTraces: number;
  /** The same for the sum of the documents' JSON lengths. */
  maxBytes: number;
  /** A trace goes when it has received nothing for this long. */
  retentionMs: number;
  /** Injected for tests. */
  now?: () => number;
}

/** The traces of this process's life, bounded by count, size and age of the last arrival. */
export class MemoryTraceStore implements TraceStore {
  /** In the order of their last arrival, because that is the order of eviction: times inside traces may be any. */
  private readonly records = new Map<string, TraceRecord>();
  private readonly indexes: Record<TimeBasis, TimeIndex<TraceRecord>> = {
    activity: new TimeIndex(),
    id: new TimeIndex(),
  };
  private readonly evictedTraces = { count: 0, bytes: 0, retention: 0 };
  private readonly now: () => number;
  private documentCount = 0;
  private documentBytes = 0;

  constructor(private readonly options: MemoryTraceStoreOptions) {
    this.now = options.now ?? Date.now;
  }

  put(documents: readonly StorableDocument[]): StorableDocument[] {
    const refused: StorableDocument[] = [];
    const touched = new Set<TraceRecord>();
    for (const document of documents) {
      const record = this.records.get(document.traceId) ?? new TraceRecord(document.traceId);
      if (this.addTo(record, document)) touched.add(record);
      else refused.push(document);
    }
    const nowMs = this.now();
    for (const record of touched) {
      this.reindex(record);
      record.lastArrivalMs = nowMs;
      record.arrivals += 1;
      this.records.delete(record.id);
      this.records.set(record.id, record);
    }
    this.evict();
    return refused;
  }

  get(traceId: string): StoredTrace | undefined {
    this.evictExpired();
    return this.records.get(traceId);
  }

  *find(query: { window: TimeWindow; by: TimeBasis; before?: TimePosition }): Generator<StoredTrace> {
    this.evictExpired();
    for (const entry of this.indexes[query.by].newestFirst(query.window, query.before)) yield entry.value;
  }

  counts(): StoreCounts {
    this.evictExpired();
    return {
      traces: this.records.size,
      documents: this.documentCount,
      documentBytes: this.documentBytes,
      evictedTraces: { ...this.evictedTraces },
    };
  }

  private addTo(record: TraceRecord, document: StorableDocument): boolean {
    const { documentCount, documentBytes } = record;
    if (!record.add(document)) return false;
    this.records.set(record.id, record);
    this.documentCount += record.documentCount - documentCount;
    this.documentBytes += record.documentBytes - documentBytes;
    return true;
  }

  private reindex(record: TraceRecord): void {
    const previous = record.entries;
    const next = record.refreshEntries();
    if (next === previous) return;
    for (const basis of ['activity', 'id'] as const) {
      if (previous !== undefined) this.indexes[basis].remove(previous[basis]);
      this.indexes[basis].add(next[basis]);
    }
  }

  private evict(): void {
    this.evictExpired();
    for (const record of this.records.values()) {
      if (this.records.size > this.options.maxTraces) this.evictedTraces.count += 1;
      else if (this.documentBytes > this.options.maxBytes) this.evictedTraces.bytes += 1;
      else return;
      this.drop(record);
    }
  }

  private evictExpired(): void {
    const oldestMs = this.now() - this.options.retentionMs;
    for (const record of this.records.values()) {
      if (record.lastArrivalMs >= oldestMs) return;
      this.evictedTraces.retention += 1;
      this.drop(record);
    }
  }

  private drop(record: TraceRecord): void {
    this.records.delete(record.id);
    this.documentCount -= record.documentCount;
    this.documentBytes -= record.documentBytes;
    if (record.entries === undefined) return;
    for (const basis of ['activity', 'id'] as const) this.indexes[basis].remove(record.entries[basis]);
  }
}
