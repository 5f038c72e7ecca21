/** Waits that double from the first one to the longest, until something works again. */
export class Backoff {
  private failures = 0;

  constructor(
    private readonly firstMs: number,
    private readonly longestMs: number,
  ) {}

  /** Counts a failure and tells how long to wait after it. */
  nextMs(): number {
    const waitMs = Math.min(this.firstMs * 2 ** this.failures, this.longestMs);
    this.failures += 1;
    return waitMs;
  }

  reset(): void {
    this.failures = 0;
  }
}
