/** A stretch of time to look at: up to now, or from one moment to another. */
export type TimeRange =
  { kind: 'last'; seconds: number } | { kind: 'absolute'; startSec: number; endSec: number };

/** Epoch seconds; half-open. */
export interface TimeWindow {
  startSec: number;
  endSec: number;
}

/** X-Ray answers for up to this much at once. */
export const MAX_RANGE_SEC = 6 * 3600;
export const DEFAULT_TIME_RANGE: TimeRange = { kind: 'last', seconds: 300 };
export const LAST_CHOICES_SEC = [60, 300, 900, 1800, 3600, 3 * 3600, MAX_RANGE_SEC];

const DURATION = /^PT(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,5})S)?$/;
const MOMENT = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:T(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?Z?$/;

/**
 * Reads X-Ray's `timeRange`: `PT15M`, or `2026-11-22T10:00:00~2026-11-22T10:15:00` in UTC.
 *
 * @returns undefined for anything else, and for a range that is empty
 */
export function parseTimeRange(text: string): TimeRange | undefined {
  const [, hours = 0, minutes = 0, rest = 0] = DURATION.exec(text) ?? [];
  const seconds = Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
  if (seconds > 0) return { kind: 'last', seconds };
  const [start = '', end = '', ...more] = text.split('~');
  const startSec = parseMoment(start);
  const endSec = parseMoment(end);
  if (more.length > 0 || startSec === undefined || endSec === undefined || endSec <= startSec)
    return undefined;
  return { kind: 'absolute', startSec, endSec };
}

/** The inverse of {@link parseTimeRange}. */
export function toTimeRangeText(range: TimeRange): string {
  if (range.kind === 'absolute') return `${toMoment(range.startSec)}~${toMoment(range.endSec)}`;
  const { seconds } = range;
  if (seconds % 3600 === 0) return `PT${seconds / 3600}H`;
  return seconds % 60 === 0 ? `PT${seconds / 60}M` : `PT${seconds}S`;
}

/** What to ask the API for. */
export function toTimeWindow(range: TimeRange, nowMs: number): TimeWindow {
  if (range.kind === 'absolute') return { startSec: range.startSec, endSec: range.endSec };
  const endSec = nowMs / 1000;
  return { startSec: endSec - range.seconds, endSec };
}

export function rangeSeconds(range: TimeRange): number {
  return range.kind === 'last' ? range.seconds : range.endSec - range.startSec;
}

/** Why the API would refuse the range, in words. */
export function findRangeProblem(range: TimeRange): string | undefined {
  if (rangeSeconds(range) <= MAX_RANGE_SEC) return undefined;
  return 'The range is wider than six hours, which is the most that X-Ray answers for at once.';
}

function parseMoment(text: string): number | undefined {
  const parts = MOMENT.exec(text);
  if (parts === null) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
}

function toMoment(epochSec: number): string {
  return new Date(epochSec * 1000).toISOString().slice(0, 19);
}
