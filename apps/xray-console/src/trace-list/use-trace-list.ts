import { useEffect, useRef, useState } from 'preact/hooks';
import { startPolling } from '../api/poller.js';
import { getTraceSummaries } from '../api/xray-client.js';
import type { TimeRange } from '../state/time-range.js';
import { toTimeRangeText } from '../state/time-range.js';
import { refreshCount, refreshIntervalMs } from '../state/view.js';
import type { ListReader, ListState } from './list-reader.js';
import { createListReader } from './list-reader.js';

export interface TraceList {
  /** Undefined until something has come. */
  state: ListState | undefined;
  /** Why there is nothing newer; goes away by itself. */
  error: Error | undefined;
  showWaiting(): void;
  loadMore(): void;
}

/**
 * The traces of a range that match a filter, kept up to date in the page's interval.
 *
 * @param isAsked false while the question cannot be asked
 */
export function useTraceList(range: TimeRange, filter: string, isAsked: boolean): TraceList {
  const question = `${toTimeRangeText(range)} ${refreshCount.value} ${filter}`;
  const [answer, setAnswer] = useState<{ question: string; state?: ListState; error?: Error }>({ question });
  const [moreCount, setMoreCount] = useState(0);
  const readers = useRef<{ question: string; reader: ListReader }>(undefined);
  const intervalMs = refreshIntervalMs.value;

  useEffect(() => {
    if (!isAsked) return undefined;
    if (readers.current?.question !== question) {
      const reader = createListReader({
        range,
        filter,
        readPage: getTraceSummaries,
        nowMs: Date.now,
        onState: (state) => {
          if (readers.current?.reader === reader) setAnswer({ question, state });
        },
      });
      readers.current = { question, reader };
    }
    const { reader } = readers.current;
    const poller = startPolling({
      load: (signal) => reader.read(signal),
      intervalMs,
      onData: () => undefined,
      onError: (error) => {
        setAnswer((known) => (known.question === question ? { ...known, error } : { question, error }));
      },
    });
    return () => poller.stop();
  }, [question, intervalMs, isAsked, moreCount]);

  const isCurrent = answer.question === question;
  return {
    state: isCurrent ? answer.state : undefined,
    error: isCurrent ? answer.error : undefined,
    showWaiting: () => readers.current?.reader.showWaiting(),
    loadMore: () => {
      readers.current?.reader.askForMore();
      setMoreCount((count) => count + 1);
    },
  };
}
