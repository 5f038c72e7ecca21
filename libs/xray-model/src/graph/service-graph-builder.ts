import { NodeTotals } from './graph-totals.js';
import type { Service } from './service-graph.js';
import type { ContributedNode } from './node-pool.js';
import { findLinkTarget, readEdgeSamples, readNodeSamples } from './trace-contribution.js';
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
  private readonly contributions = new Map<string, TraceContribution>();
  private unresolved: PendingLink[] = [];
  private readonly fromSec: number;
  private readonly untilSec: number;

  constructor({ startTimeSec = -Infinity, endTimeSec = Infinity }: GraphWindow = {}) {
    this.fromSec = startTimeSec;
    this.untilSec = endTimeSec;
  }

  add(contribution: TraceContribution): void {
    const { traceId, nodes, links } = contribution;
    this.contributions.set(traceId, contribution);
    const nodeAt = (index: number): NodeTotals => this.nodeOf(nodes[index] as ContributedNode);
    for (const sample of readNodeSamples(contribution)) {
      if (this.isInWindow(sample)) nodeAt(sample.nodeIndex).addSample(sample);
    }
    for (const sample of readEdgeSamples(contribution)) {
      if (this.isInWindow(sample)) nodeAt(sample.fromIndex).addCall(nodeAt(sample.toIndex), sample);
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
    const known = this.nodes.get(contributed.key);
    const node = known ?? new NodeTotals(contributed);
    if (known === undefined) this.nodes.set(contributed.key, node);
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
