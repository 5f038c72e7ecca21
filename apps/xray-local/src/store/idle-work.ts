import { performance } from 'node:perf_hooks';

/** How often to look whether there is time, and for how long to work then: a request waits no longer than that. */
const CHECK_MS = 30;
const SLICE_MS = 10;
/** The share of the time between two looks in which this process may have been busy, with such work or other. */
const MAX_BUSY = 0.25;

/** Work that can be done in slices while nothing else needs the time. */
export interface SlicedWork {
  readonly hasWork: boolean;
  workFor(sliceMs: number): void;
}

/** Does the work as long as this process is idle for three quarters of the time. @returns stops it */
export function startIdleWork(work: SlicedWork): () => void {
  let seen = performance.eventLoopUtilization();
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, seen);
    seen = now;
    if (work.hasWork && utilization < MAX_BUSY) work.workFor(SLICE_MS);
  }, CHECK_MS);
  timer.unref();
  return () => clearInterval(timer);
}
