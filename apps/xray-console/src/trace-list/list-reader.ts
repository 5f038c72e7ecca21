import type { SummaryQuery, TraceSummaryPage } from '../api/xray-client.js';
import type { TimeRange, TimeWindow } from '../state/time-range.js';
import { toTimeWindow } from '../state/time-range.js';
import type { LiveList } from './live-list.js';
import { appendSummaries, dropBefore, EMPTY_LIST, receiveSummaries, showWaiting } from './live-list.js';

/** What the page shows, and how far the reading has come. */
export interface ListState {
  list: LiveList;
  window: TimeWindow;
  /** The first pages are still being read. */
  isLoading: boolean;
  /** There are older traces that nobody has asked for yet. */
  hasMore: boolean;
  /** Traces that the server looked at, matching or not. */
  processedCount: number;
}

export interface ListReader {
  /** Reads the list or, when it is there, what has come since. */
  read(signal: AbortSignal): Promise<void>;
  showWaiting(): void;
  /** The next {@link MAX_AT_ONCE} of the older ones come with the next reading. */
  askForMore(): void;
}

interface ListReaderOptions {
  range: TimeRange;
  filter: string;
  readPage: (query: SummaryQuery, signal: AbortSignal) => Promise<TraceSummaryPage>;
  nowMs: () => number;
  onState: (state: ListState) => void;
}

/** Arbitrary: more than anybody scrolls through, and what a browser draws without effort. */
const MAX_AT_ONCE = 10_000;
/** The reader sees progress, and the page is not drawn for every hundred traces: the longer the list, the rarer. */
const SHOW_EVERY_MS = 250;
const SHOW_EVERY_MS_PER_TRACE = 0.3;
/** What is just too old may stay for this part of the range, so that a long list is not drawn anew all the time. */
const GRACE = 0.02;

/** Reads a list of traces page by page, and keeps it up to date without moving what is shown. */
export function createListReader({ range, filter, readPage, nowMs, onState }: ListReaderOptions): ListReader {
  const query = { filter };
  let window = toTimeWindow(range, nowMs());
  let older: { window: TimeWindow; nextToken: string | undefined } | undefined;
  let wantedCount = MAX_AT_ONCE;
  let shownAtMs = -Infinity;
  let state: ListState = { list: EMPTY_LIST, window, isLoading: true, hasMore: false, processedCount: 0 };

  const publish = (changes: Partial<ListState>): void => {
    state = { ...state, ...changes };
    shownAtMs = nowMs();
    onState(state);
  };
  /** The pages of one question belong to one window, also when later readings have a later one. */
  const readOlder = async (signal: AbortSignal): Promise<void> => {
    older ??= { window, nextToken: undefined };
    let { list, processedCount } = state;
    let isFirst = older.nextToken === undefined;
    while ((isFirst || older.nextToken !== undefined) && list.shown.length < wantedCount) {
      const page: TraceSummaryPage = await readPage({ ...query, ...older }, signal);
      isFirst = false;
      list = appendSummaries(list, page.TraceSummaries);
      processedCount += page.TracesProcessedCount;
      older.nextToken = page.NextToken;
      const showAfterMs = SHOW_EVERY_MS + list.shown.length * SHOW_EVERY_MS_PER_TRACE;
      if (nowMs() - shownAtMs >= showAfterMs) publish({ list, processedCount });
      else state = { ...state, list, processedCount };
    }
    publish({ list, processedCount, isLoading: false, hasMore: older.nextToken !== undefined });
  };
  /** Pages from the newest back to one that is known already. */
  const readNewer = async (signal: AbortSignal): Promise<void> => {
    window = toTimeWindow(range, nowMs());
    const known = new Set([...state.list.shown, ...state.list.waiting].map(({ Id }) => Id));
    let { list } = state;
    let nextToken: string | undefined;
    let isReached: boolean;
    let freshCount = 0;
    do {
      const page: TraceSummaryPage = await readPage({ ...query, window, nextToken }, signal);
      isReached = page.TraceSummaries.some(({ Id }) => known.has(Id));
      freshCount += page.TraceSummaries.filter(({ Id }) => !known.has(Id)).length;
      list = receiveSummaries(list, page.TraceSummaries);
      nextToken = page.NextToken;
    } while (!isReached && nextToken !== undefined && freshCount < MAX_AT_ONCE);
    const graceSec = (window.endSec - window.startSec) * GRACE;
    const kept = dropBefore(list, window.startSec - graceSec);
    publish({ list: kept, window, processedCount: Math.max(state.processedCount, kept.shown.length) });
  };
  return {
    read: async (signal) => {
      if (state.isLoading || (older?.nextToken !== undefined && state.list.shown.length < wantedCount)) {
        await readOlder(signal);
      } else await readNewer(signal);
    },
    showWaiting: () => publish({ list: showWaiting(state.list) }),
    askForMore: () => {
      wantedCount = state.list.shown.length + MAX_AT_ONCE;
    },
  };
}
