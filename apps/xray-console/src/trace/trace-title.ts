import type { Outcome, Trace } from '#xray-model';

/** What a trace is, in a line. */
interface TraceTitle {
  /** `POST /signup`, or the name of the service that began it. */
  text: string;
  url: string | undefined;
  service: string;
  status: number | undefined;
  outcome: Outcome;
}

export function titleOf(trace: Trace): TraceTitle {
  const root = trace.roots[0];
  const { request, response } = root?.document.http ?? {};
  const words = [request?.method, pathOf(request?.url)].filter((word) => word !== undefined);
  const service = root?.node.name ?? '';
  const fallback = service === '' ? 'Trace without its beginning' : service;
  return {
    text: words.length === 0 ? fallback : words.join(' '),
    url: request?.url,
    service,
    status: response?.status,
    outcome: root?.outcome ?? 'pending',
  };
}

/** The path of a URL; of anything else, the whole of it. */
export function pathOf(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  return URL.canParse(url) ? new URL(url).pathname : url;
}
