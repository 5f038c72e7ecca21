import type { Trace } from '#xray-model';
import { assembleTrace } from '#xray-model';
import type { RawTrace } from '../api/xray-client.js';
import type { WaterfallRow } from '../waterfall/build-rows.js';
import { buildRows } from '../waterfall/build-rows.js';
import { readDocuments } from './read-documents.js';

/** A trace as it arrived, as the model sees it, and as the waterfall shows it. */
export interface LoadedTrace {
  raw: RawTrace;
  trace: Trace;
  rows: readonly WaterfallRow[];
}

/**
 * Reads a trace, again and again for one that still grows. As long as nothing new has arrived the answer is the same
 * object, so that nothing is drawn anew.
 *
 * @returns a loader that answers undefined while there is no such trace
 */
export function createTraceLoader(
  xrayTraceId: string,
  readTraces: (ids: readonly string[], signal: AbortSignal) => Promise<RawTrace[]>,
): (signal: AbortSignal) => Promise<LoadedTrace | undefined> {
  let loaded: LoadedTrace | undefined;
  return async (signal) => {
    const [raw] = await readTraces([xrayTraceId], signal);
    if (raw === undefined || raw.Segments.length === 0) return undefined;
    if (loaded !== undefined && isSame(loaded.raw, raw)) return loaded;
    const trace = assembleTrace(xrayTraceId, readDocuments(raw));
    loaded = { raw, trace, rows: buildRows(trace) };
    return loaded;
  };
}

function isSame(a: RawTrace, b: RawTrace): boolean {
  if (a.Segments.length !== b.Segments.length) return false;
  return a.Segments.every(({ Id, Document }, index) => {
    const other = b.Segments[index];
    return other?.Id === Id && other.Document === Document;
  });
}
