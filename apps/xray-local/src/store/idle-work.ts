/** Nothing must have been asked or sent for so long. */
const QUIET_MS = 200;
/** How often to look whether it is quiet, and for how long to work then: a request waits no longer than that. */
const CHECK_MS = 100;
const SLICE_MS = 15;

/** Work that can be done in slices while nobody waits for anything. */
export interface SlicedWork {
  readonly hasWork: boolean;
  /** When it was last used, on the clock of `performance.now`. */
  readonly lastUsedMs: number;
  workFor(sliceMs: number): void;
}

/** Does the work when it is quiet, a seventh of the time. @returns stops it */
export function startIdleWork(work: SlicedWork): () => void {
  const timer = setInterval(() => {
    if (work.hasWork && performance.now() - work.lastUsedMs >= QUIET_MS) work.workFor(SLICE_MS);
  }, CHECK_MS);
  timer.unref();
  return () => clearInterval(timer);
}
