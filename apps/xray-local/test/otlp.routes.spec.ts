import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BatchGetTracesCommand, GetServiceGraphCommand } from '@aws-sdk/client-xray';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import protobuf from 'protobufjs/minimal.js';
import type { ResourceSpans } from '#xray-model';
import { encodeOtlpJson, encodeOtlpProto } from './otlp-encoder.js';
import { BASE_SEC } from './segment-documents.js';
import { startForTest } from './start-for-test.js';
import type { XrayForTest } from './start-for-test.js';

/** An enumeration of a package that the exporter does not export it from. */
type Compression = NonNullable<
  NonNullable<ConstructorParameters<typeof OTLPTraceExporter>[0]>['compression']
>;

const TRACE_ID = '6553f1000000000000000000000000aa';
const XRAY_TRACE_ID = '1-6553f100-0000000000000000000000aa';
const PROTOBUF = { 'content-type': 'application/x-protobuf' };
const JSON_TYPE = { 'content-type': 'application/json' };

function aRequest(fields: Partial<ResourceSpans['spans'][number]> = {}): ResourceSpans[] {
  return [
    {
      resource: { attributes: [{ key: 'service.name', value: { kind: 'string', value: 'signup-api' } }] },
      spans: [
        {
          traceId: TRACE_ID,
          spanId: '00000000000000bb',
          parentSpanId: '',
          name: 'POST /signup',
          kind: 2,
          startTimeUnixNano: BASE_SEC * 1e9,
          endTimeUnixNano: (BASE_SEC + 1) * 1e9,
          attributes: [],
          events: [],
          links: [],
          status: { code: 0, message: '' },
          ...fields,
        },
      ],
    },
  ];
}

