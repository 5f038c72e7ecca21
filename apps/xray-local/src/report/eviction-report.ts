import type { EvictionCounts } from '../store/trace.store.js';
import type { JsonLog } from './json-log.js';

/** At most one line in this time. Arbitrary. */
const QUIET_MS = 10_000;

/** Says in the log when traces had to go, and what was short. */
export class EvictionReport {
  private unlogged: EvictionCounts = createCounts();
  private lastLoggedMs = -Infinity;

  constructor(
    private readonly log: JsonLog,
    private readonly now: () => number = Date.now,
  ) {}

  add(reason: keyof EvictionCounts): void {
    this.unlogged[reason] += 1;
    if (this.now() - this.lastLoggedMs >= QUIET_MS) this.logOutstanding();
  }

  /** Writes down what was counted since the last line. */
  logOutstanding(): void {
    const { count, bytes, retention } = this.unlogged;
    if (count + bytes + retention === 0) return;
    this.log('warn', 'dropped the traces that were quiet for the longest', {
      becauseOfMaxTraces: count,
      becauseOfMaxBytes: bytes,
      becauseOfRetention: retention,
    });
    this.unlogged = createCounts();
    this.lastLoggedMs = this.now();
  }
}

function createCounts(): EvictionCounts {
  return { count: 0, bytes: 0, retention: 0 };
}
