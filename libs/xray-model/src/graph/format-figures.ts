const NONE = '–';

/**
 * `0.8 ms`, `35 ms`, `1.20 s`, `75 s`: three digits at most, so that columns of them compare at a glance; a dash for
 * what there is not.
 */
export function formatSeconds(seconds: number | undefined): string {
  if (seconds === undefined || !Number.isFinite(seconds)) return NONE;
  const ms = seconds * 1_000;
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${ms.toFixed(0)} ms`;
  return seconds < 9.995 ? `${seconds.toFixed(2)} s` : `${seconds.toFixed(seconds < 99.95 ? 1 : 0)} s`;
}

/** A count, or a dash for none at all. */
export function formatCount(count: number | undefined): string {
  return count === undefined ? NONE : String(count);
}

/** `2.0`, `120`: traces a minute; `<0.1` for less than can be shown, so that nothing looks like none. */
export function formatPerMinute(perMinute: number | undefined): string {
  if (perMinute === undefined) return NONE;
  if (perMinute > 0 && perMinute < 0.05) return '<0.1';
  return perMinute.toFixed(perMinute < 99.95 ? 1 : 0);
}
