/** Ids made by an X-Ray id generator say when the trace began; random W3C ids say nothing, or nonsense. */
const PLAUSIBLE_ID_AGE_SEC = 30 * 24 * 60 * 60;

/**
 * The moment a trace id tells in its first 8 hex digits, or the trace's start when that moment is more than 30 days
 * away from it, which X-Ray keeps traces for. One in 830 random ids is within those days by chance, and is then found
 * at a wrong time in them.
 */
export function traceIdTimeSec(traceId: string, startSec: number): number {
  const idSec = Number.parseInt(traceId.slice(2, 10), 16);
  return Math.abs(idSec - startSec) <= PLAUSIBLE_ID_AGE_SEC ? idSec : startSec;
}
