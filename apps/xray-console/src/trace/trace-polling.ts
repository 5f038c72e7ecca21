import type { LoadedTrace } from './load-trace.js';

const SOON_MS = 1_000;
/** Arbitrary: by then whatever a message of the trace has started has begun. */
const YOUNG_SEC = 60;
/** A trace whose end never comes need not be read every second for ever. */
const STILL_COMING_SEC = 900;

/** How soon to look again: soon for what is not there or grows, not at all for what is finished. */
export function tracePollMs(loaded: LoadedTrace | undefined, nowMs: number): number | null {
  if (loaded === undefined) return SOON_MS;
  const ageSec = nowMs / 1_000 - loaded.trace.startTimeSec;
  if (loaded.trace.isPartial && ageSec < STILL_COMING_SEC) return SOON_MS;
  return ageSec < YOUNG_SEC ? SOON_MS : null;
}
