import type { Route, RouteParams } from './route.js';

/** Parameters that lead from page to page: the next page looks at the same traces. */
const SHARED_PARAMS = ['timeRange', 'refresh', 'group'];

/** The link to a route, the inverse of {@link parseRoute}: `#/traces?filter=…`. */
export function buildUrl({ page, traceId = '', params }: Route): string {
  const query = new URLSearchParams(params).toString();
  const paths = {
    'service-map': '/service-map',
    traces: '/traces',
    trace: `/traces/${encodeURIComponent(traceId)}`,
    raw: `/traces/${encodeURIComponent(traceId)}/raw`,
    unknown: '/service-map',
  };
  return `#${paths[page]}${query === '' ? '' : `?${query}`}`;
}

/** The parameters with some changed or, by undefined or an empty text, taken out. */
export function changeParams(params: RouteParams, changes: RouteParams): Record<string, string> {
  const changed = Object.entries({ ...params, ...changes });
  return Object.fromEntries(
    changed.filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
}

/** A route to another page that keeps the time range, the group and how often to refresh. */
export function routeTo(
  from: Route,
  page: Route['page'],
  { traceId, params = {} }: { traceId?: string; params?: RouteParams } = {},
): Route {
  const kept = Object.fromEntries(SHARED_PARAMS.map((name) => [name, from.params[name]]));
  return { page, ...(traceId === undefined ? {} : { traceId }), params: changeParams(kept, params) };
}
