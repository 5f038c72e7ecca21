import { useEffect, useRef, useState } from 'preact/hooks';
import { refreshCount, refreshIntervalMs } from '../state/view.js';
import { startPolling } from './poller.js';

export interface Polled<T> {
  /** The last good answer to the same question; stays while errors are shown. */
  data: T | undefined;
  /** Why there is no newer answer; goes away by itself. */
  error: Error | undefined;
  /** Nothing has come yet. */
  isFirstLoad: boolean;
}

/**
 * Keeps the answer to a question up to date in the interval of the page, recovers from errors by itself, and rests in
 * a hidden tab.
 *
 * @param key tells one question from another: a new one forgets the old answer
 * @param intervalMs instead of the page's own interval; null asks once
 */
export function usePolling<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
  intervalMs: number | null | undefined = refreshIntervalMs.value,
): Polled<T> {
  const [state, setState] = useState<{ key: string; data?: T; error?: Error }>({ key });
  const loader = useRef(load);
  loader.current = load;

  useEffect(() => {
    const poller = startPolling({
      load: (signal) => loader.current(signal),
      intervalMs: intervalMs ?? undefined,
      onData: (data) => setState({ key, data }),
      onError: (error) => setState((known) => (known.key === key ? { ...known, error } : { key, error })),
    });
    return () => poller.stop();
  }, [key, intervalMs, refreshCount.value]);

  const isCurrent = state.key === key;
  const data = isCurrent ? state.data : undefined;
  const error = isCurrent ? state.error : undefined;
  return { data, error, isFirstLoad: data === undefined && error === undefined };
}
