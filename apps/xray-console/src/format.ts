import { formatCount, formatPerMinute, formatSeconds } from '#xray-model';

export { formatCount, formatPerMinute, formatSeconds };

/** `75 %`, `0.4 %`, `<0.1 %`; of nothing, `0 %`. */
export function formatShare(count: number, total: number): string {
  if (total === 0 || count === 0) return '0 %';
  const percent = (count / total) * 100;
  if (percent < 0.1) return '<0.1 %';
  // What is not everything must not read as if it were.
  if (percent > 99 && percent < 100) return `${Math.min(99.9, percent).toFixed(1)} %`;
  return `${percent < 9.95 && !Number.isInteger(percent) ? percent.toFixed(1) : percent.toFixed(0)} %`;
}

/** Local time of day, `14:05:09`. */
export function formatTime(epochSec: number): string {
  return new Date(epochSec * 1000).toLocaleTimeString('en-GB');
}

/** Local date and time, `2026-11-22 14:05:09`. */
export function formatDateTime(epochSec: number): string {
  const date = new Date(epochSec * 1000);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `${day.join('-')} ${formatTime(epochSec)}`;
}

/** `5 minutes`, `1 hour`, `90 seconds`. */
export function formatSpan(seconds: number): string {
  if (seconds % 3600 === 0) return plural(seconds / 3600, 'hour');
  return seconds % 60 === 0 ? plural(seconds / 60, 'minute') : plural(seconds, 'second');
}

/** `3 s ago`, `4 min ago`, `2 h ago`. */
export function formatAge(seconds: number): string {
  if (seconds < 1) return 'just now';
  if (seconds < 60) return `${Math.floor(seconds)} s ago`;
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min ago` : `${Math.floor(seconds / 3600)} h ago`;
}

/** `1 trace`, `2 traces`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
