import { NodeTotals } from './graph-totals.js';
import type { Service } from './service-graph.js';
import type { ContributedNode } from './node-pool.js';
import { EDGE_SAMPLE_TIMES, findLinkTarget, NODE_SAMPLE_TIMES, SAMPLE_LENGTH } from './trace-contribution.js';
import type { ContributedLink, TraceContribution } from './trace-contribution.js';

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
  /** By the lists of nodes, which traces with a common pool share: one look-up a trace instead of two a sample. */
  private readonly totals = new Map<readonly ContributedNode[], (NodeTotals | undefined)[]>();
  private readonly contributions: TraceContribution[] = [];
  private unresolved: PendingLink[] = [];
  private readonly fromSec: number;
  private readonly untilSec: number;

  constructor({ startTimeSec = -Infinity, endTimeSec = Infinity }: GraphWindow = {}) {
    this.fromSec = startTimeSec;
    this.untilSec = endTimeSec;
  }

  /** Adds a trace, or as much of it as lies in the window. */
  add(contribution: TraceContribution): void {
    const { nodes, nodeSamples, edgeSamples, links } = contribution;
    this.contributions.push(contribution);
    const totals = this.totalsOf(nodes);
    // A node that has nothing in the window is none of the graph.
    const nodeAt = (index: number): NodeTotals =>
      (totals[index] ??= this.nodeOf(nodes[index] as ContributedNode));
    for (let at = 0; at < nodeSamples.length; at += SAMPLE_LENGTH) {
      const timesAt = at + NODE_SAMPLE_TIMES;
      if (!this.isInWindow(nodeSamples[timesAt] as number)) continue;
      const durationUs = nodeSamples[at + SAMPLE_LENGTH - 1] as number;
      nodeAt(nodeSamples[at] as number).addSample(nodeSamples, timesAt, durationUs);
    }
    for (let at = 0; at < edgeSamples.length; at += SAMPLE_LENGTH) {
      const timesAt = at + EDGE_SAMPLE_TIMES;
      if (!this.isInWindow(edgeSamples[timesAt] as number)) continue;
      const to = nodeAt(edgeSamples[at + 1] as number);
      nodeAt(edgeSamples[at] as number).addCall(to, edgeSamples, timesAt);
    }
    for (const link of links) {
      if (this.isInWindow(link.startTimeSec)) this.unresolved.push({ link, to: nodeAt(link.toIndex) });
    }
  }

  /** The graph of everything added so far, the earliest node first. */
  build(): Service[] {
    const linked = this.linkedContributions();
    this.unresolved = this.unresolved.filter((pending) => !this.resolve(pending, linked));
    const nodes = [...this.nodes.values()].sort(NodeTotals.inOrder);
    const references = new Map(nodes.map((node, index) => [node, index]));
    return nodes.map((node, index) => node.toService(index, references));
  }

  private isInWindow(startTimeSec: number): boolean {
    return startTimeSec >= this.fromSec && startTimeSec < this.untilSec;
  }

  private totalsOf(nodes: readonly ContributedNode[]): (NodeTotals | undefined)[] {
    let totals = this.totals.get(nodes);
    if (totals === undefined) {
      totals = nodes.map(() => undefined);
      this.totals.set(nodes, totals);
    }
    return totals;
  }

  private nodeOf(contributed: ContributedNode): NodeTotals {
    const known = this.nodes.get(contributed.key);
    const node = known ?? new NodeTotals(contributed);
    if (known === undefined) this.nodes.set(contributed.key, node);
    node.merge(contributed);
    return node;
  }

  /** Found only now, because most traces have nothing to do with links. */
  private linkedContributions(): Map<string, TraceContribution> {
    const wantedIds = new Set(this.unresolved.map(({ link }) => link.traceId));
    if (wantedIds.size === 0) return new Map();
    const linked = this.contributions.filter(({ traceId }) => wantedIds.has(traceId));
    return new Map(linked.map((contribution) => [contribution.traceId, contribution]));
  }

  /** A link to a trace that is not here, or to a node that has nothing in the window, waits. */
  private resolve({ link, to }: PendingLink, contributions: ReadonlyMap<string, TraceContribution>): boolean {
    const linked = contributions.get(link.traceId);
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
