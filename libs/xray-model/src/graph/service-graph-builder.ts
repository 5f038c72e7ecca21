import { NodeTotals } from './graph-totals.js';
import type { Service } from './service-graph.js';
import type { ContributedNode } from './node-pool.js';
import {
  EDGE_SAMPLE_TIMES,
  findLinkTarget,
  NODE_SAMPLE_TIMES,
  readSample,
  SAMPLE_LENGTH,
} from './trace-contribution.js';
import type { ContributedLink, Sample, TraceContribution } from './trace-contribution.js';

/** Half-open: a sample belongs to the window in which it starts. Epoch seconds. */
export interface GraphWindow {
  startTimeSec?: number;
  endTimeSec?: number;
}

/**
 * Adds the contributions of traces up to a service graph. Each trace may be added once; the order does not matter,
 * also not that of a trace and the ones it links to.
 */
export class ServiceGraphBuilder {
  private readonly nodes = new Map<string, NodeTotals>();
  /** The same by the object, which traces with a common pool share: sparing a lookup by a long text a sample. */
  private readonly nodesByObject = new Map<ContributedNode, NodeTotals>();
  private readonly contributions = new Map<string, TraceContribution>();
  private unresolved: PendingLink[] = [];
  private readonly fromSec: number;
  private readonly untilSec: number;

  constructor({ startTimeSec = -Infinity, endTimeSec = Infinity }: GraphWindow = {}) {
    this.fromSec = startTimeSec;
    this.untilSec = endTimeSec;
  }

  add(contribution: TraceContribution): void {
    const { traceId, nodes, nodeSamples, edgeSamples, links } = contribution;
    this.contributions.set(traceId, contribution);
    const nodeAt = (index: number): NodeTotals => this.nodeOf(nodes[index] as ContributedNode);
    for (let at = 0; at < nodeSamples.length; at += SAMPLE_LENGTH) {
      const sample = readSample(nodeSamples, at + NODE_SAMPLE_TIMES);
      if (!this.isInWindow(sample)) continue;
      nodeAt(nodeSamples[at] as number).addSample(sample, nodeSamples[at + SAMPLE_LENGTH - 1] as number);
    }
    for (let at = 0; at < edgeSamples.length; at += SAMPLE_LENGTH) {
      const sample = readSample(edgeSamples, at + EDGE_SAMPLE_TIMES);
      if (!this.isInWindow(sample)) continue;
      nodeAt(edgeSamples[at] as number).addCall(nodeAt(edgeSamples[at + 1] as number), sample);
    }
    for (const link of links) {
      if (this.isInWindow(link)) this.unresolved.push({ link, to: nodeAt(link.toIndex) });
    }
  }

  /** The graph of everything added so far, the earliest node first. */
  build(): Service[] {
    this.unresolved = this.unresolved.filter((pending) => !this.resolve(pending));
    const nodes = [...this.nodes.values()].sort(NodeTotals.inOrder);
    const references = new Map(nodes.map((node, index) => [node, index]));
    return nodes.map((node, index) => node.toService(index, references));
  }

  private isInWindow({ startTimeSec }: Pick<Sample, 'startTimeSec'>): boolean {
    return startTimeSec >= this.fromSec && startTimeSec < this.untilSec;
  }

  private nodeOf(contributed: ContributedNode): NodeTotals {
    const seen = this.nodesByObject.get(contributed);
    if (seen !== undefined) return seen;
    const known = this.nodes.get(contributed.key);
    const node = known ?? new NodeTotals(contributed);
    if (known === undefined) this.nodes.set(contributed.key, node);
    this.nodesByObject.set(contributed, node);
    node.merge(contributed);
    return node;
  }

  /** A link to a trace that is not here, or to a node that has nothing in the window, waits. */
  private resolve({ link, to }: PendingLink): boolean {
    const linked = this.contributions.get(link.traceId);
    const target = linked && findLinkTarget(linked, link.entityId);
    const linkedNode = target && linked.nodes[target.nodeIndex];
    const from = linkedNode && this.nodes.get(linkedNode.key);
    if (target === undefined || from === undefined) return false;
    from.addLink(to, link, Math.max(0, Math.round((link.startTimeSec - target.sentTimeSec) * 1e6)));
    return true;
  }
}

interface PendingLink {
  link: ContributedLink;
  to: NodeTotals;
}
