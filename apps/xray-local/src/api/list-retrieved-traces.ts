import { compileTrace } from '#xray-model';
import type { Trace } from '#xray-model';
import { toOtelSpanDocument } from '../retrieval/otel-span-document.js';
import type { StoredTrace } from '../store/trace.store.js';
import { readListPage } from './list-page.js';
import type { Operation } from './operation.js';
import { optionalChoice } from './operation-input.js';
import { requireRetrieval } from './retrieval-input.js';

const PAGE_TRACES = 10;

/** Gives the traces of a retrieval: as segment documents, or what was sent as spans. */
export const listRetrievedTraces: Operation = (input, context) => {
  const { token, status, traces } = requireRetrieval(input, context);
  const format = optionalChoice(input, 'TraceFormat', ['XRAY', 'OTEL']) ?? 'XRAY';
  const query = ['ListRetrievedTraces', token, format];
  const { items, next } = readListPage(input, query, { items: traces, pageSize: PAGE_TRACES });
  return {
    RetrievalStatus: status,
    TraceFormat: format,
    Traces: items.map((stored) => toRetrievedTrace(stored, format)),
    ...next,
  };
};

function toRetrievedTrace({ trace }: StoredTrace, format: 'XRAY' | 'OTEL'): object {
  const { Id, Duration, Segments } = compileTrace(trace);
  return { Id, Duration, Spans: format === 'XRAY' ? Segments : toSpans(trace) };
}

/** Inferred segments are X-Ray's, and were never spans. */
function toSpans(trace: Trace): { Id: string; Document: string }[] {
  return [...trace.entities.values()]
    .filter((entity) => entity.kind === 'subsegment' || !entity.isInferred)
    .map((entity) => ({ Id: entity.id, Document: JSON.stringify(toOtelSpanDocument(trace, entity)) }));
}
