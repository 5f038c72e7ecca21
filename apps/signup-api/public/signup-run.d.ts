import type { PlannedSignup } from './signup-plan.js';

export interface RunTimers {
  /** Milliseconds that never go back. */
  now(): number;
  setTimeout(callback: () => void, delayMs: number): number;
  clearTimeout(timer: number): void;
}

export interface RunOptions<A> {
  plan: readonly PlannedSignup[];
  durationMs: number;
  timers: RunTimers;
  /** Sends one sign-up; gives up when the signal says so, and never rejects. */
  send(signup: PlannedSignup, signal: AbortSignal): Promise<A>;
  onSent(signup: PlannedSignup): void;
  onAnswered(signup: PlannedSignup, answer: A): void;
  onProgress(elapsedMs: number): void;
  /** Called once; nothing else is called after it. */
  onEnd(isStopped: boolean): void;
}

/**
 * Sends the sign-ups of a plan when they are due, without waiting for answers: a slow service gets no less load.
 * Ends when the time is over and everything sent has been answered.
 *
 * @public
 */
export declare function startRun<A>(options: RunOptions<A>): {
  /** Ends the run at once and gives up what is under way. */
  stop(): void;
};
