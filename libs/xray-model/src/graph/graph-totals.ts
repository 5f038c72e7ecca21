import { toServiceId } from '../trace/service-id.js';
import type { ContributedNode } from './node-pool.js';
import type { Service, ServiceEdge } from './service-graph.js';
import { Histogram, StatisticsSum } from './statistics.js';
import { outcomeAt, responseTimeUsAt } from './trace-contribution.js';
import type { Sample } from './trace-contribution.js';

type Times = Pick<Sample, 'startTimeSec' | 'endTimeSec'>;

/** When the earliest sample starts and the latest one ends. */
class TimeSpan {
  startTimeSec = Infinity;
  endTimeSec = -Infinity;

  widen(startTimeSec: number, endTimeSec: number): void {
    if (startTimeSec < this.startTimeSec) this.startTimeSec = startTimeSec;
    if (endTimeSec > this.endTimeSec) this.endTimeSec = endTimeSec;
  }
}

/** The samples of one node, and of the edges that start at it. */
export class NodeTotals {
  private readonly span = new TimeSpan();
  /** Of the calls to the node: all that is known of it when what they called started outside of the window. */
  private readonly called = new TimeSpan();
  private readonly statistics = new StatisticsSum();
  private readonly durations = new Histogram();
  private readonly responseTimes = new Histogram();
  private readonly calls = new Map<NodeTotals, CallTotals>();
  private readonly links = new Map<NodeTotals, LinkTotals>();
  private role: ContributedNode['role'];
  private isRoot = false;

  constructor(private readonly contributed: ContributedNode) {
    this.role = contributed.role;
  }

  /** Takes over what another trace knows about the same node. */
  merge({ role, isRoot }: ContributedNode): void {
    if (role === 'service') this.role = role;
    this.isRoot ||= isRoot;
  }

  /** @param at - where the times of the sample begin in the list */
  addSample(samples: readonly number[], at: number, durationUs: number): void {
    this.span.widen(samples[at] as number, samples[at + 1] as number);
    const outcome = outcomeAt(samples, at);
    if (outcome === 'pending') return;
    const responseTimeUs = responseTimeUsAt(samples, at);
    this.statistics.add(outcome, responseTimeUs);
    this.responseTimes.add(responseTimeUs);
    this.durations.add(durationUs);
  }

  addCall(to: NodeTotals, samples: readonly number[], at: number): void {
    const startTimeSec = samples[at] as number;
    const endTimeSec = samples[at + 1] as number;
    this.span.widen(startTimeSec, endTimeSec);
    to.called.widen(startTimeSec, endTimeSec);
    let totals = this.calls.get(to);
    if (totals === undefined) {
      totals = new CallTotals();
      this.calls.set(to, totals);
    }
    totals.add(samples, at);
  }

  addLink(to: NodeTotals, times: Times, ageUs: number): void {
    const totals = this.links.get(to) ?? new LinkTotals();
    this.links.set(to, totals);
    totals.add(times, ageUs);
  }

  /** The same graph must come out the same whatever order its traces came in. */
  static inOrder(this: void, a: NodeTotals, b: NodeTotals): number {
    const byStart = a.times().startTimeSec - b.times().startTimeSec;
    if (byStart !== 0) return byStart;
    const byRole = ROLE_ORDER[a.role] - ROLE_ORDER[b.role];
    return byRole === 0 ? Number(a.contributed.key > b.contributed.key) * 2 - 1 : byRole;
  }

  toService(reference: number, references: ReadonlyMap<NodeTotals, number>): Service {
    const { Name, Names, AccountId, Type } = toServiceId(this.contributed.node);
    const hasStatistics = this.role !== 'client';
    const { startTimeSec, endTimeSec } = this.times();
    return {
      ReferenceId: reference,
      Name,
      Names,
      ...(this.isRoot ? { Root: true } : {}),
      ...(AccountId === undefined ? {} : { AccountId }),
      ...(Type === undefined ? {} : { Type }),
      State: this.role === 'service' ? 'active' : 'unknown',
      StartTime: startTimeSec,
      EndTime: endTimeSec,
      Edges: this.toEdges(references),
      ...(hasStatistics ? this.toStatistics() : {}),
    };
  }

  private times(): Times {
    return this.span.startTimeSec === Infinity ? this.called : this.span;
  }

  private toEdges(references: ReadonlyMap<NodeTotals, number>): ServiceEdge[] {
    const edges = [...this.calls, ...this.links].map(([to, totals]) =>
      totals.toEdge(references.get(to) as number),
    );
    return edges.sort((a, b) => a.ReferenceId - b.ReferenceId);
  }

  private toStatistics(): Pick<Service, 'SummaryStatistics' | 'DurationHistogram' | 'ResponseTimeHistogram'> {
    return {
      SummaryStatistics: this.statistics.toSummaryStatistics(),
      DurationHistogram: this.durations.toEntries(),
      ResponseTimeHistogram: this.responseTimes.toEntries(),
    };
  }
}

const ROLE_ORDER: Record<ContributedNode['role'], number> = { client: 0, service: 1, inferred: 2 };

class CallTotals {
  private readonly span = new TimeSpan();
  private readonly statistics = new StatisticsSum();
  private readonly responseTimes = new Histogram();

  add(samples: readonly number[], at: number): void {
    this.span.widen(samples[at] as number, samples[at + 1] as number);
    const outcome = outcomeAt(samples, at);
    if (outcome === 'pending') return;
    const responseTimeUs = responseTimeUsAt(samples, at);
    this.statistics.add(outcome, responseTimeUs);
    this.responseTimes.add(responseTimeUs);
  }

  toEdge(reference: number): ServiceEdge {
    return {
      ReferenceId: reference,
      StartTime: this.span.startTimeSec,
      EndTime: this.span.endTimeSec,
      SummaryStatistics: this.statistics.toSummaryStatistics(),
      ResponseTimeHistogram: this.responseTimes.toEntries(),
      Aliases: [],
    };
  }
}

class LinkTotals {
  private readonly span = new TimeSpan();
  private readonly ages = new Histogram();

  add({ startTimeSec, endTimeSec }: Times, ageUs: number): void {
    this.span.widen(startTimeSec, endTimeSec);
    this.ages.add(ageUs);
  }

  toEdge(reference: number): ServiceEdge {
    return {
      ReferenceId: reference,
      StartTime: this.span.startTimeSec,
      EndTime: this.span.endTimeSec,
      SummaryStatistics: {},
      ResponseTimeHistogram: [],
      Aliases: [],
      EdgeType: 'link',
      ReceivedEventAgeHistogram: this.ages.toEntries(),
    };
  }
}
