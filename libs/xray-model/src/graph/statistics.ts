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

/** Below it a list is faster than a map. Arbitrary: most of what is traced takes less. */
const LISTED_MS = 256;

/** Counts samples by the millisecond. */
export class Histogram {
  /** Of what took 0 ms, 1 ms and so on, as far as anything did. */
  private readonly listed: number[] = [];
  private readonly others = new Map<number, number>();

  add(timeUs: number): void {
    const timeMs = Math.round(timeUs / 1000);
    if (timeMs >= LISTED_MS) {
      this.others.set(timeMs, (this.others.get(timeMs) ?? 0) + 1);
      return;
    }
    while (this.listed.length <= timeMs) this.listed.push(0);
    this.listed[timeMs] = (this.listed[timeMs] ?? 0) + 1;
  }

  /** The shortest first. */
  toEntries(): HistogramEntry[] {
    const others = [...this.others].sort(([a], [b]) => a - b);
    return [...this.listed.entries(), ...others]
      .filter(([, count]) => count > 0)
      .map(([timeMs, count]) => ({ Value: timeMs / 1000, Count: count }));
  }
}
