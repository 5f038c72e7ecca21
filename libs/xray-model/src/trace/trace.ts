import type { SegmentDocument, SegmentLink } from '../segment/segment-document.js';

/**
 * One trace, put together from the documents that have arrived so far: the model that the service graph, the
 * summaries, the filters and the timeline read. It is data without behaviour, and nobody changes it after
 * {@link assembleTrace} has made it.
 *
 * Times are epoch seconds as the documents gave them; lengths of time are seconds and never negative.
 */
export interface Trace {
  /** `1-` + 8 hex digits + `-` + 24 hex digits. */
  id: string;
  /** Every segment and subsegment, nested or independent, and every inferred segment, by its id. */
  entities: ReadonlyMap<string, TraceEntity>;
  /** The real and the inferred segments, the earliest first: each is one sample of its `node`. */
  segments: readonly TraceSegment[];
  /**
   * The segments that no segment of this trace called: no `parent_id`, or one that is not here. Those without a
   * `parent_id` come first, then the earliest. Empty while only subsegments have arrived.
   */
  roots: readonly TraceSegment[];
  /** The tops of the subtrees whose segment has not arrived, the earliest first. They belong to no node. */
  orphans: readonly TraceSubsegment[];
  /** Who called whom; each is one sample of the edge `from` -> `to`. The clients of the roots are among them. */
  calls: readonly TraceCall[];
  /** What the segments of this trace say about the messages that started them. */
  links: readonly TraceLink[];
  /** The earliest start of any entity. */
  startTimeSec: number;
  /** The latest end of any completed entity, or `startTimeSec` when none is complete. */
  endTimeSec: number;
  /** Something is still to come: an entity in progress, an orphan, or a call marked `traced` without its segment. */
  isPartial: boolean;
}

/** A segment or subsegment with its place in the trace. */
export type TraceEntity = TraceSegment | TraceSubsegment;

interface EntityFields {
  id: string;
  /**
   * What was received (or inferred), unchanged. Its `subsegments` are only those that came nested in it; use the
   * entity's `subsegments` to walk the tree.
   */
  document: SegmentDocument;
  /** The entity that `parent_id` or the nesting names, when it is in the trace. */
  parent?: TraceEntity;
  /** The subsegments directly below, the earliest first. */
  subsegments: TraceSubsegment[];
  /**
   * The segments whose `parent_id` is this entity, the earliest first: the other side of the call, real or, under a
   * call that nobody answered with a segment, the one inferred segment.
   */
  callees: TraceSegment[];
  /** Levels below its own segment, or below its orphan: 0 on those themselves. */
  depth: number;
  startTimeSec: number;
  /** Absent while in progress. */
  endTimeSec?: number;
  /** End minus start; absent while in progress. */
  responseTimeSec?: number;
  /** The one class the entity counts in, with the precedence fault, throttle, error, ok. */
  outcome: Outcome;
}

/** A segment: the work of one service, or of something inferred from a call to it. */
export interface TraceSegment extends EntityFields {
  kind: 'segment';
  /** The node of the map whose sample this segment is. */
  node: NodeKey;
  /** Made from the calling subsegment (`parent`), because what was called sends no segments. */
  isInferred: boolean;
  /** In {@link Trace.roots}. */
  isRoot: boolean;
  /** The last end of the segment or of any of its subsegments, minus its start; absent while in progress. */
  durationSec?: number;
}

/** A part of a segment's work; with `namespace` `aws` or `remote`, or with `sql`, the description of a call. */
export interface TraceSubsegment extends EntityFields {
  kind: 'subsegment';
  /** The nearest segment above. Absent on orphans and on everything below them. */
  owner?: TraceSegment;
  /** In {@link Trace.orphans}: its parent is not in the trace. */
  isOrphan: boolean;
}

/**
 * `ok`, `error` (4xx), `throttle` (429), `fault` (5xx) as the document's flags say; `pending` while in progress,
 * whatever the flags say.
 */
export type Outcome = 'ok' | 'error' | 'throttle' | 'fault' | 'pending';

/** What makes a node of the map: two samples with equal keys belong to one node. */
export interface NodeKey {
  name: string;
  /** Absent on a service that does not say where it runs (a segment without `origin`). */
  type?: string;
  accountId?: string;
}

/** One call, as its caller saw it. */
export interface TraceCall {
  /** The calling service, or the client of a root: type `client`, named like the root's node. */
  from: NodeKey;
  to: NodeKey;
  /** The segment that made the call. Absent when the caller is the client. */
  caller?: TraceSegment;
  callee: TraceSegment;
  /** The subsegment the call went through. Absent when `callee` hangs directly below a segment or a client. */
  through?: TraceSubsegment;
  /**
   * Where the numbers of the call come from (`outcome`, times, `document.http`): `through` when it describes a call,
   * otherwise `callee`.
   */
  view: TraceEntity;
}

/**
 * A segment was started by a message that was sent in the linked entity, usually of another trace. A root with
 * links that answers no HTTP request has no client: the edge to it comes from the node of the linked entity, if that
 * trace is at hand.
 */
export interface TraceLink {
  segment: TraceSegment;
  link: SegmentLink;
}
