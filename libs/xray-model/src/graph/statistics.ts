import type { Outcome } from '../trace/trace.js';
import type { HistogramEntry, SummaryStatistics } from './service-graph.js';

/** The outcome of a sample that counts, because it is complete. */
export type CompleteOutcome = Exclude<Outcome, 'pending'>;

/** Adds up samples. Whole microseconds make the sum the same in whatever order they come. */
export class StatisticsSum {
  private readonly counts: Record<CompleteOutcome, number> = {
    ok: 0,
    error: 0,
    throttle: 0,
    fault: 0,
  };
  private totalUs = 0;

  add(outcome: CompleteOutcome, responseTimeUs: number): void {
    this.counts[outcome] += 1;
    this.totalUs += responseTimeUs;
  }

  toSummaryStatistics(): SummaryStatistics {
    const { ok, error, throttle, fault } = this.counts;
    return {
      OkCount: ok,
      ErrorStatistics: { ThrottleCount: throttle, OtherCount: error, TotalCount: throttle + error },
      FaultStatistics: { OtherCount: fault, TotalCount: fault },
      TotalCount: ok + error + throttle + fault,
      TotalResponseTime: Math.round(this.totalUs / 1000) / 1000,
    };
  }
}

/** Counts samples by the millisecond. */
export class Histogram {
  private readonly countByMs = new Map<number, number>();

  add(timeUs: number): void {
    const timeMs = Math.round(timeUs / 1000);
    this.countByMs.set(timeMs, (this.countByMs.get(timeMs) ?? 0) + 1);
  }

  /** The shortest first. */
  toEntries(): HistogramEntry[] {
    const counts = [...this.countByMs].sort(([a], [b]) => a - b);
    return counts.map(([timeMs, count]) => ({ Value: timeMs / 1000, Count: count }));
  }
}