describe('POST /v1/traces', () => {
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
    base = xray.otlpUrl,
  ): Promise<Response> {
    return fetch(`${base}/v1/traces`, { method: 'POST', body, headers });
  }

  async function segmentNames(): Promise<string[]> {
    const { Traces = [] } = await xray.client.send(new BatchGetTracesCommand({ TraceIds: [XRAY_TRACE_ID] }));
    return (Traces[0]?.Segments ?? []).map(
      ({ Document }) => (JSON.parse(Document!) as { name: string }).name,
    );
  }

  it.each(['none', 'gzip'] as Compression[])(
    'takes what the OpenTelemetry exporter sends (%s) and shows it on the map',
    async (compression) => {
      const exporter = new OTLPTraceExporter({ url: `${xray.otlpUrl}/v1/traces`, compression });
      const provider = new TracerProvider({
        resource: resourceFromAttributes({ 'service.name': 'signup-api' }),
        spanProcessors: [new SimpleSpanProcessor({ exporter })],
      });
      const tracer = provider.getTracer('test');
      const span = tracer.startSpan('POST /signup', {
        kind: SpanKind.SERVER,
        attributes: { 'http.route': '/signup' },
      });
      span.setStatus({ code: SpanStatusCode.ERROR, message: 'broken' }).end();
      await provider.shutdown();

      const EndTime = new Date(Date.now() + 60_000);
      const StartTime = new Date(Date.now() - 60_000);
      const graph = await xray.client.send(new GetServiceGraphCommand({ StartTime, EndTime }));

      expect(graph.Services!.map(({ Name, Type }) => [Name, Type])).toEqual([
        ['signup-api', 'client'],
        ['signup-api', undefined],
      ]);
      expect(graph.Services![1]!.SummaryStatistics!.FaultStatistics!.TotalCount).toBe(1);
      expect(xray.status().ingest).toMatchObject({
        spansReceived: 1,
        spansTranslated: 1,
        documentsStored: 1,
      });
    },
  );

  it('answers a protobuf request with an empty protobuf message', async () => {
    const response = await post(encodeOtlpProto(aRequest()), PROTOBUF);

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/x-protobuf');
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect((await response.arrayBuffer()).byteLength).toBe(0);
    expect(await segmentNames()).toEqual(['signup-api']);
  });

  it('answers a JSON request in JSON, on the port of the API too', async () => {
    const response = await post(encodeOtlpJson(aRequest()), JSON_TYPE, xray.url);

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({});
    expect(await segmentNames()).toEqual(['signup-api']);
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['zstd', zstdCompressSync],
  ] as const)('takes a body in %s', async (encoding, compress) => {
    const body = Buffer.from(compress(encodeOtlpProto(aRequest())));

    const response = await post(body, { ...PROTOBUF, 'content-encoding': encoding });

    expect(response.status).toBe(200);
    expect(await segmentNames()).toEqual(['signup-api']);
  });

  it('tells how many spans it rejected and why, and keeps the others', async () => {
    const [good] = aRequest();
    const [bad] = aRequest({ traceId: '0'.repeat(32) });

    const fromProto = await post(encodeOtlpProto([good!, bad!]), PROTOBUF);
    const fromJson = await post(encodeOtlpJson([good!, bad!]), JSON_TYPE);

    const message = readPartialSuccess(new Uint8Array(await fromProto.arrayBuffer()));
    expect(message).toEqual({
      rejectedSpans: 1,
      errorMessage: expect.stringMatching(/spans\[0\]: trace_id/),
    });
    expect(await fromJson.json()).toEqual({
      partialSuccess: { rejectedSpans: '1', errorMessage: expect.stringMatching(/traceId/) },
    });
    expect(await segmentNames()).toEqual(['signup-api']);
    expect(xray.status().rejected).toEqual({ InvalidSpan: 2 });
  });

  it('rejects a span whose document X-Ray would refuse, and logs it', async () => {
    const response = await post(
      encodeOtlpJson(
        aRequest({ attributes: [{ key: 'peer.service', value: { kind: 'string', value: 'a?b' } }] }),
      ),
      JSON_TYPE,
    );

    expect(await response.json()).toEqual({
      partialSuccess: { rejectedSpans: '1', errorMessage: expect.stringMatching(/00000000000000bb.*name/) },
    });
    expect(xray.logLines).toContainEqual({
      level: 'warn',
      message: 'refused',
      fields: expect.objectContaining({ reason: 'InvalidSegment', id: '00000000000000bb', count: 1 }),
    });
  });

  it('answers a malformed protobuf body with a status in protobuf that names the field', async () => {
    const body = encodeOtlpProto(aRequest()).subarray(0, 60);

    const response = await post(Buffer.from(body), PROTOBUF);

    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/x-protobuf');
    const status = readStatus(new Uint8Array(await response.arrayBuffer()));
    expect(status).toEqual({ code: 3, message: expect.stringMatching(/^resource_spans/) });
  });

  it.each([
    ['no JSON', '{', /JSON/],
    ['a list', '[]', /object/],
    [
      'a field of the wrong type',
      '{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":5}]}]}]}',
      /spans\[0\]\.name/,
    ],
  ])('answers %s with a status in JSON', async (_case, body, message) => {
    const response = await post(body, JSON_TYPE);

    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ code: 3, message: expect.stringMatching(message) });
  });

  it('refuses other content types and encodings, naming those it takes', async () => {
    const plain = await post('x', { 'content-type': 'text/plain' });
    const brotli = await post('x', { ...JSON_TYPE, 'content-encoding': 'br' });

    expect(plain.status).toBe(415);
    expect(((await plain.json()) as { message: string }).message).toMatch(/application\/x-protobuf/);
    expect(brotli.status).toBe(415);
    expect(brotli.headers.get('accept-encoding')).toMatch(/gzip/);
  });

  it('refuses a body that is not in the encoding it claims', async () => {
    const response = await post('not gzip', { ...JSON_TYPE, 'content-encoding': 'gzip' });

    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ code: 3, message: 'not valid gzip' });
  });

  it('refuses bodies over the limit, also those that are so only after decompression', async () => {
    const zeros = Buffer.alloc(21 * 1024 * 1024);

    const large = await post(zeros, PROTOBUF);
    const bomb = await post(gzipSync(zeros), { ...PROTOBUF, 'content-encoding': 'gzip' });

    expect(large.status).toBe(413);
    expect(bomb.status).toBe(413);
    expect(xray.status().rejected).toEqual({ BodyTooLarge: 2 });
  });

  it('takes the empty request', async () => {
    expect((await post('', PROTOBUF)).status).toBe(200);
    expect((await post('{}', JSON_TYPE)).status).toBe(200);
  });

  it('refuses another method', async () => {
    const response = await fetch(`${xray.otlpUrl}/v1/traces`);

    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });

  it('makes annotations of the attributes it is told to index', async () => {
    const indexing = await startForTest({ indexedAttributes: ['tenant'] });
    const attributes = [{ key: 'tenant', value: { kind: 'string' as const, value: 'a' } }];
    await fetch(`${indexing.url}/v1/traces`, {
      method: 'POST',
      headers: JSON_TYPE,
      body: encodeOtlpJson(aRequest({ attributes })),
    });

    const { Traces } = await indexing.client.send(new BatchGetTracesCommand({ TraceIds: [TRACE_ID] }));
    await indexing.stop();

    expect(JSON.parse(Traces![0]!.Segments![0]!.Document!)).toMatchObject({ annotations: { tenant: 'a' } });
  });
});

function readPartialSuccess(bytes: Uint8Array): { rejectedSpans: number; errorMessage: string } {
  const reader = protobuf.Reader.create(bytes);
  expect(reader.uint32()).toBe(10);
  reader.uint32();
  expect(reader.uint32()).toBe(8);
  const rejectedSpans = reader.uint32();
  expect(reader.uint32()).toBe(18);
  return { rejectedSpans, errorMessage: reader.string() };
}

function readStatus(bytes: Uint8Array): { code: number; message: string } {
  const reader = protobuf.Reader.create(bytes);
  expect(reader.uint32()).toBe(8);
  const code = reader.uint32();
  expect(reader.uint32()).toBe(18);
  return { code, message: reader.string() };
}
