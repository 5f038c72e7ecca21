/** A range of response times in a link: `0.1~0.25`, either end may be missing. */
export interface SelectedRange {
  fromSec: number | undefined;
  toSec: number | undefined;
}

/** Reads a range of a link; undefined for none, and for one that says nothing. */
export function parseSelectedRange(text: string | undefined): SelectedRange | undefined {
  const [from, to, ...more] = (text ?? '').split('~');
  if (from === undefined || to === undefined || more.length > 0) return undefined;
  const range = { fromSec: parseSeconds(from), toSec: parseSeconds(to) };
  if (range.fromSec === undefined && range.toSec === undefined) return undefined;
  const isBackwards = range.fromSec !== undefined && range.toSec !== undefined && range.fromSec > range.toSec;
  return isBackwards ? undefined : range;
}

/** The inverse of {@link parseSelectedRange}. */
export function toSelectedRangeText({ fromSec, toSec }: SelectedRange): string | undefined {
  if (fromSec === undefined && toSec === undefined) return undefined;
  return `${toText(fromSec)}~${toText(toSec)}`;
}

function parseSeconds(text: string): number | undefined {
  const seconds = Number(text);
  return text.trim() === '' || !Number.isFinite(seconds) || seconds < 0 ? undefined : seconds;
}

function toText(seconds: number | undefined): string {
  return seconds === undefined ? '' : String(Math.round(seconds * 1000) / 1000);
}
