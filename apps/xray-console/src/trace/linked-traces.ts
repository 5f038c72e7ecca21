import type { SegmentDocument, Trace, TraceSummary } from '#xray-model';
import { assembleTrace, linkedTraceIds, linkSearchRange, linksTo, MAX_LINK_CANDIDATES } from '#xray-model';
import type { RawTrace, SummaryQuery, TraceSummaryPage } from '../api/xray-client.js';
import { readDocuments } from './read-documents.js';
import { titleOf } from './trace-title.js';

/** Another trace that a message connects with this one. */
export interface LinkedTrace {
  id: string;
  /** `earlier` sent what this trace took up; `later` took up what this trace sent. */
  direction: 'earlier' | 'later';
  /** `POST /signup`, or the name of the service. */
  title: string;
  service: string;
  /** Absent while the other trace is not at hand. */
  startTimeSec?: number;
  /** The entities of this trace that the messages connect with it. */
  entityIds: readonly string[];
}

/** The calls of the API that finding links takes. */
interface LinkReader {
  readSummaries(query: SummaryQuery, signal: AbortSignal): Promise<TraceSummaryPage>;
  readTraces(ids: readonly string[], signal: AbortSignal): Promise<RawTrace[]>;
}

/** Arbitrary: a few answers at a time, so that the first link shows soon. */
const TRACES_PER_STEP = 20;
const MAX_PAGES = 10;

/**
 * Finds the traces that are linked with one, both ways. Call it again for what has come since: what was complete and
 * not linked is not read again.
 */
export function createLinkSearch(reader: LinkReader): {
  find(trace: Trace, nowSec: number, signal: AbortSignal): Promise<LinkedTrace[]>;
} {
  const unlinked = new Set<string>();
  const known = new Map<string, LinkedTrace>();

  const findEarlier = async (trace: Trace, signal: AbortSignal): Promise<LinkedTrace[]> => {
    const ids = linkedTraceIds(trace);
    const missing = ids.filter((id) => known.get(id)?.startTimeSec === undefined);
    const found = missing.length === 0 ? [] : await reader.readTraces(missing, signal);
    for (const id of missing) {
      const raw = found.find(({ Id }) => Id === id);
      known.set(id, describe({ id, direction: 'earlier', entityIds: linkingEntities(trace, id) }, raw));
    }
    return ids.flatMap((id) => known.get(id) ?? []);
  };

  const findLater = async (trace: Trace, nowSec: number, signal: AbortSignal): Promise<LinkedTrace[]> => {
    const window = linkSearchRange(trace, nowSec);
    if (window === undefined) return [];
    const summaries = await readCandidates(reader, window, signal);
    const candidates = likelyFirst(summaries)
      .filter(({ Id }) => Id !== trace.id && !unlinked.has(Id) && !known.has(Id))
      .slice(0, MAX_LINK_CANDIDATES);
    for (let start = 0; start < candidates.length; start += TRACES_PER_STEP) {
      const step = candidates.slice(start, start + TRACES_PER_STEP);
      for (const raw of await reader.readTraces(
        step.map(({ Id }) => Id),
        signal,
      )) {
        const documents = readDocuments(raw);
        const isPartial = step.some(({ Id, IsPartial }) => Id === raw.Id && IsPartial);
        if (documents.some((document) => linksTo(document, trace.id))) {
          const entityIds = documents.flatMap((document) => linkedEntityIds(document, trace.id));
          known.set(raw.Id, describe({ id: raw.Id, direction: 'later', entityIds }, raw));
        } else if (!isPartial) unlinked.add(raw.Id);
      }
    }
    return [...known.values()].filter(({ direction }) => direction === 'later').sort(byStart);
  };

  return {
    find: async (trace, nowSec, signal) => [
      ...(await findEarlier(trace, signal)),
      ...(await findLater(trace, nowSec, signal)),
    ],
  };
}

async function readCandidates(
  reader: LinkReader,
  window: { startSec: number; endSec: number },
  signal: AbortSignal,
): Promise<TraceSummary[]> {
  const summaries: TraceSummary[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await reader.readSummaries({ window, nextToken }, signal);
    summaries.push(...answer.TraceSummaries);
    nextToken = answer.NextToken;
    if (nextToken === undefined) break;
  }
  return summaries.toReversed();
}

/** A trace that a message started has no client; among equals the earliest comes first. */
function likelyFirst(summaries: readonly TraceSummary[]): TraceSummary[] {
  const hasClient = ({ ServiceIds }: TraceSummary): number =>
    Number(ServiceIds.some(({ Type }) => Type === 'client'));
  return summaries.toSorted((a, b) => hasClient(a) - hasClient(b) || a.StartTime - b.StartTime);
}

function describe(
  link: Pick<LinkedTrace, 'id' | 'direction' | 'entityIds'>,
  raw: RawTrace | undefined,
): LinkedTrace {
  if (raw === undefined) return { ...link, title: 'not here, or no longer', service: '' };
  const trace = assembleTrace(raw.Id, readDocuments(raw));
  const { text: title, service } = titleOf(trace);
  return { ...link, title, service, startTimeSec: trace.startTimeSec };
}

function linkingEntities(trace: Trace, traceId: string): string[] {
  return [...trace.entities.values()]
    .filter(({ document }) => document.links?.some((link) => link.trace_id === traceId) === true)
    .map(({ id }) => id);
}

/** The entities of the trace that a document names as where its message was sent. */
function linkedEntityIds({ links = [], subsegments = [] }: SegmentDocument, traceId: string): string[] {
  const own = links.filter((link) => link.trace_id === traceId).map(({ id }) => id);
  return [...new Set([...own, ...subsegments.flatMap((subsegment) => linkedEntityIds(subsegment, traceId))])];
}

function byStart(a: LinkedTrace, b: LinkedTrace): number {
  return (a.startTimeSec ?? 0) - (b.startTimeSec ?? 0);
}
