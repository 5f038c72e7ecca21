/** Ids made by an X-Ray id generator say when the trace began; random W3C ids say nothing, or nonsense. */
const PLAUSIBLE_ID_AGE_SEC = 24 * 60 * 60;

/**
 * The moment a trace id tells in its first 8 hex digits, or the trace's start when that moment is more than a day
 * away from it. One in 25,000 random ids is within that day by chance, and is then found at a wrong time in it.
 */
export function traceIdTimeSec(traceId: string, startSec: number): number {
  const idSec = Number.parseInt(traceId.slice(2, 10), 16);
  return Math.abs(idSec - startSec) <= PLAUSIBLE_ID_AGE_SEC ? idSec : startSec;
}
