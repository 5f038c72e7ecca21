import { signal } from '../state/signal.js';
import { buildUrl, changeParams, routeTo } from './build-url.js';
import { parseRoute } from './parse-route.js';
import type { Route, RouteParams } from './route.js';

/** Whether the way back leads here (`push`) or past it (`replace`). */
export type HistoryMode = 'push' | 'replace';

/** What is shown; follows the address bar. Change it by {@link navigate} alone. */
export const currentRoute = signal<Route>(parseRoute(''));

/** Follows the address bar from now on. */
export function watchLocation(): void {
  const read = (): void => void (currentRoute.value = parseRoute(location.hash));
  addEventListener('popstate', read);
  addEventListener('hashchange', read);
  read();
}

export function navigate(route: Route, mode: HistoryMode): void {
  const url = buildUrl(route);
  if (mode === 'push') history.pushState(null, '', url);
  else history.replaceState(null, '', url);
  currentRoute.value = parseRoute(url);
}

/** Changes parameters of the page shown. */
export function changeRouteParams(changes: RouteParams, mode: HistoryMode): void {
  const { params, ...route } = currentRoute.value;
  navigate({ ...route, params: changeParams(params, changes) }, mode);
}

/** The link to another page over the same time range; for `href`. */
export function linkTo(
  page: Route['page'],
  options: { traceId?: string; params?: RouteParams } = {},
): string {
  return buildUrl(routeTo(currentRoute.value, page, options));
}
