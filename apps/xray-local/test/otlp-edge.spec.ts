import { once } from 'node:events';
import http from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BatchGetTracesCommand, GetTraceSummariesCommand } from '@aws-sdk/client-xray';
import protobuf from 'protobufjs/minimal.js';
import type { ResourceSpans } from '#xray-model';
import { waitFor } from '#testing';
import { encodeOtlpJson, encodeOtlpProto } from './otlp-encoder.js';
import { startForTest } from './start-for-test.js';
import type { XrayForTest } from './start-for-test.js';

const PROTOBUF = 'application/x-protobuf';
const JSON_TYPE = 'application/json';
/** A random id, as W3C wants them: its first digits are no time. */
const W3C_TRACE_ID = 'f3c91a20aa4e41b7a6bd5f1f00c0ffee';

function aRequest(nowSec = 1_700_000_000): ResourceSpans[] {
  return [
    {
      resource: { attributes: [] },
      spans: [
        {
          traceId: W3C_TRACE_ID,
          spanId: '00000000000000bb',
          parentSpanId: '',
          name: 'GET /',
          kind: 2,
          startTimeUnixNano: nowSec * 1e9,
          endTimeUnixNano: (nowSec + 1) * 1e9,
          attributes: [],
          events: [],
          links: [],
          status: { code: 0, message: '' },
        },
      ],
    },
  ];
}

