import { html } from './html.js';
import type { SafeHtml } from './html.js';

export interface TraceLink {
  /** The URL of a trace in the console, up to its id. */
  prefix: string;
  (traceId: string | undefined): SafeHtml | undefined;
}

/**
 * Makes links to traces in the console, whose address names a trace behind the `#`.
 *
 * @returns undefined for a request that was not traced
 */
export function createTraceLink(serviceMapUrl: string): TraceLink {
  const prefix = `${serviceMapUrl.replace(/#.*$/, '')}#/traces/`;
  const link = (traceId: string | undefined): SafeHtml | undefined =>
    traceId
      ? html`<a class="trace" href="${prefix}${traceId}" target="_blank" rel="noopener">${traceId}</a>`
      : undefined;
  return Object.assign(link, { prefix });
}
