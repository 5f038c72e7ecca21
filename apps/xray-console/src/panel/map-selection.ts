import { changeRouteParams, currentRoute } from '../route/navigate.js';
import { parseSelectedRange, toSelectedRangeText } from '../route/selected-range.js';
import type { SelectedRange } from '../route/selected-range.js';
import { RING_CLASSES } from '../map/ring-shares.js';
import type { RingClass } from '../map/ring-shares.js';

/** What of the selected node or edge the link asks for. */
export function readSelectedRange(): SelectedRange | undefined {
  return parseSelectedRange(currentRoute.value.params['range']);
}

export function readSelectedOutcomes(): RingClass[] {
  const wanted = (currentRoute.value.params['class'] ?? '').split(',');
  return RING_CLASSES.filter((known) => wanted.includes(known));
}

export function selectRange(range: SelectedRange | undefined): void {
  changeRouteParams({ range: range === undefined ? undefined : toSelectedRangeText(range) }, 'push');
}

export function selectOutcomes(outcomes: readonly RingClass[]): void {
  changeRouteParams({ class: outcomes.join(',') }, 'push');
}

/** Opens the panel of a node or an edge, or closes it; what was selected within the last one is forgotten. */
export function selectOnMap(id: string | undefined): void {
  if (currentRoute.value.params['select'] === id) return;
  changeRouteParams({ select: id, range: undefined, class: undefined }, 'push');
}
