import { DigestPool, digestTrace, parseTraceDigest, serializeTraceDigest } from '#xray-model';
import type { Trace, TraceDigest } from '#xray-model';
import { ArchiveWriter } from './archive-writer.js';
import { DocumentTexts } from './document-texts.js';
import type { TraceArchive } from './trace-archive.js';
import type { SlicedWork } from './idle-work.js';
import { TextPacker } from './text-packer.js';
import { TimeIndex } from './time-index.js';
import type { TimePosition, TimeWindow } from './time-index.js';
import { createTraceHead, TraceRecord } from './trace-record.js';
import type { RecordKeeper } from './trace-record.js';
import type {
  EvictionCounts,
  StorableDocument,
  StoreCounts,
  StoredTrace,
  TimeBasis,
  TraceStore,
} from './trace.store.js';
import { WarmWindow } from './warm-window.js';

export interface LocalTraceStoreOptions {
  /** More than this many traces: the one that has been quiet for the longest goes. */
  maxTraces: number;
  /** The same for the sum of the lengths of the documents' JSON. */
  maxBytes: number;
  /** A trace goes when it has received nothing for this long. */
  retentionMs: number;
  /** Without one everything is in memory alone, and ends with the process. */
  archive?: TraceArchive & { setAside?: string | undefined };
  /** Something went wrong that nobody is waiting to hear. */
  onProblem?: (message: string, fields: Readonly<Record<string, unknown>>) => void;
  /** A trace had to go. */
  onEvicted?: (reason: keyof EvictionCounts) => void;
  /** Injected for tests. */
  now?: () => number;
}

/** Characters of documents, and of what is made of them, that are kept at hand, rather than packed or on disk. Arbitrary. */
const MAX_WARMTH = 4 * 1024 * 1024;

/**
 * Traces bounded by count, size and age of the last arrival. In memory: where every trace is in time, what it adds to
 * graphs and says to filters, and the documents of the ones used last; without an archive the other documents too, packed.
 */
export class LocalTraceStore implements TraceStore, SlicedWork {
  /** In the order of their last arrival, because that is the order of eviction: times inside traces may be any. */
  private readonly records = new Map<string, TraceRecord>();
  private readonly indexes: Record<TimeBasis, TimeIndex<TraceRecord>> = {
    activity: new TimeIndex(),
    id: new TimeIndex(),
  };
  private readonly evictedTraces: EvictionCounts = { count: 0, bytes: 0, retention: 0 };
  private readonly pool = new DigestPool();
  private readonly warm = new WarmWindow(MAX_WARMTH);
  private readonly packer = new TextPacker();
  private readonly unreadable = new Set<TraceRecord>();
  /** Without a digest at hand; worked out when it is asked for, or when there is time. The latest arrivals come last. */
  private readonly unprepared = new Set<TraceRecord>();
  private readonly keeper: RecordKeeper;
  private readonly writer: ArchiveWriter | undefined;
  private readonly now: () => number;
  private unreadableCount = 0;
  private lastNumber = 0;
  private documentCount = 0;
  private documentBytes = 0;

  /** @throws {ArchiveError} the archive cannot be read */
  constructor(private readonly options: LocalTraceStoreOptions) {
    this.now = options.now ?? Date.now;
    this.keeper = {
      packTexts: options.archive === undefined ? (texts) => this.packer.pack(texts.pack()) : undefined,
      readTexts: (record) => this.readTexts(record),
      digest: (record, assemble) => this.digest(record, assemble),
      keepWarm: (record) => this.warm.use(record),
    };
    if (options.archive === undefined) return;
    this.load(options.archive);
    this.writer = new ArchiveWriter(options.archive, {
      onWritten: (record) => this.warm.use(record),
      onProblem: (error) => options.onProblem?.('traces cannot be written to disk', { error: error.message }),
    });
  }

  put(documents: readonly StorableDocument[]): StorableDocument[] {
    const refused: StorableDocument[] = [];
    const touched = new Set<TraceRecord>();
    for (const document of documents) {
      const record = this.records.get(document.traceId) ?? this.createRecord(document.traceId);
      if (this.addTo(record, document)) touched.add(record);
      else refused.push(document);
    }
    const nowMs = this.now();
    for (const record of touched) {
      this.reindex(record);
      record.head.lastArrivalMs = nowMs;
      record.head.arrivals += 1;
      this.records.delete(record.id);
      this.records.set(record.id, record);
      this.unprepared.delete(record);
      this.unprepared.add(record);
    }
    // What is to be written stays at hand until then.
    if (this.writer === undefined) for (const record of touched) this.warm.use(record);
    else this.writer.write(touched, lengthOf(documents));
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
    const { archive } = this.options;
    return {
      traces: this.records.size,
      documents: this.documentCount,
      documentBytes: this.documentBytes,
      evictedTraces: { ...this.evictedTraces },
      ...(archive === undefined || this.writer === undefined
        ? {}
        : {
            disk: {
              file: archive.file,
              ...this.writer.counts(),
              unreadableTraces: this.unreadableCount,
              ...(archive.setAside === undefined ? {} : { setAside: archive.setAside }),
            },
          }),
    };
  }

