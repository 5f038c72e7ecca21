import type { SegmentDocument } from '../segment/segment-document.js';
import type { Trace } from './trace.js';

/** Arbitrary: long enough for a message that waited for a permission, short enough to be read through. */
const LOOK_AHEAD_SEC = 600;

/** Arbitrary: at five a call of `BatchGetTraces`, what answers within a blink on a laptop. */
export const MAX_LINK_CANDIDATES = 200;

/**
 * Where to look for the traces that say they were started by a message of this one. X-Ray knows links only from their
 * end, so whoever wants the other direction reads the traces that began while it ran and for ten minutes after.
 *
 * @param nowSec - nothing begins later than this, in epoch seconds
 * @returns whole epoch seconds, because X-Ray goes by the time inside the trace id; undefined when the range is empty
 */
export function linkSearchRange(
  trace: Pick<Trace, 'startTimeSec' | 'endTimeSec'>,
  nowSec: number,
): { startSec: number; endSec: number } | undefined {
  const endSec = Math.min(nowSec, trace.endTimeSec + LOOK_AHEAD_SEC);
  if (endSec <= trace.startTimeSec) return undefined;
  return { startSec: Math.floor(trace.startTimeSec), endSec: Math.ceil(endSec) };
}

/** Whether a document, or a subsegment nested in it, names the trace as the one that sent its message. */
export function linksTo({ links, subsegments }: SegmentDocument, traceId: string): boolean {
  if (links?.some((link) => link.trace_id === traceId) === true) return true;
  return subsegments?.some((subsegment) => linksTo(subsegment, traceId)) === true;
}

/** The traces that sent what this one took up, in the order of the entities that say so. */
export function linkedTraceIds(trace: Trace): string[] {
  const ids = [...trace.entities.values()].flatMap(({ document }) => {
    return (document.links ?? []).map((link) => link.trace_id);
  });
  return [...new Set(ids)].filter((id) => id !== trace.id);
}
