import type { NodeKey, Outcome, Trace, TraceEntity } from './trace.js';

/** One line of a trace's timeline. */
export interface TimelineRow {
  kind: 'segment' | 'subsegment';
  id: string;
  name: string;
  /** The node of a segment: the heading of its block. */
  node?: NodeKey;
  /** The `namespace` of a subsegment. */
  namespace?: string;
  /** The id of the first row of the block: the segment's, or the orphan's that nothing is known above. */
  blockId: string;
  /** 0 on the first row of a block. */
  depth: number;
  /** Seconds after the start of the trace. */
  offsetSec: number;
  /** Absent while in progress. */
  durationSec?: number;
  /** HTTP status of the response. */
  statusCode?: number;
  outcome: Outcome;
  isInferred: boolean;
  /** Its parent has not arrived. */
  isOrphan: boolean;
  /** Everything else about the row. */
  entity: TraceEntity;
}

/** The blocks of a trace, the earliest first: each segment or orphan, and below it its subsegments as a tree. */
export function buildTimeline(trace: Trace): TimelineRow[] {
  const tops: TraceEntity[] = [...trace.segments, ...trace.orphans];
  tops.sort((a, b) => a.startTimeSec - b.startTimeSec);
  return tops.flatMap((top) => blockOf(top).map((entity) => toRow(trace, top.id, entity)));
}

function blockOf(top: TraceEntity): TraceEntity[] {
  const block: TraceEntity[] = [];
  const waiting: TraceEntity[] = [top];
  for (let entity = waiting.pop(); entity !== undefined; entity = waiting.pop()) {
    block.push(entity);
    waiting.push(...entity.subsegments.toReversed());
  }
  return block;
}

function toRow(trace: Trace, blockId: string, entity: TraceEntity): TimelineRow {
  const { document, responseTimeSec } = entity;
  const statusCode = document.http?.response?.status;
  const isSegment = entity.kind === 'segment';
  return {
    kind: entity.kind,
    id: entity.id,
    name: document.name,
    ...(isSegment ? { node: entity.node } : {}),
    ...(isSegment || document.namespace === undefined ? {} : { namespace: document.namespace }),
    blockId,
    depth: entity.depth,
    offsetSec: entity.startTimeSec - trace.startTimeSec,
    ...(responseTimeSec === undefined ? {} : { durationSec: responseTimeSec }),
    ...(statusCode === undefined ? {} : { statusCode }),
    outcome: entity.outcome,
    isInferred: isSegment && entity.isInferred,
    isOrphan: !isSegment && entity.isOrphan,
    entity,
  };
}
