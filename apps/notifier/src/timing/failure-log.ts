import type { Clock } from './clock.js';

/** The part of Nest's logger that is needed here. */
export interface LogLines {
  log(message: string | object): void;
  warn(message: string): void;
}

const SUMMARY_EVERY_MS = 60_000;

/** Reports a failure that repeats: the first one at once, then one line a minute, and its end. */
export class FailureLog {
  private failures = 0;
  private firstMs = 0;
  private lastLineMs = 0;

  constructor(
    private readonly lines: LogLines,
    private readonly clock: Pick<Clock, 'nowMs'>,
    /** What fails, as the beginning of a sentence: `reading the queue`. */
    private readonly what: string,
  ) {}

  failed(reason: string): void {
    const nowMs = this.clock.nowMs();
    this.failures += 1;
    if (this.failures === 1) this.firstMs = nowMs;
    const isFirst = this.failures === 1;
    if (!isFirst && nowMs - this.lastLineMs < SUMMARY_EVERY_MS) return;
    this.lastLineMs = nowMs;
    this.lines.warn(
      isFirst
        ? `${this.what} failed: ${reason}`
        : `${this.what} failed ${this.failures} times, lately: ${reason}`,
    );
  }

  worked(): void {
    if (this.failures === 0) return;
    const outageSec = Math.round((this.clock.nowMs() - this.firstMs) / 1000);
    this.lines.log(`${this.what} works again after ${this.failures} failures in ${outageSec} s`);
    this.failures = 0;
  }
}
