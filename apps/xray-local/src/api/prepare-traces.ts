import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TimeWindow } from '../store/time-index.js';
import type { StoredTrace, TimeBasis, TraceStore } from '../store/trace.store.js';

/** For so long nothing else is answered. */
const SLICE_MS = 15;

/**
 * Works out what a query will need of its traces, as far as that has not been done. After many new ones it takes a
 * while: other requests are answered in between, and memory can be given back.
 */
export async function prepareTraces(
  store: TraceStore,
  query: { window: TimeWindow; by: TimeBasis },
): Promise<void> {
  const unprepared: StoredTrace[] = [];
  for (const stored of store.find(query)) if (!stored.isPrepared) unprepared.push(stored);
  let endMs = performance.now() + SLICE_MS;
  for (const stored of unprepared) {
    if (performance.now() >= endMs) {
      await nextTurn();
      endMs = performance.now() + SLICE_MS;
    }
    // It may be gone by now.
    if (store.get(stored.id) === stored) stored.prepare();
  }
}
