import type { WaterfallRow } from './build-rows.js';

/** Which rows are closed: those with these keys, or all but those. */
export interface Collapsed {
  isAllBut: boolean;
  keys: ReadonlySet<string>;
}

export const NONE_COLLAPSED: Collapsed = { isAllBut: false, keys: new Set() };
export const ALL_COLLAPSED: Collapsed = { isAllBut: true, keys: new Set() };

const ALL_SIGN = '*';
/** Stands neither in ids nor in the names that X-Ray allows. */
const SEPARATOR = '~';

/** Reads what a link says of closed rows: `a~b`, or `*~a` for all but one. */
export function parseCollapsed(text: string | undefined): Collapsed {
  const keys = (text ?? '').split(SEPARATOR).filter((key) => key !== '');
  const isAllBut = keys[0] === ALL_SIGN;
  return { isAllBut, keys: new Set(isAllBut ? keys.slice(1) : keys) };
}

/** The inverse of {@link parseCollapsed}; undefined for none. */
export function toCollapsedText({ isAllBut, keys }: Collapsed): string | undefined {
  const parts = [...(isAllBut ? [ALL_SIGN] : []), ...keys];
  return parts.length === 0 ? undefined : parts.join(SEPARATOR);
}

/** Closes an open row, and opens a closed one. */
export function toggleRow({ isAllBut, keys }: Collapsed, key: string): Collapsed {
  const others = [...keys].filter((other) => other !== key);
  return { isAllBut, keys: new Set(keys.has(key) ? others : [...others, key]) };
}

/** The keys of the closed ones among the rows that have something below them. */
export function collapsedKeys(rows: readonly WaterfallRow[], { isAllBut, keys }: Collapsed): Set<string> {
  const closed = rows.filter((row) => row.descendantCount > 0 && keys.has(row.key) !== isAllBut);
  return new Set(closed.map(({ key }) => key));
}
