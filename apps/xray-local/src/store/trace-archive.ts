import type { TraceHead } from './trace-record.js';

/** Keeps traces on disk. Everything throws {@link ArchiveError} when the disk or the file does not work. */
export interface TraceArchive {
  readonly file: string;
  /** Heads of all traces, the one quiet for the longest first. Reads no documents. */
  loadHeads(): TraceHead[];
  /** What {@link ArchivedTrace.packed} was in all writes of the trace, in their order. */
  readPacked(number: number): string[];
  /** The digest of just the documents that the head tells of. */
  readDigest(head: TraceHead): string | undefined;
  /** All of it or, when it throws, nothing. */
  write(batch: ArchiveBatch): void;
  close(): void;
}

export interface ArchiveBatch {
  traces: readonly ArchivedTrace[];
  /** Made from documents that are in the archive or in this batch. */
  digests: readonly { head: TraceHead; digest: string }[];
  droppedNumbers: readonly number[];
}

export interface ArchivedTrace {
  head: TraceHead;
  /** Documents that are new since the last write. */
  packed: string;
}

/** The archive's file cannot be read or written. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

/** Another process has the archive open. */
export class ArchiveTakenError extends Error {
  override readonly name = 'ArchiveTakenError';
}
