import { isStartedByMessage } from '../trace/calls.js';
import { describesCall } from '../trace/inferred-segment.js';
import type { NodeKey, Outcome, Trace, TraceEntity, TraceSegment } from '../trace/trace.js';
import { NodePool } from './node-pool.js';
import type { ContributedNode } from './node-pool.js';

/**
 * What one trace adds to a service graph, worked out once however many graphs the trace becomes part of. It is JSON,
 * and small: the samples lie one after the other in flat lists of numbers, `SAMPLE_LENGTH` for each. Nodes are told by their index in `nodes`.
 */
export interface TraceContribution {
  traceId: string;
  nodes: readonly ContributedNode[];
  /** Of each segment: the index of its node, start, end, outcome, response time (µs), duration (µs). */
  nodeSamples: number[];
  /** Of each call: the indexes of caller and callee, start, end, outcome, response time (µs). */
  edgeSamples: number[];
  links: ContributedLink[];
  /**
   * Of each entity that a link of another trace can lead to: its id as `numberOfId`, the index of its node, and
   * when the message had been sent.
   */
  linkTargets: number[];
}

export interface Sample {
  startTimeSec: number;
  /** The start, while in progress. */
  endTimeSec: number;
  outcome: Outcome;
  responseTimeUs: number;
}

export interface ContributedLink {
  toIndex: number;
  traceId: string;
  entityId: string;
  startTimeSec: number;
  endTimeSec: number;
}

export interface LinkTarget {
  nodeIndex: number;
  sentTimeSec: number;
}

/**
 * Works out what a trace adds to a service graph. Does not keep the trace.
 *
 * @param pool - given for many traces, they share what is equal among their nodes
 */
export function contributionsOf(trace: Trace, pool: NodePool = new NodePool()): TraceContribution {
  const nodes = new NodeList(pool);
  const contribution: TraceContribution = {
    traceId: trace.id,
    nodes: nodes.all,
    nodeSamples: [],
    edgeSamples: [],
    links: [],
    linkTargets: [],
  };
  for (const segment of trace.segments) {
    const { durationSec } = segment;
    contribution.nodeSamples.push(nodes.indexOf(segment), ...sampleOf(segment), toUs(durationSec));
  }
  for (const { from, caller, callee, view } of trace.calls) {
    const fromIndex = caller === undefined ? nodes.indexOfClient(from, callee) : nodes.indexOf(caller);
    contribution.edgeSamples.push(fromIndex, nodes.indexOf(callee), ...sampleOf(view));
  }
  for (const { segment, link } of trace.links) {
    const [startTimeSec, endTimeSec] = sampleOf(segment);
    const toIndex = nodes.indexOf(segment);
    contribution.links.push({ toIndex, traceId: link.trace_id, entityId: link.id, startTimeSec, endTimeSec });
  }
  for (const entity of trace.entities.values()) {
    const target = linkTargetOf(entity);
    if (target === undefined) continue;
    const sentTimeSec = entity.endTimeSec ?? entity.startTimeSec;
    contribution.linkTargets.push(numberOfId(entity.id), nodes.indexOf(target), sentTimeSec);
  }
  return { ...trimmed(contribution), nodes: pool.list(nodes.all) };
}

/** Copies have no room to grow, which lists that were pushed to have plenty of. */
function trimmed(contribution: TraceContribution): TraceContribution {
  const { nodeSamples, edgeSamples, linkTargets } = contribution;
  return {
    ...contribution,
    nodeSamples: nodeSamples.slice(),
    edgeSamples: edgeSamples.slice(),
    linkTargets: linkTargets.slice(),
  };
}

/** How many numbers one sample of either list has. */
export const SAMPLE_LENGTH = 6;

/** A sample of a node starts with `nodeIndex`, one of an edge with `fromIndex` and `toIndex`; then come these. */
export const NODE_SAMPLE_TIMES = 1;
export const EDGE_SAMPLE_TIMES = 2;

