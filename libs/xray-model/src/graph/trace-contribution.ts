import { isStartedByMessage } from '../trace/calls.js';
import { describesCall } from '../trace/inferred-segment.js';
import type { NodeKey, Outcome, Trace, TraceEntity, TraceSegment } from '../trace/trace.js';
import { NodePool } from './node-pool.js';
import type { ContributedNode } from './node-pool.js';

/**
 * What one trace adds to a service graph, worked out once however many graphs the trace becomes part of. It is JSON,
 * and small: the samples lie one after the other in flat lists of numbers, which {@link readNodeSamples} and
 * {@link readEdgeSamples} take apart. Nodes are told by their index in `nodes`.
 */
export interface TraceContribution {
  traceId: string;
  nodes: ContributedNode[];
  nodeSamples: number[];
  edgeSamples: number[];
  links: ContributedLink[];
  /** The ids of the entities that a link of another trace can lead to. */
  linkTargetIds: string[];
  /** For each of them the index of its node and when the message had been sent. */
  linkTargets: number[];
}

export interface Sample {
  startTimeSec: number;
  /** The start, while in progress. */
  endTimeSec: number;
  outcome: Outcome;
  responseTimeUs: number;
}

export interface NodeSample extends Sample {
  nodeIndex: number;
  durationUs: number;
}

export interface EdgeSample extends Sample {
  fromIndex: number;
  toIndex: number;
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
    linkTargetIds: [],
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
    contribution.linkTargetIds.push(entity.id);
    contribution.linkTargets.push(nodes.indexOf(target), entity.endTimeSec ?? entity.startTimeSec);
  }
  return contribution;
}

/** Takes the samples of nodes out of their flat list. */
export function* readNodeSamples({ nodeSamples }: TraceContribution): Generator<NodeSample> {
  for (let at = 0; at < nodeSamples.length; at += 6) {
    const [nodeIndex, start, end, outcome, responseTimeUs, durationUs] = nodeSamples.slice(
      at,
      at + 6,
    ) as SixNumbers;
    yield { nodeIndex, ...toSample(start, end, outcome, responseTimeUs), durationUs };
  }
}

/** Takes the samples of edges out of their flat list. */
export function* readEdgeSamples({ edgeSamples }: TraceContribution): Generator<EdgeSample> {
  for (let at = 0; at < edgeSamples.length; at += 6) {
    const [fromIndex, toIndex, start, end, outcome, responseTimeUs] = edgeSamples.slice(
      at,
      at + 6,
    ) as SixNumbers;
    yield { fromIndex, toIndex, ...toSample(start, end, outcome, responseTimeUs) };
  }
}

/** Where a link to the entity leads, and when the message had been sent. */
export function findLinkTarget(contribution: TraceContribution, entityId: string): LinkTarget | undefined {
  const index = contribution.linkTargetIds.indexOf(entityId);
  if (index === -1) return undefined;
  const [nodeIndex, sentTimeSec] = contribution.linkTargets.slice(index * 2) as [number, number];
  return { nodeIndex, sentTimeSec };
}

type SixNumbers = [number, number, number, number, number, number];

const OUTCOMES: readonly Outcome[] = ['ok', 'error', 'throttle', 'fault', 'pending'];

function sampleOf({
  startTimeSec,
  endTimeSec,
  outcome,
  responseTimeSec,
}: TraceEntity): [number, number, number, number] {
  return [startTimeSec, endTimeSec ?? startTimeSec, OUTCOMES.indexOf(outcome), toUs(responseTimeSec)];
}

function toSample(startTimeSec: number, endTimeSec: number, outcome: number, responseTimeUs: number): Sample {
  return { startTimeSec, endTimeSec, outcome: OUTCOMES[outcome] as Outcome, responseTimeUs };
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
