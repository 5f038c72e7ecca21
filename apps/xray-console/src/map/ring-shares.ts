import type { Figures } from '#xray-model';

/** The classes in the order in which they follow one another on the ring. */
export const RING_CLASSES = ['fault', 'error', 'throttle', 'ok'] as const;
/** The same in the order of tables and legends. */
export const LISTED_CLASSES = ['ok', 'error', 'fault', 'throttle'] as const;
export type RingClass = (typeof RING_CLASSES)[number];

/** A stretch of the ring, in percent of it. */
export interface RingShare {
  outcome: RingClass;
  count: number;
  startPercent: number;
  percent: number;
}

/** The stretches of a ring; exactly the shares of the counts, and none for what did not happen. */
export function ringShares(figures: Figures | undefined): RingShare[] {
  if (figures === undefined) return [];
  const shares: RingShare[] = [];
  let startPercent = 0;
  for (const outcome of RING_CLASSES) {
    const count = countOf(figures, outcome);
    const percent = (count / figures.totalCount) * 100;
    if (count > 0) shares.push({ outcome, count, startPercent, percent });
    startPercent += percent;
  }
  return shares;
}

export function countOf(figures: Figures, outcome: RingClass): number {
  return figures[`${outcome}Count`];
}
