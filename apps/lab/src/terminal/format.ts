const NONE = '–';

/** `0.8 ms`, `35 ms`, `1.20 s`, `75 s`: three digits at most, so that columns of them compare at a glance. */
export function formatSeconds(seconds: number | undefined): string {
  if (seconds === undefined || !Number.isFinite(seconds)) return NONE;
  const ms = seconds * 1_000;
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${ms.toFixed(0)} ms`;
  return seconds < 9.995 ? `${seconds.toFixed(2)} s` : `${seconds.toFixed(seconds < 99.95 ? 1 : 0)} s`;
}

export function formatCount(count: number | undefined): string {
  return count === undefined ? NONE : String(count);
}

/** Local time of day. */
export function formatTime(epochSec: number): string {
  return new Date(epochSec * 1_000).toLocaleTimeString('en-GB');
}

/** `2 min`, `0.5 min`. */
export function formatMinutes(minutes: number): string {
  return `${Number(minutes.toFixed(2))} min`;
}
