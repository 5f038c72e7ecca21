import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import net from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GetGroupCommand, XRayServiceException } from '@aws-sdk/client-xray';
import { PortTakenError } from '../src/server/listen.js';
import { startXrayLocal } from '../src/start-xray-local.js';
import { aSegment } from './segment-documents.js';
import { startForTest } from './start-for-test.js';
import type { XrayForTest } from './start-for-test.js';

/** `fetch` sets these headers itself. */
async function get(
  url: string,
  headers: http.OutgoingHttpHeaders,
): Promise<{ status: number; body: string }> {
  const [response] = (await once(http.get(url, { headers }), 'response')) as [http.IncomingMessage];
  return { status: response.statusCode ?? 0, body: (await response.toArray()).join('') };
}

describe('the listeners', () => {
  let xray: XrayForTest;

  beforeEach(async () => {
    xray = await startForTest({ allowedHosts: ['xray-local'] });
  });
  afterEach(async () => {
    await xray.stop();
  });

  it('refuse a Host header that a rebound name would send, on both ports and all paths', async () => {
    for (const url of [xray.url, `${xray.url}/status`, `${xray.url}/Traces`, `${xray.otlpUrl}/v1/traces`]) {
      expect((await get(url, { host: 'evil.example' })).status).toBe(403);
    }
    expect((await get(`${xray.url}/health`, { host: 'xray-local:2000' })).status).toBe(200);
    expect(xray.status().rejected).toEqual({ ForeignOrigin: 4 });
  });

  it('refuse the scripts of other pages, and give no page leave to read', async () => {
    const headers = { origin: 'http://localhost:3000' };

    const refused = await fetch(`${xray.url}/TraceSegments`, { method: 'POST', headers, body: '{}' });
    const preflight = await fetch(`${xray.otlpUrl}/v1/traces`, { method: 'OPTIONS', headers });
    const own = await fetch(`${xray.url}/status`, { headers: { origin: xray.url } });

    expect(refused.status).toBe(403);
    expect(refused.headers.get('x-amzn-errortype')).toBe('AccessDeniedException');
    expect(preflight.status).toBe(403);
    expect(own.status).toBe(200);
    for (const response of [refused, preflight, own]) {
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    }
  });

  it('number every answer', async () => {
    const paths = ['/', '/status', '/nothing-here', '/Traces'];
    const ids = await Promise.all(
      paths.map(async (path) => (await fetch(xray.url + path)).headers.get('x-amzn-requestid')),
    );

    expect(new Set(ids).size).toBe(paths.length);
    expect(ids).not.toContain(null);
  });

  it('refuse in the words of AWS', async () => {
    const error: unknown = await xray.client
      .send(new GetGroupCommand({ GroupName: 'none' }))
      .catch((caught: unknown) => caught);

    expect(error).toBeInstanceOf(XRayServiceException);
    expect(error).toMatchObject({
      name: 'InvalidRequestException',
      message: 'GroupName: there is no group none',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it.each([
    ['no JSON', '{', 'the body is not JSON'],
    ['a list', '[]', 'the body must be a JSON object'],
    ['null', 'null', 'the body must be a JSON object'],
  ])('refuse a call with %s', async (_case, body, message) => {
    const response = await fetch(`${xray.url}/Traces`, { method: 'POST', body });

    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ __type: 'InvalidRequestException', Message: message });
  });

  it('take a call without content type, as some clients send it', async () => {
    const request = http.request(`${xray.url}/TraceSegments`, { method: 'POST' });
    request.end(JSON.stringify({ TraceSegmentDocuments: [JSON.stringify(aSegment(1))] }));
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    response.resume();

    expect(response.statusCode).toBe(200);
    expect(xray.status().store.traces).toBe(1);
  });

  it('refuse a call that is too large', async () => {
    const body = 'x'.repeat(21 * 1024 * 1024);

    const response = await fetch(`${xray.url}/TraceSegments`, { method: 'POST', body });

    expect(response.status).toBe(413);
    expect(response.headers.get('x-amzn-errortype')).toBe('RequestEntityTooLargeException');
  });

  it('tell a wrong path from a wrong method', async () => {
    const unknown = await fetch(`${xray.url}/Nothing`, { method: 'POST' });
    const wrong = await fetch(`${xray.url}/TraceSegments`);

    expect(unknown.status).toBe(404);
    expect(unknown.headers.get('x-amzn-errortype')).toBe('UnknownOperationException');
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get('allow')).toBe('POST');
    expect((await fetch(`${xray.otlpUrl}/Traces`, { method: 'POST' })).status).toBe(404);
  });

  it('serve a page that says where to send traces and runs nothing', async () => {
    const response = await fetch(xray.url);
    const page = await response.text();

    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'/);
    expect(page).toContain(xray.otlpUrl);
    expect(page).toContain('npm run lab -- map');
    expect(page).toMatch(/<html lang="en">[^]*<main>[^]*<h1>/);
    expect(page).not.toContain('<script');
  });

  it('report counters', async () => {
    const response = await fetch(`${xray.url}/status`);

    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({
      uptimeSec: expect.any(Number),
      ingest: {
        spansReceived: 0,
        spansTranslated: 0,
        spansUnsampled: 0,
        segmentsReceived: 0,
        documentsStored: 0,
      },
      daemon: expect.objectContaining({ packetsReceived: 0, receiveBufferBytes: expect.any(Number) }),
      telemetry: expect.objectContaining({ records: 0 }),
      rejected: {},
      store: {
        traces: 0,
        documents: 0,
        documentBytes: 0,
        evictedTraces: { count: 0, bytes: 0, retention: 0 },
      },
    });
  });

  it('finish what is under way when stopped, and answer nothing new', async () => {
    const { hostname, port } = new URL(xray.url);
    const socket = net.connect(Number(port), hostname);
    const body = JSON.stringify({ TraceIds: ['a'] });
    const head = `POST /Traces HTTP/1.1\r\nhost: ${hostname}\r\ncontent-length: ${body.length}\r\n\r\n`;
    socket.write(head + body.slice(0, 5));
    await once(socket, 'connect');
    // The request has begun once an answer to a later one is here.
    await fetch(`${xray.url}/health`);

    const stopped = xray.stop();
    socket.write(body.slice(5) + head + body);
    const answers = (await socket.setEncoding('utf8').toArray()).join('');
    await stopped;

    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 503']);
    expect(answers).toMatch(/retry-after: 1/);
    await expect(fetch(`${xray.url}/health`)).rejects.toThrow(/fetch failed/);
  });
});

describe('startXrayLocal', () => {
  it('names a taken port and leaves nothing listening', async () => {
    const other = net.createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;

    const started = startXrayLocal({ port: 0, otlpPort: port, log: () => undefined });

    await expect(started).rejects.toThrow(PortTakenError);
    await expect(started).rejects.toThrow(new RegExp(`port ${port} `));
    other.close();
  });
});
