/** Shares of the width of a timeline that its names may take, in percent. */
export const MIN_NAME_PERCENT = 15;
export const MAX_NAME_PERCENT = 70;
const STEP_PERCENT = 2;

/** Reads a share that was kept; undefined for none. */
export function parseNamePercent(text: string | undefined): number | undefined {
  const percent = Number.parseFloat(text ?? '');
  return Number.isNaN(percent) ? undefined : clampNamePercent(percent);
}

export function clampNamePercent(percent: number): number {
  return Math.round(Math.min(MAX_NAME_PERCENT, Math.max(MIN_NAME_PERCENT, percent)));
}

/** The share that a key leads to; undefined for a key that changes nothing. */
export function namePercentForKey(key: string, percent: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return clampNamePercent(percent - STEP_PERCENT);
    case 'ArrowRight':
      return clampNamePercent(percent + STEP_PERCENT);
    case 'Home':
      return MIN_NAME_PERCENT;
    case 'End':
      return MAX_NAME_PERCENT;
    default:
      return undefined;
  }
}
