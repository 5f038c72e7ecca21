import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Attributes, Span, TextMapSetter } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { redactLastSegment, redactPath } from './redact.js';
import { toException } from './trace-context.js';

/** The node of the endpoint that hands a task its role's credentials, wherever it runs. */
export const CREDENTIALS_ENDPOINT_NODE = 'ecs-credentials-endpoint';

/** Where ECS serves `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI`. */
const ECS_CREDENTIALS_ORIGIN = 'http://169.254.170.2';

/** The SDK writes it on each call of a service, and not on its fetches of credentials. */
const AWS_SDK_HEADER = 'amz-sdk-invocation-id';

export interface ClientSpanOptions {
  /** Origin (`http://127.0.0.1:3001`) to the name of its node. Any other host is its own node. */
  peers: Readonly<Record<string, string>>;
  environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Says what the span of an outgoing HTTP call must carry, for the X-Ray exporter to name its node.
 *
 * The exporter reads none of the attributes that OpenTelemetry's stable HTTP conventions have for the host, so
 * without `peer.service` every call of one method would be one node called `GET` or `POST`. The URL loses its
 * query, and the credentials id, which is a secret of the task.
 */
export function createPeerNaming(options: ClientSpanOptions): (origin: string, path: string) => Attributes {
  const peerOfOrigin = new Map(
    Object.entries(options.peers).map(([url, node]) => [new URL(url).origin, node] as const),
  );
  const credentialsUrl = credentialsEndpointUrl(options.environment);
  return (origin, path) => {
    const pathOnly = redactPath(path);
    if (
      credentialsUrl !== undefined &&
      origin === credentialsUrl.origin &&
      pathOnly === credentialsUrl.pathname
    ) {
      return {
        'peer.service': CREDENTIALS_ENDPOINT_NODE,
        'url.full': origin + redactLastSegment(pathOnly),
      };
    }
    return {
      'peer.service': peerOfOrigin.get(origin) ?? addressOf(origin).host,
      'url.full': origin + pathOnly,
    };
  };
}

function credentialsEndpointUrl(environment: ClientSpanOptions['environment']): URL | undefined {
  const relative = environment['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'];
  const full = environment['AWS_CONTAINER_CREDENTIALS_FULL_URI'];
  const url = relative ? ECS_CREDENTIALS_ORIGIN + relative : full;
  return url && URL.canParse(url) ? new URL(url) : undefined;
}

/** The host and port of an origin, without parsing it as a URL for each call. */
function addressOf(origin: string): { host: string; port: number } {
  const start = origin.indexOf('//') + 2;
  const colon = origin.indexOf(':', origin.startsWith('[', start) ? origin.indexOf(']', start) : start);
  if (colon !== -1) return { host: origin.slice(start, colon), port: Number(origin.slice(colon + 1)) };
  return { host: origin.slice(start), port: origin.startsWith('https:') ? 443 : 80 };
}

/** What undici publishes of a request, `fetch`'s too. */
interface UndiciRequest {
  method: string;
  origin: string | URL;
  path: string;
  addHeader(name: string, value: string): void;
}
type Listeners<Request extends object> = Readonly<Record<string, (message: Message<Request>) => void>>;
interface Message<Request extends object> {
  request: Request;
  response: IncomingMessage;
  error: Error;
}

/**
 * One CLIENT span per request of `fetch` and of `node:http`, without the HTTP calls inside of AWS SDK calls.
 *
 * Ours rather than OpenTelemetry's instrumentations for the two, because X-Ray reads a third of what those write, at
 * several times the cost: see ADR 0011.
 *
 * @returns a function that stops it
 */
export function traceHttpClients(options: ClientSpanOptions): () => void {
  const startSpan = createSpanStarter(options);
  const stopFetch = subscribeAll(fetchListeners(startSpan));
  const stopHttp = subscribeAll(httpListeners(startSpan));
  return () => {
    stopFetch();
    stopHttp();
  };
}

type StartSpan = <Request>(
  request: Request,
  target: { method: string; origin: string; path: string },
  setter: TextMapSetter<Request>,
) => Span | undefined;

function createSpanStarter(options: ClientSpanOptions): StartSpan {
  const tracer = trace.getTracer('signup-lab/http-client');
  const nameOf = createPeerNaming(options);
  return (request, { method, origin, path }, setter) => {
    const parent = context.active();
    if (isTracingSuppressed(parent)) return undefined;
    const { host, port } = addressOf(origin);
    const attributes = {
      'http.request.method': method,
      'server.address': host,
      'server.port': port,
      ...nameOf(origin, path),
    };
    const span = tracer.startSpan(method, { kind: SpanKind.CLIENT, attributes }, parent);
    propagation.inject(trace.setSpan(parent, span), request, setter);
    return span;
  };
}

function fetchListeners(startSpan: StartSpan): Listeners<UndiciRequest> {
  const spans = new WeakMap<UndiciRequest, Span>();
  const setter: TextMapSetter<UndiciRequest> = {
    set: (request, name, value) => request.addHeader(name, value),
  };
  return {
    'undici:request:create': ({ request }) => {
      const { method, origin, path } = request;
      // To a proxy; the request itself goes through it later.
      if (method === 'CONNECT') return;
      const span = startSpan(request, { method, origin: String(origin), path }, setter);
      if (span) spans.set(request, span);
    },
    'undici:request:headers': ({ request, response }) => noteStatus(spans.get(request), response.statusCode),
    'undici:request:trailers': ({ request }) => spans.get(request)?.end(),
    'undici:request:error': ({ request, error }) => {
      const span = spans.get(request);
      // Whoever gave up on a request has not met with an error.
      if (error.name !== 'AbortError') noteError(span, error);
      span?.end();
    },
  };
}

function httpListeners(startSpan: StartSpan): Listeners<ClientRequest> {
  const spans = new WeakMap<ClientRequest, Span>();
  const setter: TextMapSetter<ClientRequest> = {
    set: (request, name, value) => {
      if (!request.headersSent) request.setHeader(name, value);
    },
  };
  return {
    'http.client.request.created': ({ request }) => {
      if (request.hasHeader(AWS_SDK_HEADER)) return;
      const { method, protocol, path } = request;
      const host = request.getHeader('host') ?? request.host;
      const span = startSpan(request, { method, origin: `${protocol}//${String(host)}`, path }, setter);
      if (!span) return;
      spans.set(request, span);
      request.once('close', () => span.isRecording() && span.end());
    },
    'http.client.response.finish': ({ request, response }) => {
      const span = spans.get(request);
      noteStatus(span, response.statusCode);
      // The request closes later, with its connection where that is not kept.
      response.once('end', () => span?.end());
    },
    'http.client.request.error': ({ request, error }) => noteError(spans.get(request), error),
  };
}

function noteStatus(span: Span | undefined, statusCode: number | undefined): void {
  if (!span || statusCode === undefined) return;
  span.setAttribute('http.response.status_code', statusCode);
  if (statusCode < 400) return;
  span.setAttribute('error.type', String(statusCode));
  span.setStatus({ code: SpanStatusCode.ERROR });
}

function noteError(span: Span | undefined, error: Error): void {
  if (!span) return;
  const exception = toException(error);
  const { code } = error as NodeJS.ErrnoException;
  // `ECONNREFUSED` says more than `Error`; the code of a DOMException is a number that says less than its name.
  const type = typeof code === 'string' ? code : error.name;
  span.setAttribute('error.type', type);
  span.recordException({ ...exception, name: type });
  span.setStatus({ code: SpanStatusCode.ERROR, message: exception.message });
}

function subscribeAll<Request extends object>(listeners: Listeners<Request>): () => void {
  const entries = Object.entries(listeners) as [string, (message: unknown) => void][];
  for (const [channel, listener] of entries) subscribe(channel, listener);
  return () => {
    for (const [channel, listener] of entries) unsubscribe(channel, listener);
  };
}
