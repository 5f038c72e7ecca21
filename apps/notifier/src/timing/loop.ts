import type { Clock } from './clock.js';

/** What is under way when the application stops may take this long; then come the telemetry and the exit. */
const DRAIN_LIMIT_MS = 800;

/** Runs the same work again and again, with the pause that the work asks for, until it is stopped. */
export class Loop {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private drainLimit: AbortSignal | undefined;

  /**
   * @param turn must not throw; returns how long to wait before the next turn, in milliseconds
   */
  constructor(
    private readonly clock: Pick<Clock, 'sleep' | 'timeout'>,
    private readonly turn: (signal: AbortSignal) => Promise<number>,
  ) {}

  /** @param firstWaitMs how long to wait before the first turn */
  start(firstWaitMs = 0): void {
    this.running = this.run(firstWaitMs);
  }

  /** Aborts the signal of the turn under way; no further one begins. */
  stop(): void {
    this.drainLimit ??= this.clock.timeout(DRAIN_LIMIT_MS);
    this.stopping.abort();
  }

  /** Resolves when the turn under way has ended, or soon after the stop. */
  async drained(): Promise<void> {
    this.stop();
    const limit = this.drainLimit;
    if (!limit || limit.aborted) return;
    await Promise.race([
      this.running,
      new Promise<void>((resolve) => limit.addEventListener('abort', () => resolve(), { once: true })),
    ]);
  }

  private async run(firstWaitMs: number): Promise<void> {
    const { signal } = this.stopping;
    let waitMs = firstWaitMs;
    while (!signal.aborted) {
      if (waitMs > 0) await this.clock.sleep(waitMs, signal);
      if (!signal.aborted) waitMs = await this.turn(signal);
    }
  }
}
