import type { AnsweredHistogram } from '#xray-model';

/** Samples that took from `fromSec` to less than `toSec`. */
export interface DurationBin {
  fromSec: number;
  toSec: number;
  count: number;
}

/** A day: more is not a response time. */
const MAX_MS = 86_400_000;
/** 1, 2, 5, 10, 20, 50 … read best; between them as many steps as give a picture. */
const STEPS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8];

/**
 * Counts a histogram's entries in bins that grow with the time, of which every edge is a whole millisecond: what takes
 * 10 or 12 ms differs as much as what takes 1 or 1.2 s. Empty for no samples; the first and the last bin are not.
 */
export function binDurations(entries: AnsweredHistogram): DurationBin[] {
  const samples = entries.flatMap(({ Value = 0, Count = 0 }) =>
    Count > 0 ? [{ ms: Math.max(0, Math.round(Value * 1000)), count: Count }] : [],
  );
  if (samples.length === 0) return [];
  const edges = edgesFor(samples.map(({ ms }) => ms));
  const counts = edges.slice(1).map(() => 0);
  for (const { ms, count } of samples) {
    const index = edges.findLastIndex((edge) => edge <= ms);
    counts[index] = (counts[index] ?? 0) + count;
  }
  const bins = counts.map((count, index) => ({
    fromSec: (edges[index] ?? 0) / 1000,
    toSec: (edges[index + 1] ?? 0) / 1000,
    count,
  }));
  return bins;
}

/** From at or below the shortest to above the longest. */
function edgesFor(timesMs: readonly number[]): number[] {
  const shortestMs = Math.min(...timesMs);
  const longestMs = Math.max(...timesMs);
  const all = candidateEdges();
  const first = all.findLastIndex((edge) => edge <= shortestMs);
  const last = all.findIndex((edge) => edge > longestMs);
  return all.slice(first, last === -1 ? undefined : last + 1);
}

function candidateEdges(): number[] {
  const edges = [0];
  for (let decadeMs = 1; decadeMs <= MAX_MS; decadeMs *= 10) {
    for (const step of STEPS) {
      const edge = step * decadeMs;
      if (Number.isInteger(edge)) edges.push(edge);
    }
  }
  return edges;
}

/** The time below which a share of the samples lies; undefined for none. */
export function percentile(entries: AnsweredHistogram, share: number): number | undefined {
  const sorted = entries.toSorted((a, b) => (a.Value ?? 0) - (b.Value ?? 0));
  const total = sorted.reduce((sum, { Count = 0 }) => sum + Count, 0);
  let seen = 0;
  for (const { Value = 0, Count = 0 } of sorted) {
    seen += Count;
    if (Count > 0 && seen >= total * share) return Value;
  }
  return undefined;
}

/** From where on there are about so many of the slowest samples: what to ask for to see them. */
export function slowestFrom(entries: AnsweredHistogram, wantedCount: number): number | undefined {
  const sorted = entries.toSorted((a, b) => (b.Value ?? 0) - (a.Value ?? 0));
  let seen = 0;
  let from: number | undefined;
  for (const { Value = 0, Count = 0 } of sorted) {
    if (seen >= wantedCount) break;
    seen += Count;
    if (Count > 0) from = Value;
  }
  return from;
}

/** How many samples lie in a range, both its ends included. */
export function countBetween(entries: AnsweredHistogram, fromSec: number, toSec: number): number {
  return entries.reduce(
    (sum, { Value = 0, Count = 0 }) => (Value >= fromSec && Value <= toSec ? sum + Count : sum),
    0,
  );
}
