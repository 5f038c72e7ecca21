import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

/** Node publishes each request that it begins to send here. */
const REQUEST_START = 'http.client.request.start';
const PATHS: readonly string[] = ['/GetSamplingRules', '/SamplingTargets'];
const DEADLINE_MS = 5_000;

/**
 * Gives the sampler's requests a deadline, which they do not have of their own: an endpoint that never answers would
 * gather a connection every ten seconds. The first failure after a success is told.
 *
 * @returns a function that stops it
 */
export function limitSamplingRequests(
  endpoint: string,
  warn: (message: string, fields: Readonly<Record<string, unknown>>) => void,
): () => void {
  const { host, pathname } = new URL(endpoint);
  const prefix = pathname === '/' ? '' : pathname;
  const paths = new Set(PATHS.map((path) => prefix + path));
  let isFailing = false;

  const onStart = (message: unknown): void => {
    const { request } = message as { request: ClientRequest };
    if (!paths.has(request.path) || request.getHeader('host') !== host) return;
    const deadline = setTimeout(() => {
      request.destroy(new Error(`no answer within ${DEADLINE_MS} ms`));
    }, DEADLINE_MS).unref();
    request.once('close', () => clearTimeout(deadline));
    request.once('response', () => (isFailing = false));
    request.once('error', (error) => {
      if (!isFailing)
        warn('sampling rules cannot be fetched; going on with those at hand', tellOf(endpoint, error));
      isFailing = true;
    });
  };
  subscribe(REQUEST_START, onStart);
  return () => void unsubscribe(REQUEST_START, onStart);
}

function tellOf(endpoint: string, error: Error): Readonly<Record<string, unknown>> {
  return { endpoint, error: error.message || (error as NodeJS.ErrnoException).code };
}