/** Reads what both kinds of samples have: `at` is where the start time stands. */
export function readSample(samples: readonly number[], at: number): Sample {
  return {
    startTimeSec: samples[at] as number,
    endTimeSec: samples[at + 1] as number,
    outcome: outcomeAt(samples, at),
    responseTimeUs: responseTimeUsAt(samples, at),
  };
}

/** The outcome alone, without making a {@link Sample} of it. */
export function outcomeAt(samples: readonly number[], at: number): Outcome {
  return OUTCOMES[samples[at + 2] as number] as Outcome;
}

/** The response time alone. */
export function responseTimeUsAt(samples: readonly number[], at: number): number {
  return samples[at + 3] as number;
}

/** Whether some segment of the trace, an inferred one too, ended in the half-open window; epoch seconds. */
export function hasSegmentEndingIn(
  { nodeSamples }: TraceContribution,
  window: { startSec: number; endSec: number },
): boolean {
  for (let at = NODE_SAMPLE_TIMES; at < nodeSamples.length; at += SAMPLE_LENGTH) {
    const endSec = nodeSamples[at + 1] as number;
    const isInWindow = endSec >= window.startSec && endSec < window.endSec;
    if (isInWindow && outcomeAt(nodeSamples, at) !== 'pending') return true;
  }
  return false;
}

/** Where a link to the entity leads, and when the message had been sent. */
export function findLinkTarget({ linkTargets }: TraceContribution, entityId: string): LinkTarget | undefined {
  const idNumber = numberOfId(entityId);
  for (let at = 0; at < linkTargets.length; at += LINK_TARGET_LENGTH) {
    if (linkTargets[at] !== idNumber) continue;
    return { nodeIndex: linkTargets[at + 1] as number, sentTimeSec: linkTargets[at + 2] as number };
  }
  return undefined;
}

const LINK_TARGET_LENGTH = 3;

/** The last 13 of 16 hex digits, because 52 bits are what a number holds: enough to tell entities of one trace apart. */
function numberOfId(id: string): number {
  return Number.parseInt(id.slice(-13), 16);
}

const OUTCOMES: readonly Outcome[] = ['ok', 'error', 'throttle', 'fault', 'pending'];

function sampleOf({
  startTimeSec,
  endTimeSec,
  outcome,
  responseTimeSec,
}: TraceEntity): [number, number, number, number] {
  return [startTimeSec, endTimeSec ?? startTimeSec, OUTCOMES.indexOf(outcome), toUs(responseTimeSec)];
}

function toUs(seconds = 0): number {
  return Math.round(seconds * 1e6);
}

/** A call leads to what it called, everything else to the service it is part of. */
function linkTargetOf(entity: TraceEntity): TraceSegment | undefined {
  if (entity.kind === 'segment') return entity;
  const callee = describesCall(entity.document) ? entity.callees[0] : undefined;
  return callee ?? entity.owner;
}

/** The nodes of one trace. One that several segments share may be listed more than once; the builder merges by key. */
class NodeList {
  readonly all: ContributedNode[] = [];
  private readonly indexes = new Map<ContributedNode | TraceSegment, number>();

  constructor(private readonly pool: NodePool) {}

  indexOf(segment: TraceSegment): number {
    const known = this.indexes.get(segment);
    if (known !== undefined) return known;
    const role = segment.isInferred ? 'inferred' : 'service';
    const index = this.add(
      this.pool.node(segment.node, role, segment.isRoot && !isStartedByMessage(segment)),
    );
    this.indexes.set(segment, index);
    return index;
  }

  indexOfClient(client: NodeKey, callee: TraceSegment): number {
    return this.add(this.pool.client(client, callee.node));
  }

  private add(node: ContributedNode): number {
    const known = this.indexes.get(node);
    if (known !== undefined) return known;
    const index = this.all.push(node) - 1;
    this.indexes.set(node, index);
    return index;
  }
}
