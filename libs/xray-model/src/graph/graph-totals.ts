import { toServiceId } from '../trace/service-id.js';
import type { ContributedNode } from './node-pool.js';
import type { Service, ServiceEdge } from './service-graph.js';
import { Histogram, StatisticsSum } from './statistics.js';
import type { Sample } from './trace-contribution.js';

type Times = Pick<Sample, 'startTimeSec' | 'endTimeSec'>;

/** When the earliest sample starts and the latest one ends. */
class TimeSpan {
  startTimeSec = Infinity;
  endTimeSec = -Infinity;

  widen({ startTimeSec, endTimeSec }: Times): void {
    this.startTimeSec = Math.min(this.startTimeSec, startTimeSec);
    this.endTimeSec = Math.max(this.endTimeSec, endTimeSec);
  }
}

/** The samples of one node, and of the edges that start at it. */
export class NodeTotals {
  private readonly span = new TimeSpan();
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

  addSample(sample: Sample, durationUs: number): void {
    this.span.widen(sample);
    if (sample.outcome === 'pending') return;
    this.statistics.add(sample.outcome, sample.responseTimeUs);
    this.responseTimes.add(sample.responseTimeUs);
    this.durations.add(durationUs);
  }

  addCall(to: NodeTotals, sample: Sample): void {
    this.span.widen(sample);
    let totals = this.calls.get(to);
    if (totals === undefined) {
      totals = new CallTotals();
      this.calls.set(to, totals);
    }
    totals.add(sample);
  }

  addLink(to: NodeTotals, times: Times, ageUs: number): void {
    const totals = this.links.get(to) ?? new LinkTotals();
    this.links.set(to, totals);
    totals.add(times, ageUs);
  }

  /** The same graph must come out the same whatever order its traces came in. */
  static inOrder(this: void, a: NodeTotals, b: NodeTotals): number {
    const byStart = a.span.startTimeSec - b.span.startTimeSec;
    if (byStart !== 0) return byStart;
    const byRole = ROLE_ORDER[a.role] - ROLE_ORDER[b.role];
    return byRole === 0 ? Number(a.contributed.key > b.contributed.key) * 2 - 1 : byRole;
  }

  toService(reference: number, references: ReadonlyMap<NodeTotals, number>): Service {
    const { Name, Names, AccountId, Type } = toServiceId(this.contributed.node);
    const hasStatistics = this.role !== 'client';
    return {
      ReferenceId: reference,
      Name,
      Names,
      ...(this.isRoot ? { Root: true } : {}),
      ...(AccountId === undefined ? {} : { AccountId }),
      ...(Type === undefined ? {} : { Type }),
      State: this.role === 'service' ? 'active' : 'unknown',
      StartTime: this.span.startTimeSec,
      EndTime: this.span.endTimeSec,
      Edges: this.toEdges(references),
      ...(hasStatistics ? this.toStatistics() : {}),
    };
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

  add(sample: Sample): void {
    this.span.widen(sample);
    if (sample.outcome === 'pending') return;
    this.statistics.add(sample.outcome, sample.responseTimeUs);
    this.responseTimes.add(sample.responseTimeUs);
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

  add(times: Times, ageUs: number): void {
    this.span.widen(times);
    this.ages.add(ageUs);
  }

  toEdge(reference: number): ServiceEdge {
    return {
      ReferenceId: reference,
      StartTime: this.span.startTimeSec,
      EndTime: this.span.endTimeSec,
      ResponseTimeHistogram: [],
      Aliases: [],
      EdgeType: 'link',
      ReceivedEventAgeHistogram: this.ages.toEntries(),
    };
  }
}
