import { setTimeout as delay } from 'node:timers/promises';

const POLL_INTERVAL_MS = 50;

/**
 * Asks again and again until there is an answer, and fails with the reason when the time is over.
 *
 * @param what completes "waited in vain for …"
 * @param check gives undefined, null or false while there is nothing yet; an error it throws counts as that
 */
export async function waitFor<T>(
  what: string,
  check: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  options: { timeoutMs: number } = { timeoutMs: 10_000 },
): Promise<T> {
  const deadlineMs = performance.now() + options.timeoutMs;
  let lastError: unknown;
  do {
    try {
      const found = await check();
      if (found !== undefined && found !== null && found !== false) return found;
    } catch (error) {
      lastError = error;
    }
    await delay(POLL_INTERVAL_MS);
  } while (performance.now() < deadlineMs);
  throw new Error(`waited in vain for ${what} (${options.timeoutMs} ms)`, { cause: lastError });
}
