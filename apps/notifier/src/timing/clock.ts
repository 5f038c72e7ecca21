import { setTimeout as delay } from 'node:timers/promises';

/** Time, so that a test can make it pass. */
export interface Clock {
  nowMs(): number;
  /** Ends early, and without an error, when the signal is aborted. */
  sleep(durationMs: number, signal: AbortSignal): Promise<void>;
  /** A signal that is aborted after this time. */
  timeout(durationMs: number): AbortSignal;
}

export const CLOCK = Symbol('CLOCK');

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  // An abort rejects the delay; for the caller it is just the end of the wait.
  sleep: (durationMs, signal) => delay(durationMs, undefined, { signal, ref: false }).catch(() => undefined),
  timeout: (durationMs) => AbortSignal.timeout(durationMs),
};
