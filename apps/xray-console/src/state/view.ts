import { computed, signal } from './signal.js';
import { changeRouteParams, currentRoute } from '../route/navigate.js';
import type { HistoryMode } from '../route/navigate.js';
import { DEFAULT_TIME_RANGE, parseTimeRange, toTimeRangeText } from './time-range.js';
import type { TimeRange } from './time-range.js';

/** How often the server is asked again: `live` is at once. */
export const REFRESH_MODES = ['live', '10s', '60s', 'off'] as const;
export type RefreshMode = (typeof REFRESH_MODES)[number];

const INTERVAL_MS: Record<RefreshMode, number | undefined> = {
  live: 600,
  '10s': 10_000,
  '60s': 60_000,
  off: undefined,
};

/** Of the link; what cannot be read is as if absent. */
export const timeRange = computed<TimeRange>(
  () => parseTimeRange(currentRoute.value.params['timeRange'] ?? '') ?? DEFAULT_TIME_RANGE,
);

/** The filter expression of the link, or an empty text. */
export const filterText = computed(() => currentRoute.value.params['filter'] ?? '');

/** The group's name, or an empty text for all traces. */
export const groupName = computed(() => currentRoute.value.params['group'] ?? '');

export const refreshMode = computed<RefreshMode>(() => {
  const wanted = currentRoute.value.params['refresh'];
  return REFRESH_MODES.find((mode) => mode === wanted) ?? 'live';
});

/** Undefined: only when told to. The past does not change, so an absolute range is not asked for again. */
export const refreshIntervalMs = computed(() =>
  timeRange.value.kind === 'absolute' ? undefined : INTERVAL_MS[refreshMode.value],
);

/** Counts up when somebody presses Refresh; part of what {@link usePolling} depends on. */
export const refreshCount = signal(0);

export function refreshNow(): void {
  refreshCount.value += 1;
}

export function setTimeRange(range: TimeRange, mode: HistoryMode = 'push'): void {
  changeRouteParams({ timeRange: toTimeRangeText(range) }, mode);
}

export function setFilter(filter: string, mode: HistoryMode): void {
  changeRouteParams({ filter }, mode);
}

export function setGroup(name: string): void {
  changeRouteParams({ group: name }, 'push');
}

export function setRefreshMode(mode: RefreshMode): void {
  changeRouteParams({ refresh: mode === 'live' ? undefined : mode }, 'replace');
}
