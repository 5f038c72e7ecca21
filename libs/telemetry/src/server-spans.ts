import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Attributes, Span, Tracer } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { redactPath } from './redact.js';
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

  fastify.addHook('onRequest', (request, reply, done) => {
    const path = redactPath(request.raw.url ?? '/');
    if (options.untracedPaths.has(path)) {
      context.with(suppressTracing(context.active()), done);
      return;
    }
    const route = request.routeOptions.url;
    const parent = extractContext(request.headers);
    const span = tracer.startSpan(
      route === undefined ? request.method : `${request.method} ${route}`,
      { kind: SpanKind.SERVER, attributes: startAttributes(request, path, route) },
      parent,
    );
    spans.set(request, span);
    void reply.header('x-amzn-trace-id', formatResponseTraceHeader(span.spanContext()));
    context.with(trace.setSpan(parent, span), done);
  });

  fastify.addHook('onResponse', (request, reply, done) => {
    end(spans.get(request), reply.statusCode);
    done();
  });

  // No answer leaves when the client has gone first, and the span must not be lost with it.
  fastify.addHook('onRequestAbort', (request, done) => {
    end(spans.get(request), CLIENT_CLOSED_REQUEST);
    done();
  });
}

function end(span: Span | undefined, statusCode: number): void {
  if (!span?.isRecording()) return;
  span.setAttribute('http.response.status_code', statusCode);
  if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
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
