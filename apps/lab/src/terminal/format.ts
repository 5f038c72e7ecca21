// What the console shows too, it shows in the same words.
export { formatSeconds } from '#xray-model';

/** Local time of day. */
export function formatTime(epochSec: number): string {
  return new Date(epochSec * 1_000).toLocaleTimeString('en-GB');
}

/** `2 min`, `0.5 min`. */
export function formatMinutes(minutes: number): string {
  return `${Number(minutes.toFixed(2))} min`;
}