  get hasWork(): boolean {
    return this.unprepared.size > 0;
  }

  workFor(sliceMs: number): void {
    const endMs = performance.now() + sliceMs;
    for (const record of this.unprepared) {
      record.prepare();
      if (performance.now() >= endMs) return;
    }
  }

  /** Writes what is not written yet, and closes the archive. */
  close(): void {
    this.writer?.close();
  }

  private load(archive: TraceArchive): void {
    for (const head of archive.loadHeads()) {
      const record = new TraceRecord(head, this.keeper);
      this.records.set(head.id, record);
      this.documentCount += head.documentCount;
      this.documentBytes += head.documentBytes;
      this.lastNumber = Math.max(this.lastNumber, head.number);
      this.reindex(record);
      this.unprepared.add(record);
    }
  }

  private createRecord(traceId: string): TraceRecord {
    // A record that gets no document is forgotten, and its number with it.
    const number = this.writer === undefined ? 0 : this.lastNumber + 1;
    return new TraceRecord(createTraceHead(traceId, number), this.keeper);
  }

  private addTo(record: TraceRecord, document: StorableDocument): boolean {
    const { documentCount, documentBytes } = record.head;
    if (!record.add(document)) return false;
    this.records.set(record.id, record);
    this.lastNumber = Math.max(this.lastNumber, record.head.number);
    this.documentCount += record.head.documentCount - documentCount;
    this.documentBytes += record.head.documentBytes - documentBytes;
    return true;
  }

  private readTexts(record: TraceRecord): DocumentTexts {
    const { archive } = this.options;
    if (record.packed !== undefined) return DocumentTexts.unpack([this.packer.read(record.packed)]);
    // A trace without documents has no place in the archive yet.
    if (archive === undefined || record.head.documentCount === 0) return new DocumentTexts();
    try {
      return DocumentTexts.unpack(archive.readPacked(record.head.number));
    } catch (error) {
      this.giveUp(record, error);
      return new DocumentTexts();
    }
  }

  private digest(record: TraceRecord, assemble: () => Trace): TraceDigest {
    this.unprepared.delete(record);
    const known = this.readDigest(record);
    if (known !== undefined) return known;
    const digest = digestTrace(assemble(), this.pool);
    this.writer?.writeDigest(record, serializeTraceDigest(digest));
    return digest;
  }

  private readDigest(record: TraceRecord): TraceDigest | undefined {
    // What is at hand as text may be newer than what has been written.
    if (this.options.archive === undefined || record.texts !== undefined) return undefined;
    try {
      const text = this.options.archive.readDigest(record.head);
      return text === undefined ? undefined : parseTraceDigest(text, this.pool);
    } catch (error) {
      this.options.onProblem?.('a stored trace has no readable digest', {
        id: record.id,
        error: String(error),
      });
      return undefined;
    }
  }

  /** The record goes with the next eviction: somebody may be iterating now. */
  private giveUp(record: TraceRecord, error: unknown): void {
    this.unreadable.add(record);
    this.options.onProblem?.('a stored trace cannot be read and is dropped', {
      id: record.id,
      error: String(error),
    });
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
      if (this.records.size > this.options.maxTraces) this.evictFor('count', record);
      else if (this.documentBytes > this.options.maxBytes) this.evictFor('bytes', record);
      else return;
    }
  }

  private evictExpired(): void {
    for (const record of this.unreadable) {
      this.unreadableCount += 1;
      this.drop(record);
    }
    this.unreadable.clear();
    const oldestMs = this.now() - this.options.retentionMs;
    for (const record of this.records.values()) {
      if (record.head.lastArrivalMs >= oldestMs) return;
      this.evictFor('retention', record);
    }
  }

  private evictFor(reason: keyof EvictionCounts, record: TraceRecord): void {
    this.evictedTraces[reason] += 1;
    this.options.onEvicted?.(reason);
    this.drop(record);
  }

  private drop(record: TraceRecord): void {
    this.records.delete(record.id);
    this.warm.forget(record);
    this.unprepared.delete(record);
    this.writer?.drop(record);
    this.documentCount -= record.head.documentCount;
    this.documentBytes -= record.head.documentBytes;
    if (record.entries === undefined) return;
    for (const basis of ['activity', 'id'] as const) this.indexes[basis].remove(record.entries[basis]);
  }
}

function lengthOf(documents: readonly StorableDocument[]): number {
  return documents.reduce((sum, { text }) => sum + text.length, 0);
}
