/** The value of a `datetime-local` field: local time to the second. */
export function toLocalDateTime(epochSec: number): string {
  const date = new Date(epochSec * 1000);
  const localMs = date.getTime() - date.getTimezoneOffset() * 60_000;
  return new Date(localMs).toISOString().slice(0, 19);
}

/** Epoch seconds of the value of a `datetime-local` field; undefined while it is not filled in. */
export function parseLocalDateTime(value: string): number | undefined {
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? undefined : ms / 1000;
}
