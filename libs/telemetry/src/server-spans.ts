import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Attributes, Span, Tracer } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { redactPath } from './redact.js';
import { beginTraceOf, withoutRootTraceId } from './root-trace-id.js';
import { extractContext, formatResponseTraceHeader } from './trace-context.js';

/** Fastify publishes each new server here, before anything is registered on it. */
const FASTIFY_INITIALIZATION = 'fastify.initialization';

/** What proxies log for a client that did not wait; it makes the segment an error of the caller, not a fault. */
const CLIENT_CLOSED_REQUEST = 499;

export interface ServerSpanOptions {
  /** Paths that are never traced, and under which nothing else is traced either. */
  untracedPaths: ReadonlySet<string>;
}

/**
 * One SERVER span per request of every Fastify server that this process makes, and no span for its hooks.
 *
 * It is ours rather than `@fastify/otel`'s because X-Ray's nodes need the address at the start of the span (for
 * sampling rules too), a path without its query, no span for the 404 handler and an end when the answer has left:
 * see ADR 0003.
 *
 * @returns a function that stops tracing servers made from then on
 */
export function traceFastifyServers(options: ServerSpanOptions): () => void {
  const tracer = trace.getTracer('signup-lab/fastify');
  const onInitialization = (message: unknown): void => {
    addSpanHooks((message as { fastify: FastifyInstance }).fastify, tracer, options);
  };
  subscribe(FASTIFY_INITIALIZATION, onInitialization);
  return () => void unsubscribe(FASTIFY_INITIALIZATION, onInitialization);
}

function addSpanHooks(fastify: FastifyInstance, tracer: Tracer, options: ServerSpanOptions): void {
  const spans = new WeakMap<FastifyRequest, Span>();
  const answeredAtMs = new WeakMap<FastifyRequest, number>();

  fastify.addHook('onRequest', (request, reply, done) => {
    const path = redactPath(request.raw.url ?? '/');
    if (options.untracedPaths.has(path)) {
      context.with(suppressTracing(context.active()), done);
      return;
    }
    const route = request.routeOptions.url;
    const parent = extractContext(request.headers);
    const name = route === undefined ? request.method : `${request.method} ${route}`;
    const spanOptions = { kind: SpanKind.SERVER, attributes: startAttributes(request, path, route) };
    const span = beginTraceOf(parent, () => tracer.startSpan(name, spanOptions, parent));
    spans.set(request, span);
    // No answer leaves when the client has gone first, and the span must not be lost with it. Fastify's onRequestAbort
    // comes only while the body is still on its way.
    reply.raw.once('close', () => end(span, CLIENT_CLOSED_REQUEST));
    void reply.header('x-amzn-trace-id', formatResponseTraceHeader(span.spanContext()));
    context.with(trace.setSpan(withoutRootTraceId(parent), span), done);
  });

  // A busy process hears that the answer has left after the caller has it: the segment would end after the call.
  fastify.addHook('onSend', (request, _reply, payload, done) => {
    if (!isStream(payload)) answeredAtMs.set(request, performance.now());
    done();
  });

  fastify.addHook('onResponse', (request, reply, done) => {
    end(spans.get(request), reply.statusCode, answeredAtMs.get(request));
    done();
  });
}

/** A stream is still to be read when its answer begins, so its end is when it has left. */
function isStream(payload: unknown): boolean {
  return typeof payload === 'object' && payload !== null && !Buffer.isBuffer(payload);
}

/** @param endMs on the clock of `performance`; now when it is left out */
function end(span: Span | undefined, statusCode: number, endMs?: number): void {
  if (!span?.isRecording()) return;
  span.setAttribute('http.response.status_code', statusCode);
  if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(endMs);
}

function startAttributes(request: FastifyRequest, path: string, route: string | undefined): Attributes {
  const attributes: Attributes = {
    'http.request.method': request.method,
    'url.scheme': request.protocol,
    'url.path': path,
    'server.address': request.hostname,
    'client.address': request.ip,
    'network.protocol.version': request.raw.httpVersion,
  };
  if (route !== undefined) attributes['http.route'] = route;
  const { port } = request;
  if (port) attributes['server.port'] = port;
  const userAgent = request.headers['user-agent'];
  if (userAgent) attributes['user_agent.original'] = userAgent;
  // Left out behind a proxy: the exporter then says x_forwarded_for of the client's address.
  const peerAddress = request.socket.remoteAddress;
  if (peerAddress === request.ip) attributes['network.peer.address'] = peerAddress;
  return attributes;
}
