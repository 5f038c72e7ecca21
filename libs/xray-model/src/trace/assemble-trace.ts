import type { SegmentDocument } from '../segment/segment-document.js';
import { callerOf, findCalls } from './calls.js';
import { collectEntities, isTraced } from './collect-entities.js';
import { describesCall, inferSegment } from './inferred-segment.js';
import type { Trace, TraceEntity, TraceLink, TraceSegment, TraceSubsegment } from './trace.js';

/**
 * Puts a trace together from whatever documents have arrived, in any order. Of two documents with one id a complete
 * one wins over one in progress, and otherwise the later one. Never throws, also not for parents that run in circles.
 *
 * @param documents - documents of this trace as {@link parseSegmentDocument} or the translation made them; those
 *   marked `inferred` are X-Ray's own and made anew
 */
export function assembleTrace(traceId: string, documents: Iterable<SegmentDocument>): Trace {
  const entities = collectEntities(documents);
  const tops = [...entities.values()].filter(({ parent }) => parent === undefined);
  const walked = walkDown(tops);
  const inferred = addInferredSegments(traceId, entities);
  const segments = [...walked.filter(isSegment), ...inferred].sort(byStart);
  const roots = segments.filter(({ isRoot }) => isRoot).sort(byMissingParent);
  const orphans = tops.filter((top): top is TraceSubsegment => top.kind === 'subsegment');
  return {
    id: traceId,
    entities,
    segments,
    roots,
    orphans,
    calls: findCalls(segments),
    links: segments.flatMap(linksOf),
    ...timesOf(walked),
    isPartial: orphans.length > 0 || walked.some(isWaiting),
  };
}

/** Tells every entity where it belongs, callers before callees. A loop, because a chain may be longer than the stack. */
function walkDown(tops: readonly TraceEntity[]): TraceEntity[] {
  const walked: TraceEntity[] = [];
  const waiting = tops.toReversed();
  for (let entity = waiting.pop(); entity !== undefined; entity = waiting.pop()) {
    walked.push(entity);
    if (entity.kind === 'segment') entity.isRoot = callerOf(entity) === undefined;
    else placeSubsegment(entity);
    for (const below of [entity.callees, entity.subsegments]) {
      for (let index = below.length - 1; index >= 0; index -= 1) waiting.push(below[index] as TraceEntity);
    }
  }
  return walked;
}

function placeSubsegment(subsegment: TraceSubsegment): void {
  const { parent, endTimeSec } = subsegment;
  if (parent === undefined) {
    subsegment.isOrphan = true;
    return;
  }
  subsegment.depth = parent.depth + 1;
  const owner = parent.kind === 'segment' ? parent : parent.owner;
  if (owner === undefined) return;
  subsegment.owner = owner;
  if (owner.durationSec === undefined || endTimeSec === undefined) return;
  owner.durationSec = Math.max(owner.durationSec, endTimeSec - owner.startTimeSec);
}

/** Only below a segment: the calls of an orphan would be nodes that nobody calls, until its segment arrives. */
function addInferredSegments(traceId: string, entities: Map<string, TraceEntity>): TraceSegment[] {
  const inferred: TraceSegment[] = [];
  for (const caller of entities.values()) {
    if (caller.kind !== 'subsegment' || caller.owner === undefined) continue;
    if (caller.callees.length > 0 || !describesCall(caller.document)) continue;
    inferred.push(inferredSegment(traceId, caller));
  }
  for (const segment of inferred) entities.set(segment.id, segment);
  return inferred;
}

function inferredSegment(traceId: string, caller: TraceSubsegment): TraceSegment {
  const { document, node } = inferSegment(traceId, caller.document);
  const segment: TraceSegment = {
    kind: 'segment',
    id: document.id,
    document,
    node,
    parent: caller,
    subsegments: [],
    callees: [],
    depth: 0,
    startTimeSec: caller.startTimeSec,
    outcome: caller.outcome,
    isInferred: true,
    isRoot: false,
  };
  if (caller.endTimeSec !== undefined) segment.endTimeSec = caller.endTimeSec;
  if (caller.responseTimeSec !== undefined) {
    segment.responseTimeSec = caller.responseTimeSec;
    segment.durationSec = caller.responseTimeSec;
  }
  caller.callees.push(segment);
  return segment;
}

function isSegment(entity: TraceEntity): entity is TraceSegment {
  return entity.kind === 'segment';
}

function byStart(a: TraceEntity, b: TraceEntity): number {
  return a.startTimeSec - b.startTimeSec;
}

function byMissingParent(a: TraceSegment, b: TraceSegment): number {
  return Number(a.document.parent_id !== undefined) - Number(b.document.parent_id !== undefined);
}

function linksOf(segment: TraceSegment): TraceLink[] {
  return (segment.document.links ?? []).map((link) => ({ segment, link }));
}

function isWaiting(entity: TraceEntity): boolean {
  if (entity.endTimeSec === undefined) return true;
  return (
    entity.kind === 'subsegment' && isTraced(entity) && entity.callees.every(({ isInferred }) => isInferred)
  );
}

function timesOf(entities: readonly TraceEntity[]): Pick<Trace, 'startTimeSec' | 'endTimeSec'> {
  let startTimeSec = Infinity;
  let endTimeSec = -Infinity;
  for (const entity of entities) {
    startTimeSec = Math.min(startTimeSec, entity.startTimeSec);
    endTimeSec = Math.max(endTimeSec, entity.endTimeSec ?? -Infinity);
  }
  if (entities.length === 0) return { startTimeSec: 0, endTimeSec: 0 };
  return { startTimeSec, endTimeSec: Math.max(startTimeSec, endTimeSec) };
}
