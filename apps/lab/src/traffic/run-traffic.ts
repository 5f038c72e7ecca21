import type { PlannedSignup } from './plan-traffic.js';
import type { SignupResult, TrafficTally } from './traffic-tally.js';
import { countResult, countSent, createTally } from './traffic-tally.js';

export interface TrafficRun {
  plan: readonly PlannedSignup[];
  /** Sends one sign-up; settles within its own time limit. */
  send(signup: PlannedSignup): Promise<SignupResult>;
  /** Waits until so many milliseconds after the start of the run, or until `signal` aborts. */
  waitUntil(atMs: number, signal: AbortSignal): Promise<void>;
  /** Called whenever a sign-up was sent or came out. */
  onProgress(tally: Readonly<TrafficTally>): void;
  /** Ends the run early: nothing more is sent, and only the answers that are still out are waited for. */
  signal: AbortSignal;
}

/**
 * Sends the planned sign-ups at their times and counts what comes back. The loop is open: a slow answer delays no
 * other sign-up, as people who sign up do not wait for each other.
 */
export async function runTraffic(run: TrafficRun): Promise<TrafficTally> {
  const tally = createTally(run.plan.length);
  const pending: Promise<void>[] = [];
  for (const signup of run.plan) {
    await run.waitUntil(signup.atMs, run.signal);
    if (run.signal.aborted) break;
    countSent(tally, signup);
    run.onProgress(tally);
    const counted = run.send(signup).then((result) => {
      countResult(tally, result);
      run.onProgress(tally);
    });
    pending.push(counted);
  }
  await Promise.all(pending);
  return tally;
}
