import type { SegmentDocument } from '../segment/segment-document.js';
import { toMs } from './rounding.js';
import type { Trace, TraceEntity } from './trace.js';

/** A trace as `BatchGetTraces` answers it. */
export interface CompiledTrace {
  Id: string;
  /** Seconds from the earliest start to the latest end of what is complete. */
  Duration: number;
  /** The documents together are larger than X-Ray keeps of one trace. Here nothing is lost for that. */
  LimitExceeded: boolean;
  /** The earliest first. `Document` is JSON of a {@link SegmentDocument}. */
  Segments: { Id: string; Document: string }[];
}

/** X-Ray states 100 kB to 500 kB for a trace; this is the limit beyond which it is certain to lose segments. */
const MAX_TRACE_LENGTH = 500_000;

// One document holds this many levels of subsegments at most: what follows below becomes a document of its own again,
// because no JSON reader takes a chain of any length.
const MAX_NESTED_LEVELS = 100;

/**
 * Makes one document of each segment, with the subsegments that were sent on their own nested in it, and adds the
 * inferred segments. Subsegments without a segment stay documents of their own.
 */
export function compileTrace(trace: Trace): CompiledTrace {
  const documents = topsOf(trace).map((top) => toDocument(top, trace.id));
  const segments = documents.map((document) => ({ Id: document.id, Document: JSON.stringify(document) }));
  const length = segments.reduce((sum, { Document }) => sum + Document.length, 0);
  return {
    Id: trace.id,
    Duration: toMs(trace.endTimeSec - trace.startTimeSec),
    LimitExceeded: length > MAX_TRACE_LENGTH,
    Segments: segments,
  };
}

function topsOf({ segments, orphans, entities }: Trace): TraceEntity[] {
  const split = [...entities.values()].filter(({ depth }) => depth > 0 && isSplitOff(depth));
  return [...segments, ...orphans, ...split].sort((a, b) => a.startTimeSec - b.startTimeSec);
}

function isSplitOff(depth: number): boolean {
  return depth % MAX_NESTED_LEVELS === 0;
}

function toDocument(top: TraceEntity, traceId: string): SegmentDocument {
  const { subsegments: _nested, ...fields } = top.document;
  const document: SegmentDocument = { ...fields, trace_id: traceId, ...nestedIn(top) };
  if (top.kind === 'segment') return document;
  // A subsegment that was split off may have come without these, nested in the document it is cut from.
  return {
    ...document,
    ...(top.parent === undefined ? {} : { parent_id: top.parent.id }),
    type: 'subsegment',
  };
}

function nestedIn({ subsegments }: TraceEntity): Pick<SegmentDocument, 'subsegments'> {
  const nested = subsegments.filter(({ depth }) => !isSplitOff(depth));
  return nested.length === 0 ? {} : { subsegments: nested.map(nestedDocument) };
}

function nestedDocument(entity: TraceEntity): SegmentDocument {
  const {
    trace_id: _trace,
    parent_id: _parent,
    type: _type,
    subsegments: _nested,
    ...fields
  } = entity.document;
  return { ...fields, ...nestedIn(entity) };
}