/** OTLP/HTTP where clients and servers come apart: https://opentelemetry.io/docs/specs/otlp/#otlphttp */
describe('the edge of OTLP/HTTP', () => {
  let xray: XrayForTest;

  beforeEach(async () => {
    xray = await startForTest();
  });
  afterEach(async () => {
    await xray.stop();
  });

  async function post(
    body: Uint8Array<ArrayBuffer> | string,
    headers: Record<string, string>,
    path = '/v1/traces',
  ): Promise<{ status: number; headers: Headers; rpc: { code: number; message: string } }> {
    const response = await fetch(`${xray.otlpUrl}${path}`, { method: 'POST', body, headers });
    const bytes = new Uint8Array(await response.arrayBuffer());
    return {
      status: response.status,
      headers: response.headers,
      rpc: readStatus(response.headers.get('content-type'), bytes),
    };
  }

  it.each([PROTOBUF, JSON_TYPE])('words each refusal as a google.rpc.Status in %s', async (type) => {
    const garbage = await post('{{{', { 'content-type': type });
    const encoding = await post('x', { 'content-type': type, 'content-encoding': 'br' });
    const damaged = await post('x', { 'content-type': type, 'content-encoding': 'gzip' });
    const large = await post(new Uint8Array(21 * 1024 * 1024), { 'content-type': type });
    const elsewhere = await post('', { 'content-type': type }, '/v1/metrics');

    const answers = [garbage, encoding, damaged, large, elsewhere];
    expect(answers.map(({ status, rpc: { code } }) => [status, code])).toEqual([
      [400, 3],
      [415, 3],
      [400, 3],
      [413, 3],
      [404, 5],
    ]);
    for (const { headers, rpc } of answers) {
      expect(headers.get('content-type')).toBe(type);
      expect(rpc.message).toMatch(/\w{3}/);
      // None of these is better the next time.
      expect(headers.get('retry-after')).toBeNull();
    }
  });

  it('says when to come back when too much is under way, and is there again afterwards', async () => {
    // Two of them leave no room for the third, whichever that is.
    const requests = [1, 2, 3].map(() => startBody(19 * 1024 * 1024));
    const [refused] = (await Promise.race(requests.map((request) => once(request, 'response')))) as [
      http.IncomingMessage,
    ];
    const body = Buffer.concat((await refused.toArray()) as Buffer[]);

    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '1']);
    expect(readStatus(PROTOBUF, body)).toEqual({ code: 8, message: expect.stringMatching(/under way/) });

    for (const request of requests) request.destroy();
    await waitFor('room', async () => {
      const answer = await post(new Uint8Array(5 * 1024 * 1024), { 'content-type': PROTOBUF });
      return answer.status === 400;
    });
  });

  it('answers 503, which clients retry, while it stops', async () => {
    const request = startBody(10);
    await waitFor('the request', async () => (await fetch(`${xray.otlpUrl}/health`)).ok);
    const stopped = xray.stop();
    const late = await post('', { 'content-type': PROTOBUF }).catch(() => undefined);
    request.destroy();
    await stopped;

    // The listener may be closed already, which clients retry as well.
    if (late !== undefined)
      expect([late.status, late.headers.get('retry-after'), late.rpc.code]).toEqual([503, '1', 14]);
    expect(xray.status().rejected).toEqual({});
  });

  it.each([
    ['application/json; charset=utf-8', JSON_TYPE],
    ['Application/X-Protobuf', PROTOBUF],
  ])('takes the content type %s', async (sent, answered) => {
    const body = answered === PROTOBUF ? encodeOtlpProto(aRequest()) : encodeOtlpJson(aRequest());

    const answer = await post(body as Uint8Array<ArrayBuffer>, { 'content-type': sent });

    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, answered]);
  });

  it.each([['text/plain'], ['application/protobuf'], ['application/grpc'], ['x']])(
    'refuses the content type %j in JSON, which everybody reads',
    async (sent) => {
      const answer = await post('x', { 'content-type': sent });

      expect([answer.status, answer.headers.get('content-type')]).toEqual([415, JSON_TYPE]);
      expect(answer.rpc.message).toMatch(
        /^content-type (must be application\/x-protobuf or application\/json|is not a media type)$/,
      );
    },
  );

  it('takes an empty body for the empty message in protobuf, and for no JSON in JSON', async () => {
    expect((await post('', { 'content-type': PROTOBUF })).status).toBe(200);
    expect((await post(gzipSync(''), { 'content-type': PROTOBUF, 'content-encoding': 'gzip' })).status).toBe(
      200,
    );
    expect(await post('', { 'content-type': JSON_TYPE })).toMatchObject({
      status: 400,
      rpc: { message: expect.stringMatching(/not JSON/) },
    });
  });

  it.each(['gzip', 'GZIP', 'x-gzip', 'identity, gzip', 'gzip,identity', ' gzip '])(
    'takes the content encoding %j',
    async (encoding) => {
      const body = gzipSync(encodeOtlpProto(aRequest()));

      expect((await post(body, { 'content-type': PROTOBUF, 'content-encoding': encoding })).status).toBe(200);
      expect(xray.status().ingest.documentsStored).toBe(1);
    },
  );

  it('undoes two encodings in their order, and no more than two', async () => {
    const twice = gzipSync(gzipSync(encodeOtlpProto(aRequest())));
    const headers = { 'content-type': PROTOBUF };

    expect((await post(twice, { ...headers, 'content-encoding': 'gzip, gzip' })).status).toBe(200);
    expect((await post(twice, { ...headers, 'content-encoding': 'gzip, gzip, gzip' })).status).toBe(415);
    expect((await post(twice, { ...headers, 'content-encoding': 'gzip, br' })).status).toBe(415);
  });

  it('stops unpacking a bomb at the limit, also one within another', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const headers = { 'content-type': PROTOBUF };

    const plain = await post(bomb, { ...headers, 'content-encoding': 'gzip' });
    const nested = await post(gzipSync(bomb), { ...headers, 'content-encoding': 'gzip, gzip' });

    expect([plain.status, nested.status]).toEqual([413, 413]);
    expect(plain.rpc.message).toMatch(/more than 20971520 bytes after gzip/);
  });

  it('takes random trace ids, whose first digits tell no time', async () => {
    const nowSec = Math.floor(Date.now() / 1000);
    await post(encodeOtlpJson(aRequest(nowSec)), { 'content-type': JSON_TYPE });
    const id = '1-f3c91a20-aa4e41b7a6bd5f1f00c0ffee';

    const { Traces } = await xray.client.send(new BatchGetTracesCommand({ TraceIds: [id] }));
    const window = { StartTime: new Date((nowSec - 5) * 1000), EndTime: new Date((nowSec + 5) * 1000) };
    const { TraceSummaries } = await xray.client.send(new GetTraceSummariesCommand(window));

    expect(Traces?.map(({ Id }) => Id)).toEqual([id]);
    expect(TraceSummaries?.map(({ Id }) => Id)).toEqual([id]);
  });

  /** A request whose body never ends. */
  function startBody(bytes: number): http.ClientRequest {
    const headers: OutgoingHttpHeaders = { 'content-type': PROTOBUF, 'transfer-encoding': 'chunked' };
    const request = http.request(`${xray.otlpUrl}/v1/traces`, { method: 'POST', headers });
    request.on('error', () => undefined);
    request.write(Buffer.alloc(bytes));
    return request;
  }
});

function readStatus(type: string | null, bytes: Uint8Array): { code: number; message: string } {
  if (type === JSON_TYPE) {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as { code: number; message: string };
  }
  const status = { code: 0, message: '' };
  const reader = protobuf.Reader.create(bytes);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === 8) status.code = reader.int32();
    else if (tag === 18) status.message = reader.string();
    else reader.skipType(tag & 7);
  }
  return status;
}
