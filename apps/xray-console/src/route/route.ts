/** What the console shows: a page, and the parameters that make it the same page for whoever gets the link. */
export interface Route {
  page: 'service-map' | 'traces' | 'trace' | 'raw' | 'unknown';
  /** Of the pages `trace` and `raw`. */
  traceId?: string;
  /** Decoded, in the order of the link. Absent is the default everywhere. */
  params: Readonly<Record<string, string>>;
}

/** Parameters to change; undefined takes one out. */
export type RouteParams = Readonly<Record<string, string | undefined>>;
