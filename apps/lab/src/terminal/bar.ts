/** A bar of `width` cells, `ratio` (0 to 1) of them filled. */
export function renderProgressBar(ratio: number, width: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, ratio)) * width);
  return '█'.repeat(filled) + '░'.repeat(width - filled);
}

/**
 * A bar that starts `offset` (0 to 1) of the way into `width` cells and takes `length` (0 to 1) of them: at least
 * one cell, and never beyond the last.
 */
export function renderSpanBar(offset: number, length: number, width: number): string {
  const start = Math.min(width - 1, Math.max(0, Math.floor(offset * width)));
  const cells = Math.max(1, Math.min(width - start, Math.round(length * width)));
  return ' '.repeat(start) + '█'.repeat(cells) + ' '.repeat(width - start - cells);
}
