import type { SelectedRange } from '../route/selected-range.js';
import type { DurationBin } from './bin-durations.js';

/** The index of the bin at a distance from the left; the first and the last also beyond the ends. */
export function binAt(x: number, width: number, count: number): number {
  return Math.max(0, Math.min(count - 1, Math.floor((x / width) * count)));
}

/** From the start of the one to the end of the other, whichever way it was dragged. */
export function rangeOfBins(bins: readonly DurationBin[], a: number, b: number): SelectedRange | undefined {
  const first = bins[Math.min(a, b)];
  const last = bins[Math.max(a, b)];
  return first === undefined || last === undefined
    ? undefined
    : { fromSec: first.fromSec, toSec: last.toSec };
}

/** Whether a bin lies in a range, or a typed range in a bin. */
export function isBinSelected(bin: DurationBin, { fromSec = 0, toSec = Infinity }: SelectedRange): boolean {
  return bin.fromSec < toSec && bin.toSec > fromSec;
}

/** Which of the edges, counted from 0 to the number of bins, are told: evenly, so many at most. */
export function tickIndexes(binCount: number, maxTicks: number): number[] {
  const step = Math.max(1, Math.ceil(binCount / Math.max(1, maxTicks - 1)));
  const indexes: number[] = [];
  for (let index = 0; index <= binCount; index += step) indexes.push(index);
  return indexes;
}
