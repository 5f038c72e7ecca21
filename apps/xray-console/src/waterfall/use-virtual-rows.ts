import type { RefObject } from 'preact';
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { rowForKey, scrollTopFor, virtualWindow } from './virtual-window.js';
import type { VirtualWindow } from './virtual-window.js';

export interface VirtualRows {
  /** For the element that scrolls: a heading of one row's height, then the rows. */
  scrollRef: RefObject<HTMLDivElement | null>;
  /** The rows to draw. */
  drawn: VirtualWindow;
  rowHeight: number;
  /** The row that has the tab stop. */
  active: number;
  /** Gives a row the tab stop, and the focus when asked to. */
  activate(index: number, options?: { isFocused?: boolean }): void;
  /** Moves by arrow keys, Page Up and Down, Home and End; tells whether the key was one of them. */
  handleKey(event: KeyboardEvent): boolean;
}

/** Until it is measured, and where nothing is measured. */
const ASSUMED_HEIGHT_PX = 800;

/**
 * Draws only the rows in sight, by their fixed height, and gives one of them the tab stop.
 *
 * @param rowRem height of a row, in rem
 * @param isComplete draws all rows, for paper
 */
export function useVirtualRows(rowCount: number, rowRem: number, isComplete = false): VirtualRows {
  const scrollRef = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const [view, setView] = useState({ scrollTop: 0, height: ASSUMED_HEIGHT_PX, remPx: 16 });
  const [wanted, setActive] = useState(0);
  const active = Math.max(0, Math.min(wanted, rowCount - 1));
  const rowHeight = Math.round(rowRem * view.remPx);
  const rowView = {
    scrollTop: view.scrollTop,
    height: Math.max(rowHeight, view.height - rowHeight),
    rowHeight,
  };

  useLayoutEffect(() => {
    const element = scrollRef.current;
    if (element === null) return undefined;
    const measure = (): void => {
      const remPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      setView({ scrollTop: element.scrollTop, height: element.clientHeight, remPx });
    };
    const follow = (): void => setView((known) => ({ ...known, scrollTop: element.scrollTop }));
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', follow, { passive: true });
    measure();
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', follow);
    };
  }, [rowCount === 0]);

  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    scrollRef.current?.querySelector<HTMLElement>('[data-active=true]')?.focus({ preventScroll: true });
  });

  const activate = (index: number, { isFocused = false } = {}): void => {
    const element = scrollRef.current;
    if (element !== null)
      element.scrollTop = scrollTopFor(index, { ...rowView, scrollTop: element.scrollTop });
    wantsFocus.current = isFocused;
    setActive(index);
    if (isFocused) setView((known) => ({ ...known, scrollTop: element?.scrollTop ?? known.scrollTop }));
  };
  const handleKey = (event: KeyboardEvent): boolean => {
    if (event.altKey || event.ctrlKey || event.metaKey) return false;
    const pageRows = Math.max(1, Math.floor(rowView.height / rowHeight) - 1);
    const next = rowForKey(event.key, active, { rowCount, pageRows });
    if (next === undefined) return false;
    event.preventDefault();
    activate(next, { isFocused: true });
    return true;
  };
  const drawn = isComplete ? { first: 0, end: rowCount } : virtualWindow(rowCount, rowView);
  return { scrollRef, drawn, rowHeight, active, activate, handleKey };
}

/** The indices to draw: those of the window, and the active row wherever it is, so that the focus has a place. */
export function drawnIndices({ first, end }: VirtualWindow, active: number, rowCount: number): number[] {
  const indices = Array.from({ length: Math.max(0, end - first) }, (_, offset) => first + offset);
  if (active >= rowCount || (active >= first && active < end)) return indices;
  return active < first ? [active, ...indices] : [...indices, active];
}

/** Whether the page is being printed; all rows are drawn then. */
export function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  const set = useCallback((event: { type: string }) => setPrinting(event.type === 'beforeprint'), []);
  useLayoutEffect(() => {
    const media = matchMedia('print');
    const follow = (event: MediaQueryListEvent): void => setPrinting(event.matches);
    addEventListener('beforeprint', set);
    addEventListener('afterprint', set);
    media.addEventListener('change', follow);
    setPrinting(media.matches);
    return () => {
      removeEventListener('beforeprint', set);
      removeEventListener('afterprint', set);
      media.removeEventListener('change', follow);
    };
  }, [set]);
  return isPrinting;
}
