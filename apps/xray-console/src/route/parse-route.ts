import type { Route } from './route.js';

const TRACE_PATH = /^\/traces\/([^/]+?)(\/raw)?\/?$/;

/**
 * Reads X-Ray's own links: `#/service-map?timeRange=PT15M`, `#/traces?filter=…`, `#/traces/<id>`,
 * `#/traces/<id>/raw`. No hash at all is the service map.
 */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = splitOnce(hash.replace(/^#/, ''), '?');
  const params = Object.fromEntries(new URLSearchParams(query));
  if (path === '' || path === '/' || path === '/service-map') return { page: 'service-map', params };
  if (path === '/traces' || path === '/traces/') return { page: 'traces', params };
  const [, id, raw] = TRACE_PATH.exec(path) ?? [];
  if (id === undefined) return { page: 'unknown', params };
  return { page: raw === undefined ? 'trace' : 'raw', traceId: decode(id), params };
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A link cut off in the middle of an escape still names something.
    return part;
  }
}
