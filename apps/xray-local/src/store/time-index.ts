/** Something that was going on from `startSec` to `endSec`, both epoch seconds. */
export interface TimeEntry<T> {
  readonly startSec: number;
  readonly endSec: number;
  /** Makes the order total among entries that start together. */
  readonly id: string;
  readonly value: T;
}

/** A place in the order: everything older than it comes after it when reading newest first. */
export interface TimePosition {
  startSec: number;
  id: string;
}

/** Entries that begin before `endSec` and end at or after `startSec`. */
export interface TimeWindow {
  startSec: number;
  endSec: number;
}

interface Chunk<T> {
  /** Never empty; ascending. */
  entries: TimeEntry<T>[];
  maxEndSec: number;
}

/** Half-full chunks after a split; at 100,000 entries this is some 300 chunks to look at per query. Arbitrary. */
const MAX_CHUNK_ENTRIES = 512;

/**
 * Entries ordered by start, in chunks that know their latest end: a window query reads only the chunks that can
 * hold a match, however long some entries are, and an insertion moves at most one chunk's entries.
 */
export class TimeIndex<T> {
  private readonly chunks: Chunk<T>[] = [];
  private count = 0;

  get size(): number {
    return this.count;
  }

  add(entry: TimeEntry<T>): void {
    this.count += 1;
    const index = Math.max(0, this.lastChunkStartingBefore(entry));
    const chunk = this.chunks[index];
    if (chunk === undefined) {
      this.chunks.push({ entries: [entry], maxEndSec: entry.endSec });
      return;
    }
    chunk.entries.splice(lowerBound(chunk.entries, entry), 0, entry);
    chunk.maxEndSec = Math.max(chunk.maxEndSec, entry.endSec);
    if (chunk.entries.length > MAX_CHUNK_ENTRIES) this.split(index, chunk);
  }

  /** Takes out the entry that {@link add} was given; anything else is no entry of this index. */
  remove(entry: TimeEntry<T>): boolean {
    const index = this.lastChunkStartingBefore(entry);
    const chunk = this.chunks[index];
    if (chunk === undefined) return false;
    const position = lowerBound(chunk.entries, entry);
    if (chunk.entries[position] !== entry) return false;
    this.count -= 1;
    chunk.entries.splice(position, 1);
    if (chunk.entries.length === 0) this.chunks.splice(index, 1);
    else if (entry.endSec >= chunk.maxEndSec) chunk.maxEndSec = latestEnd(chunk.entries);
    return true;
  }

  /**
   * The values of a window, newest start first.
   *
   * The index must not change between two steps of the iteration.
   *
   * @param before only entries behind this position, as a page after it wants them
   */
  *newestFirst(window: TimeWindow, before?: TimePosition): Generator<TimeEntry<T>> {
    const ceiling = earlierOf({ startSec: window.endSec, id: '' }, before);
    for (let index = this.lastChunkStartingBefore(ceiling); index >= 0; index -= 1) {
      const chunk = this.chunks[index];
      if (chunk === undefined || chunk.maxEndSec < window.startSec) continue;
      for (let position = lowerBound(chunk.entries, ceiling) - 1; position >= 0; position -= 1) {
        const entry = chunk.entries[position];
        if (entry !== undefined && entry.endSec >= window.startSec) yield entry;
      }
    }
  }

  /** -1 when every chunk starts at or after the position. */
  private lastChunkStartingBefore(position: TimePosition): number {
    let low = 0;
    let high = this.chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const first = this.chunks[middle]?.entries[0];
      if (first !== undefined && compare(first, position) <= 0) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  private split(index: number, chunk: Chunk<T>): void {
    const entries = chunk.entries.splice(chunk.entries.length >>> 1);
    chunk.maxEndSec = latestEnd(chunk.entries);
    this.chunks.splice(index + 1, 0, { entries, maxEndSec: latestEnd(entries) });
  }
}

/** The first index whose entry is not before the position. */
function lowerBound<T>(entries: readonly TimeEntry<T>[], position: TimePosition): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = entries[middle];
    if (entry !== undefined && compare(entry, position) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function compare(left: TimePosition, right: TimePosition): number {
  if (left.startSec !== right.startSec) return left.startSec - right.startSec;
  if (left.id === right.id) return 0;
  return left.id < right.id ? -1 : 1;
}

function earlierOf(position: TimePosition, other: TimePosition | undefined): TimePosition {
  return other !== undefined && compare(other, position) < 0 ? other : position;
}

function latestEnd<T>(entries: readonly TimeEntry<T>[]): number {
  return entries.reduce((latest, entry) => Math.max(latest, entry.endSec), -Infinity);
}
