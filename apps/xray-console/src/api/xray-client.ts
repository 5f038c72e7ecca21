import type { Service, TraceSummary } from '#xray-model';
import type { TimeWindow } from '../state/time-range.js';
import { XrayRequestError } from './xray-request-error.js';

/** One page of `GetTraceSummaries`. */
export interface TraceSummaryPage {
  TraceSummaries: TraceSummary[];
  TracesProcessedCount: number;
  ApproximateTime: number;
  NextToken?: string;
}

/** A trace of `BatchGetTraces`; each document is JSON text of a segment. */
export interface RawTrace {
  Id: string;
  Duration?: number;
  LimitExceeded?: boolean;
  Segments: { Id: string; Document: string }[];
}

/** A group of traces, by a filter expression. */
export interface TraceGroup {
  GroupName: string;
  GroupARN: string;
  FilterExpression?: string;
}

export interface SummaryQuery {
  window: TimeWindow;
  filter?: string;
  nextToken?: string | undefined;
}

const TIMEOUT_MS = 10_000;
/** `BatchGetTraces` takes this many ids a call. */
const TRACES_PER_CALL = 5;

interface Paged {
  NextToken?: string;
}

/** The service graph, its pages joined. An empty group name is every trace. */
export async function getServiceGraph(
  { startSec, endSec }: TimeWindow,
  group: string,
  signal: AbortSignal,
): Promise<Service[]> {
  const input = { StartTime: startSec, EndTime: endSec, ...(group === '' ? {} : { GroupName: group }) };
  return joinPages<Service>('/ServiceGraph', input, 'Services', signal);
}

/** The map of certain traces. */
export async function getTraceGraph(traceIds: readonly string[], signal: AbortSignal): Promise<Service[]> {
  return joinPages<Service>('/TraceGraph', { TraceIds: traceIds }, 'Services', signal);
}

/** A page of the traces of a window, the newest first. */
export async function getTraceSummaries(
  { window, filter = '', nextToken }: SummaryQuery,
  signal: AbortSignal,
): Promise<TraceSummaryPage> {
  const input = {
    StartTime: window.startSec,
    EndTime: window.endSec,
    ...(filter.trim() === '' ? {} : { FilterExpression: filter }),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
  return call<TraceSummaryPage>('/TraceSummaries', input, signal);
}

/** The documents of traces; those that do not exist are left out. */
export async function batchGetTraces(traceIds: readonly string[], signal: AbortSignal): Promise<RawTrace[]> {
  const traces: RawTrace[] = [];
  for (let start = 0; start < traceIds.length; start += TRACES_PER_CALL) {
    const TraceIds = traceIds.slice(start, start + TRACES_PER_CALL);
    traces.push(...(await joinPages<RawTrace>('/Traces', { TraceIds }, 'Traces', signal)));
  }
  return mergeById(traces);
}

/** The groups; none where the server does not know groups. */
export async function getGroups(signal: AbortSignal): Promise<TraceGroup[]> {
  try {
    return await joinPages<TraceGroup>('/Groups', {}, 'Groups', signal);
  } catch (error) {
    if (error instanceof XrayRequestError && error.problem === 'refused') return [];
    throw error;
  }
}

/** A long trace comes on several pages. */
function mergeById(parts: readonly RawTrace[]): RawTrace[] {
  const byId = new Map<string, RawTrace>();
  for (const part of parts) {
    const known = byId.get(part.Id);
    byId.set(
      part.Id,
      known === undefined ? part : { ...part, Segments: [...known.Segments, ...part.Segments] },
    );
  }
  return [...byId.values()];
}

async function joinPages<Item>(
  path: string,
  input: Record<string, unknown>,
  member: string,
  signal: AbortSignal,
): Promise<Item[]> {
  const items: Item[] = [];
  let token: string | undefined;
  do {
    const pageInput: Record<string, unknown> = token === undefined ? input : { ...input, NextToken: token };
    const page: Paged & Record<string, unknown> = await call(path, pageInput, signal);
    items.push(...((page[member] as Item[] | undefined) ?? []));
    token = page.NextToken;
  } while (token !== undefined);
  return items;
}

async function call<Output>(path: string, input: unknown, signal: AbortSignal): Promise<Output> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    text = await response.text();
  } catch (error) {
    throw toRequestError(error, signal);
  }
  if (!response.ok) throw toRefusal(response.status, text);
  return JSON.parse(text) as Output;
}

/** What the caller itself called off is thrown as it is. */
function toRequestError(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return error;
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    const message = `X-Ray Local did not answer within ${TIMEOUT_MS / 1000} seconds.`;
    return new XrayRequestError('timeout', message, { cause: error });
  }
  return new XrayRequestError('unreachable', 'X-Ray Local does not answer. Is it still running?', {
    cause: error,
  });
}

function toRefusal(status: number, body: string): XrayRequestError {
  const problem = status >= 500 ? 'failed' : 'refused';
  return new XrayRequestError(problem, readMessage(body) ?? `X-Ray Local answered ${status}.`);
}

function readMessage(body: string): string | undefined {
  try {
    const { Message: message } = JSON.parse(body) as { Message?: unknown };
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}
