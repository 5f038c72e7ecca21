import type { SegmentDocument } from './segment-document.js';

/** Where a document belongs: all that a store needs to know to keep its text. */
export interface SegmentHead {
  /** Lower-case. */
  traceId: string;
  /** Lower-case. */
  id: string;
  /** The earliest start of the document and of everything nested in it, epoch seconds. */
  startSec: number;
  /** The latest end; work in progress counts with its start. */
  endSec: number;
  isInProgress: boolean;
}

/**
 * Takes out of a document what places it: ids in lower case, and times in epoch seconds.
 *
 * @param document one that was found usable; of raw JSON no more than that is needed
 */
export function toSegmentHead(document: SegmentDocument): SegmentHead {
  const head: SegmentHead = {
    traceId: (document.trace_id ?? '').toLowerCase(),
    id: document.id.toLowerCase(),
    startSec: document.start_time,
    endSec: document.end_time ?? document.start_time,
    isInProgress: document.in_progress === true,
  };
  if (Array.isArray(document.subsegments)) widen(head, document.subsegments);
  return head;
}

function widen(head: SegmentHead, subsegments: readonly SegmentDocument[]): void {
  for (const { start_time: startSec, end_time: endSec, subsegments: nested } of subsegments) {
    head.startSec = Math.min(head.startSec, startSec);
    head.endSec = Math.max(head.endSec, endSec ?? startSec);
    if (Array.isArray(nested)) widen(head, nested);
  }
}
