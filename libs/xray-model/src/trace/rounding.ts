/** X-Ray tells times in seconds to the millisecond. */
export function toMs(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
