/** How to keep an answer up to date. */
export interface PollOptions<T> {
  load: (signal: AbortSignal) => Promise<T>;
  /** Undefined: once, and again only after an error. */
  intervalMs: number | undefined;
  onData: (data: T) => void;
  onError: (error: Error) => void;
}

export interface Poller {
  /** Stops for good; what is under way is called off. */
  stop(): void;
}

const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 10_000;
/** A server that needs long is left alone for as long again, several times over. */
const REST_FACTOR = 3;

/**
 * Asks now and then again: in the interval, slower where the server is slow, with growing pauses after errors, and not
 * while the page is hidden.
 */
export function startPolling<T>({ load, intervalMs, onData, onError }: PollOptions<T>): Poller {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failureCount = 0;

  const runLater = (delayMs: number): void => {
    timer = setTimeout(() => whenVisible(abort.signal, () => void run()), delayMs);
  };
  const run = async (): Promise<void> => {
    const startMs = performance.now();
    try {
      const data = await load(abort.signal);
      if (abort.signal.aborted) return;
      failureCount = 0;
      onData(data);
    } catch (error) {
      if (abort.signal.aborted) return;
      failureCount += 1;
      onError(error instanceof Error ? error : new Error(String(error)));
    }
    const tookMs = performance.now() - startMs;
    if (failureCount > 0) runLater(Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** (failureCount - 1)));
    else if (intervalMs !== undefined) runLater(Math.max(intervalMs - tookMs, tookMs * REST_FACTOR));
  };

  void run();
  return {
    stop: () => {
      clearTimeout(timer);
      abort.abort();
    },
  };
}

function whenVisible(signal: AbortSignal, then: () => void): void {
  if (document.visibilityState !== 'hidden') return then();
  const check = (): void => {
    if (document.visibilityState === 'hidden') return;
    document.removeEventListener('visibilitychange', check);
    then();
  };
  document.addEventListener('visibilitychange', check, { signal });
}
