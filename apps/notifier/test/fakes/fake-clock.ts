import type { Clock } from '../../src/timing/clock.js';

interface Waiter {
  dueMs: number;
  wake: () => void;
}

/** Time that passes only when a test says so. */
export class FakeClock implements Clock {
  private waiters: Waiter[] = [];

  constructor(private currentMs = Date.parse('2026-01-01T12:00:00.000Z')) {}

  nowMs(): number {
    return this.currentMs;
  }

  sleep(durationMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const waiter = { dueMs: this.currentMs + durationMs, wake: resolve };
      this.waiters.push(waiter);
      signal.addEventListener('abort', () => {
        this.waiters = this.waiters.filter((other) => other !== waiter);
        resolve();
      });
    });
  }

  timeout(durationMs: number): AbortSignal {
    const controller = new AbortController();
    const wake = (): void => controller.abort(new DOMException('the time is over', 'TimeoutError'));
    this.waiters.push({ dueMs: this.currentMs + durationMs, wake });
    return controller.signal;
  }

  /** Lets time pass; whatever falls due on the way happens in order, each with all that follows from it. */
  async advance(durationMs: number): Promise<void> {
    const endMs = this.currentMs + durationMs;
    await settle();
    for (let due = this.takeDue(endMs); due; due = this.takeDue(endMs)) {
      this.currentMs = due.dueMs;
      due.wake();
      await settle();
    }
    this.currentMs = endMs;
  }

  private takeDue(endMs: number): Waiter | undefined {
    const [first] = this.waiters.filter((waiter) => waiter.dueMs <= endMs).sort((a, b) => a.dueMs - b.dueMs);
    this.waiters = this.waiters.filter((waiter) => waiter !== first);
    return first;
  }
}

/** Lets everything happen that can happen without time passing. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
