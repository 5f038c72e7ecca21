import type { ArchiveBatch, TraceArchive } from './trace-archive.js';
import type { TraceRecord } from './trace-record.js';
import type { DiskCounts } from './trace.store.js';

/** A killed process loses at most this much time. */
const WRITE_DELAY_MS = 500;
/** Written at once when so much is waiting, so that no single write takes long. Arbitrary. */
const MAX_WAITING_BYTES = 2 * 1024 * 1024;
/** After a failure, which seldom heals at once. */
const RETRY_DELAY_MS = 5_000;

/** Brings records to the archive in batches, and keeps trying when the archive fails. */
export class ArchiveWriter {
  private readonly waiting = new Set<TraceRecord>();
  private readonly digests = new Map<TraceRecord, string>();
  private droppedNumbers: number[] = [];
  private waitingBytes = 0;
  private failedWrites = 0;
  private isFailing = false;
  private isClosed = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly archive: TraceArchive,
    private readonly on: { onWritten: (record: TraceRecord) => void; onProblem: (error: Error) => void },
  ) {}

  /** @param records have documents that are marked as unwritten, `bytes` together */
  write(records: Iterable<TraceRecord>, bytes: number): void {
    for (const record of records) {
      this.waiting.add(record);
      this.digests.delete(record);
    }
    this.schedule(bytes);
  }

  writeDigest(record: TraceRecord, digest: string): void {
    this.digests.set(record, digest);
    this.schedule(digest.length);
  }

  drop(record: TraceRecord): void {
    this.waiting.delete(record);
    this.digests.delete(record);
    this.droppedNumbers.push(record.head.number);
    this.schedule(0);
  }

  counts(): Pick<DiskCounts, 'unwrittenDocuments' | 'failedWrites'> {
    let unwrittenDocuments = 0;
    for (const { texts } of this.waiting) unwrittenDocuments += texts?.unwrittenCount ?? 0;
    return { unwrittenDocuments, failedWrites: this.failedWrites };
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.flush();
    clearTimeout(this.timer);
    this.archive.close();
  }

  private schedule(bytes: number): void {
    if (this.isClosed) return;
    this.waitingBytes += bytes;
    if (this.waitingBytes > MAX_WAITING_BYTES && !this.isFailing) this.flush();
    else this.timer ??= this.flushIn(this.isFailing ? RETRY_DELAY_MS : WRITE_DELAY_MS);
  }

  private flushIn(delayMs: number): NodeJS.Timeout {
    return setTimeout(() => this.flush(), delayMs).unref();
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const records = [...this.waiting];
    try {
      this.archive.write(this.toBatch(records));
    } catch (error) {
      this.fail(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    this.isFailing = false;
    this.waiting.clear();
    this.digests.clear();
    this.droppedNumbers = [];
    this.waitingBytes = 0;
    for (const record of records) {
      record.texts?.markWritten();
      this.on.onWritten(record);
    }
  }

  private toBatch(records: readonly TraceRecord[]): ArchiveBatch {
    return {
      traces: records.map(({ head, texts }) => ({ head, packed: texts?.packUnwritten() ?? '' })),
      digests: Array.from(this.digests, ([{ head }, digest]) => ({ head, digest })),
      droppedNumbers: this.droppedNumbers,
    };
  }

  private fail(error: Error): void {
    this.failedWrites += 1;
    this.isFailing = true;
    this.timer = this.flushIn(RETRY_DELAY_MS);
    this.on.onProblem(error);
  }
}
