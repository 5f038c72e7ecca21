import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { AWSXRayPropagator } from '@opentelemetry/propagator-aws-xray';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  StackContextManager,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createPeerNaming, traceHttpClients } from './client-spans.js';

describe('createPeerNaming', () => {
  it('names a peer by its origin, and any other host by itself', () => {
    const nameOf = createPeerNaming({ peers: { 'http://127.0.0.1:3001/': 'notifier' }, environment: {} });

    expect(nameOf('http://127.0.0.1:3001', '/notifications')).toEqual({
      'peer.service': 'notifier',
      'url.full': 'http://127.0.0.1:3001/notifications',
    });
    expect(nameOf('http://[::1]:8080', '/')).toMatchObject({ 'peer.service': '[::1]' });
    expect(nameOf('https://api.example.com:8443', '/')).toMatchObject({ 'peer.service': 'api.example.com' });
    expect(nameOf('https://api.example.com', '/v1?key=1')).toEqual({
      'peer.service': 'api.example.com',
      'url.full': 'https://api.example.com/v1',
    });
  });

  it.each([
    [{ AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/credentials/secret-id' }, 'http://169.254.170.2'],
    [
      { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:4566/v2/credentials/secret-id' },
      'http://127.0.0.1:4566',
    ],
  ])('gives the credentials endpoint one name and hides the id (%j)', (environment, origin) => {
    const nameOf = createPeerNaming({ peers: {}, environment });

    expect(nameOf(origin, '/v2/credentials/secret-id')).toEqual({
      'peer.service': 'ecs-credentials-endpoint',
      'url.full': `${origin}/v2/credentials/redacted`,
    });
  });
});

const exporter = new InMemorySpanExporter();
const received: http.IncomingMessage[] = [];
let server: http.Server;
let origin: string;
let stop: () => void;

beforeAll(async () => {
  trace.setGlobalTracerProvider(
    new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
  );
  propagation.setGlobalPropagator(new AWSXRayPropagator());
  context.setGlobalContextManager(new StackContextManager().enable());
  server = http.createServer((request, response) => {
    received.push(request);
    if (request.url === '/hang') return;
    response.writeHead(request.url?.startsWith('/missing') ? 404 : 200).end('body');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
  trace.disable();
  propagation.disable();
  context.disable();
});
beforeEach(() => {
  received.length = 0;
  exporter.reset();
  stop = traceHttpClients({
    peers: {},
    environment: { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${origin}/v2/credentials/secret-id` },
  });
});
afterEach(() => stop());

async function get(path: string, headers: http.OutgoingHttpHeaders = {}): Promise<void> {
  const request = http.get(origin + path, { headers, agent: false });
  const isClosed = once(request, 'close');
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  response.resume();
  await isClosed;
}

async function fetched(path: string): Promise<void> {
  await (await fetch(origin + path)).text();
}

describe.each([
  ['fetch', fetched],
  ['node:http', get],
])('a request by %s', (_name, send) => {
  it('is one CLIENT span with what X-Ray reads, and takes the trace along', async () => {
    await send('/orders?key=1');

    const [span, ...others] = exporter.getFinishedSpans();
    expect(others).toEqual([]);
    expect(span).toMatchObject({
      name: 'GET',
      kind: SpanKind.CLIENT,
      status: { code: SpanStatusCode.UNSET },
    });
    expect(span?.attributes).toEqual({
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'peer.service': '127.0.0.1',
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(origin).port),
      'url.full': `${origin}/orders`,
    });
    const { traceId, spanId } = span?.spanContext() ?? { traceId: '', spanId: '' };
    expect(received[0]?.headers['x-amzn-trace-id']).toBe(
      `Root=1-${traceId.slice(0, 8)}-${traceId.slice(8)};Parent=${spanId};Sampled=1`,
    );
  });

  it('that is refused is an error', async () => {
    await send('/missing');

    expect(exporter.getFinishedSpans()).toMatchObject([
      {
        status: { code: SpanStatusCode.ERROR },
        attributes: { 'http.response.status_code': 404, 'error.type': '404' },
      },
    ]);
  });

  it('for credentials has the name of its node, and no id', async () => {
    await send('/v2/credentials/secret-id');

    expect(exporter.getFinishedSpans()[0]?.attributes).toMatchObject({
      'peer.service': 'ecs-credentials-endpoint',
      'url.full': `${origin}/v2/credentials/redacted`,
    });
  });

  it('is no span where tracing is suppressed, and none after the end', async () => {
    await context.with(suppressTracing(context.active()), () => send('/quiet'));
    stop();
    await send('/later');

    expect(exporter.getFinishedSpans()).toEqual([]);
    expect(received.map(({ headers }) => headers['x-amzn-trace-id'])).toEqual([undefined, undefined]);
  });
});

/** Resolves when there is nothing left of the request, also of one that failed. */
function closed(request: http.ClientRequest): Promise<void> {
  return new Promise((resolve) => request.once('error', () => undefined).once('close', resolve));
}

describe('a request that gets no answer', () => {
  it.each([
    ['fetch', (url: string) => fetch(url).catch(() => undefined)],
    ['node:http', (url: string) => closed(http.get(url))],
  ])('by %s is an error with the code of the connection', async (_name, send) => {
    const unused = http.createServer().listen(0, '127.0.0.1');
    await once(unused, 'listening');
    const { port } = unused.address() as AddressInfo;
    unused.close();
    await once(unused, 'close');

    await send(`http://127.0.0.1:${port}/`);

    const [span] = exporter.getFinishedSpans();
    const event = { name: 'exception', attributes: { 'exception.type': 'ECONNREFUSED' } };
    expect(span).toMatchObject({ status: { code: SpanStatusCode.ERROR }, events: [event] });
    expect(span?.attributes['error.type']).toBe('ECONNREFUSED');
  });

  it.each([
    ['is late', 'TimeoutError', SpanStatusCode.ERROR],
    ['was given up', 'AbortError', SpanStatusCode.UNSET],
  ])('and %s ends with %s and status %i', async (_how, name, code) => {
    const controller = new AbortController();
    server.once('request', () => controller.abort(new DOMException('no answer', name)));

    await expect(fetch(`${origin}/hang`, { signal: controller.signal })).rejects.toThrow('no answer');

    const [span] = exporter.getFinishedSpans();
    expect(span?.status.code).toBe(code);
    expect(span?.attributes['error.type']).toBe(code === SpanStatusCode.ERROR ? name : undefined);
  });
});

describe('the calls that the AWS SDK makes', () => {
  it('are left to its own instrumentation', async () => {
    await get('/', { 'amz-sdk-invocation-id': '1' });

    expect(exporter.getFinishedSpans()).toEqual([]);
  });

  it('for credentials on ECS are known, although their port is 0', async () => {
    stop();
    stop = traceHttpClients({
      peers: {},
      environment: { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/credentials/secret-id' },
    });
    const request = http.request({ host: '169.254.170.2', port: 0, path: '/v2/credentials/secret-id' });
    request.destroy();
    await closed(request);

    expect(exporter.getFinishedSpans()[0]?.attributes).toMatchObject({
      'peer.service': 'ecs-credentials-endpoint',
      'url.full': 'http://169.254.170.2/v2/credentials/redacted',
    });
  });
});
