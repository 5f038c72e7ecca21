import { linkSearchRange, linksTo, MAX_LINK_CANDIDATES } from '#xray-model';
import type { XrayReader } from '../aws/xray-reader.js';
import { readDocuments } from './read-documents.js';

/** Finds the traces that say they were started by a message of this one, the earliest first. */
export async function findLinkingTraces(
  xray: XrayReader,
  trace: { id: string; startTimeSec: number; endTimeSec: number },
  nowSec: number,
): Promise<string[]> {
  const range = linkSearchRange(trace, nowSec);
  if (range === undefined) return [];
  const { TraceSummaries: summaries = [] } = await xray.getTraceSummaries(range, { limit: 1_000 });
  const candidates = summaries
    .toReversed()
    .flatMap(({ Id }) => (Id === undefined || Id === trace.id ? [] : [Id]))
    .slice(0, MAX_LINK_CANDIDATES);
  const linking = (await xray.getTraces(candidates)).filter((candidate) => {
    return readDocuments(candidate).some((document) => linksTo(document, trace.id));
  });
  return linking.flatMap(({ Id }) => (Id === undefined ? [] : [Id]));
}
