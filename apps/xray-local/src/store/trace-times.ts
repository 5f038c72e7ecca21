import type { SegmentDocument } from '#xray-model';

/** From the earliest start to the latest end, epoch seconds; empty (`Infinity` to `-Infinity`) before the first. */
export interface TimeSpan {
  startSec: number;
  endSec: number;
}

export function createEmptyTimeSpan(): TimeSpan {
  return { startSec: Infinity, endSec: -Infinity };
}

/** Widens the span by a document and everything nested in it; work in progress counts with its start alone. */
export function widenTimeSpan(span: TimeSpan, document: SegmentDocument): void {
  span.startSec = Math.min(span.startSec, document.start_time);
  span.endSec = Math.max(span.endSec, document.end_time ?? document.start_time);
  for (const subsegment of document.subsegments ?? []) widenTimeSpan(span, subsegment);
}

/** Ids made by an X-Ray id generator say when the trace began; random W3C ids say nothing, or nonsense. */
const PLAUSIBLE_ID_AGE_SEC = 24 * 60 * 60;

/**
 * The moment a trace id tells in its first 8 hex digits, or the trace's start when that moment is more than a day
 * away from it. One in 25,000 random ids is within that day by chance, and is then found at a wrong time in it.
 */
export function traceIdTimeSec(traceId: string, startSec: number): number {
  const idSec = Number.parseInt(traceId.slice(2, 10), 16);
  return Math.abs(idSec - startSec) <= PLAUSIBLE_ID_AGE_SEC ? idSec : startSec;
}
