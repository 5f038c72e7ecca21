import { isUnreachable } from '../aws/is-unreachable.js';
import type { PlannedSignup } from './plan-traffic.js';
import type { SignupResult } from './traffic-tally.js';

/** Signs one person up over HTTP. Never throws: what went wrong is a result to count. */
export async function sendSignup(
  url: string,
  { body }: PlannedSignup,
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<SignupResult> {
  const startMs = performance.now();
  try {
    const response = await fetch(`${url}/signup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)]),
    });
    // Unread bodies would keep their connections busy.
    await response.arrayBuffer();
    return { status: response.status, durationMs: performance.now() - startMs };
  } catch (error) {
    return { status: 'no answer', reason: describeReason(error, options.signal) };
  }
}

/** The reason of a connection that nothing listens to, by which a run can tell that the lab is not up. */
export const NOT_REACHABLE = 'not reachable';

function describeReason(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'interrupted';
  if (isTimeout(error)) return 'too late';
  return isUnreachable(error) ? NOT_REACHABLE : 'connection broke';
}

function isTimeout(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'TimeoutError';
}
