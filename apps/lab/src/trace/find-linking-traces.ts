import type { SegmentDocument } from '#xray-model';
import type { XrayReader } from '../aws/xray-reader.js';
import { readDocuments } from './read-documents.js';

/** Arbitrary: long enough for a message that waited for a permission, short enough to be read through. */
const LOOK_AHEAD_SEC = 600;

/** Arbitrary: at five a call, what answers within a blink on a laptop. */
const MAX_TRACES = 200;

/**
 * Finds the traces that say they were started by a message of this one. X-Ray knows links only from their end, so
 * this reads the traces that began while it ran and for ten minutes after, the earliest first.
 */
export async function findLinkingTraces(
  xray: XrayReader,
  trace: { id: string; startTimeSec: number; endTimeSec: number },
  nowSec: number,
): Promise<string[]> {
  const endSec = Math.min(nowSec, trace.endTimeSec + LOOK_AHEAD_SEC);
  if (endSec <= trace.startTimeSec) return [];
  // X-Ray goes by the time inside the trace id, which is in whole seconds.
  const range = { startSec: Math.floor(trace.startTimeSec), endSec: Math.ceil(endSec) };
  const { TraceSummaries: summaries = [] } = await xray.getTraceSummaries(range, { limit: 1_000 });
  const candidates = summaries
    .toReversed()
    .flatMap(({ Id }) => (Id === undefined || Id === trace.id ? [] : [Id]))
    .slice(0, MAX_TRACES);
  const linking = (await xray.getTraces(candidates)).filter((candidate) => {
    return readDocuments(candidate).some((document) => linksTo(document, trace.id));
  });
  return linking.flatMap(({ Id }) => (Id === undefined ? [] : [Id]));
}

function linksTo({ links, subsegments }: SegmentDocument, traceId: string): boolean {
  if (links?.some((link) => link.trace_id === traceId) === true) return true;
  return subsegments?.some((subsegment) => linksTo(subsegment, traceId)) === true;
}
