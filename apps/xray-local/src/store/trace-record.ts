import {
  assembleTrace,
  decideFilter,
  matchesFilter,
  reviveSegmentDocument,
  summarizeTrace,
} from '#xray-model';
import type {
  FilterContext,
  FilterExpression,
  Trace,
  TraceContribution,
  TraceDigest,
  TraceSummary,
} from '#xray-model';
import { DocumentTexts } from './document-texts.js';
import type { PackedText } from './text-packer.js';
import type { TimeEntry, TimePosition } from './time-index.js';
import { traceIdTimeSec } from './trace-times.js';
import type { StorableDocument, StoredTrace, TimeBasis } from './trace.store.js';

/**
 * More than this of one trace is not kept, so that a loop that never ends its trace cannot push out all others.
 * Far above X-Ray's own limit of 500 kB, because a trace too large for X-Ray is better seen whole here.
 */
export const MAX_TRACE_BYTES = 8 * 1024 * 1024;

type TraceEntries = Record<TimeBasis, TimeEntry<TraceRecord>>;

/** What a record needs from the store it is in. */
export interface RecordKeeper {
  /** The texts of a record that does not hold them itself. */
  readTexts(record: TraceRecord): DocumentTexts;
  /** Absent where an archive has the texts anyway. */
  packTexts?: ((texts: DocumentTexts) => PackedText) | undefined;
  /** The digest, known from earlier or made by `assemble`. */
  digest(record: TraceRecord, assemble: () => Trace): TraceDigest;
  /** The record holds more than it must: it will be told to {@link TraceRecord.cool} when others are used instead. */
  keepWarm(record: TraceRecord): void;
}

/** What is told of a trace without its documents. */
export interface TraceHead {
  id: string;
  /** In the archive; 0 without one. */
  number: number;
  startSec: number;
  endSec: number;
  lastArrivalMs: number;
  /** How many times documents have arrived, which `Revision` of a summary tells. */
  arrivals: number;
  documentBytes: number;
  documentCount: number;
  isLimitExceeded: boolean;
}

export function createTraceHead(id: string, number: number): TraceHead {
  return {
    id,
    number,
    startSec: Infinity,
    endSec: -Infinity,
    lastArrivalMs: 0,
    arrivals: 0,
    documentBytes: 0,
    documentCount: 0,
    isLimitExceeded: false,
  };
}

/** One trace: its head always, its documents and what has been made of them as long as they are warm. */
export class TraceRecord implements StoredTrace {
  /** Where the time indexes hold this trace; absent before they do. */
  entries: TraceEntries | undefined;
  digest: TraceDigest | undefined;
  /** Absent: they are in the archive, or packed. */
  texts: DocumentTexts | undefined;
  /** All the texts, whether they are at hand too or not. */
  packed: PackedText | undefined;
  private assembled: Trace | undefined;
  private summarized: TraceSummary | undefined;

  constructor(
    readonly head: TraceHead,
    private readonly keeper: RecordKeeper,
  ) {}

  get id(): string {
    return this.head.id;
  }

  get isLimitExceeded(): boolean {
    return this.head.isLimitExceeded;
  }

  get trace(): Trace {
    this.assembled ??= this.assemble();
    this.keeper.keepWarm(this);
    return this.assembled;
  }

  get summary(): TraceSummary {
    this.summarized ??= summarizeTrace(this.assembled ?? this.assemble(), this.head.arrivals);
    this.keeper.keepWarm(this);
    return this.summarized;
  }

  get contribution(): TraceContribution {
    return this.digested().contribution;
  }

  /** How much memory it could give back, in characters; an assembled trace is some five times its text. */
  get warmth(): number {
    const texts = Number(this.texts !== undefined);
    const summary = Number(this.summarized !== undefined);
    return this.head.documentBytes * (texts + summary + (this.assembled === undefined ? 0 : 5));
  }

  matches(filter: FilterExpression, context: FilterContext): boolean {
    return decideFilter(filter, this.digested(), context) ?? matchesFilter(filter, this.trace, context);
  }

  /** @returns whether there was room */
  add(document: StorableDocument): boolean {
    const texts = (this.texts ??= this.keeper.readTexts(this));
    const { head } = this;
    const change = texts.changeBy(document);
    if (change === undefined) return true;
    if (head.documentBytes + change.bytes > MAX_TRACE_BYTES) {
      head.isLimitExceeded = true;
      return false;
    }
    texts.put(document);
    this.packed = undefined;
    if (head.number !== 0) texts.markUnwritten(document.id);
    head.documentBytes += change.bytes;
    head.documentCount = texts.size;
    if (change.isReplacement) this.recomputeTimes(texts);
    else this.widenTimes(document);
    this.forget();
    return true;
  }

  /** The entries for the time indexes: the same object as before while the trace's times have not changed. */
  refreshEntries(): TraceEntries {
    const { id, startSec, endSec } = this.head;
    const known = this.entries?.activity;
    if (this.entries !== undefined && known?.startSec === startSec && known.endSec === endSec)
      return this.entries;
    const idSec = traceIdTimeSec(id, startSec);
    this.entries = {
      activity: { startSec, endSec, id, value: this },
      id: { startSec: idSec, endSec: idSec, id, value: this },
    };
    return this.entries;
  }

  positionBy(basis: TimeBasis): TimePosition {
    const { startSec, id } = this.refreshEntries()[basis];
    return { startSec, id };
  }

  get isPrepared(): boolean {
    return this.digest !== undefined;
  }

  /** Works out what graphs and filters will ask for. */
  prepare(): void {
    this.digested();
  }

  /** Gives back the memory of what can be made again. */
  cool(): void {
    this.assembled = undefined;
    this.summarized = undefined;
    if (this.texts === undefined || this.texts.hasUnwritten) return;
    this.packed ??= this.keeper.packTexts?.(this.texts);
    this.texts = undefined;
  }

  private digested(): TraceDigest {
    this.digest ??= this.keeper.digest(this, () => this.assembled ?? this.assemble());
    return this.digest;
  }

  private assemble(): Trace {
    const texts = this.texts ?? this.keeper.readTexts(this);
    return assembleTrace(this.id, Array.from(texts.all(), reviveSegmentDocument));
  }

  private forget(): void {
    this.assembled = undefined;
    this.summarized = undefined;
    this.digest = undefined;
  }

  private widenTimes({ startSec, endSec }: Pick<TraceHead, 'startSec' | 'endSec'>): void {
    this.head.startSec = Math.min(this.head.startSec, startSec);
    this.head.endSec = Math.max(this.head.endSec, endSec);
  }

  private recomputeTimes(texts: DocumentTexts): void {
    this.head.startSec = Infinity;
    this.head.endSec = -Infinity;
    for (const times of texts.times()) this.widenTimes(times);
  }
}
