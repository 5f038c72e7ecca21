export interface VirtualWindow {
  /** The first row to draw. */
  first: number;
  /** One past the last row to draw. */
  end: number;
}

/** Tells which rows of a fixed height to draw: those in sight and as many again on both sides, so that none is blank. */
export function virtualWindow(
  rowCount: number,
  view: { scrollTop: number; height: number; rowHeight: number },
): VirtualWindow {
  const inSight = Math.ceil(view.height / view.rowHeight) + 1;
  const top = Math.max(0, Math.min(Math.floor(view.scrollTop / view.rowHeight), rowCount - inSight));
  return { first: Math.max(0, top - inSight), end: Math.min(rowCount, top + 2 * inSight) };
}

/** Where to scroll so that a row is in sight: nowhere when it is already. */
export function scrollTopFor(
  index: number,
  view: { scrollTop: number; height: number; rowHeight: number },
): number {
  const top = index * view.rowHeight;
  if (top < view.scrollTop) return top;
  return Math.max(view.scrollTop, top + view.rowHeight - view.height);
}

/** The row that a key leads to from the active one; undefined for a key that does not move. */
export function rowForKey(
  key: string,
  active: number,
  view: { rowCount: number; pageRows: number },
): number | undefined {
  const last = view.rowCount - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, active + 1);
    case 'ArrowUp':
      return Math.max(0, active - 1);
    case 'PageDown':
      return Math.min(last, active + view.pageRows);
    case 'PageUp':
      return Math.max(0, active - view.pageRows);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
