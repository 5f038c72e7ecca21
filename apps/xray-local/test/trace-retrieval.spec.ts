import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SegmentDocument } from '#xray-model';
import { callApi } from './api-caller.js';
import type { Answer } from './api-caller.js';
import { aSegment, aTraceId, BASE_SEC } from './segment-documents.js';
import { startForTest } from './start-for-test.js';
import type { XrayForTest } from './start-for-test.js';

const WINDOW = { StartTime: BASE_SEC, EndTime: BASE_SEC + 60 };

interface RetrievedTrace {
  Id: string;
  Duration: number;
  Spans: { Id: string; Document: string }[];
}

const call = (xray: XrayForTest, path: string, input: object = {}): Promise<Answer> =>
  callApi(xray, path, input);

describe('trace retrieval', () => {
  let xray: XrayForTest;
  const root = aSegment(1, {
    http: { request: { method: 'POST', url: 'http://a/signup' }, response: { status: 201 } },
    annotations: { tenant: 'a' },
    metadata: { default: { size: 3 } },
    origin: 'AWS::ECS::Fargate',
  });
  const publish = aSegment(2, {
    trace_id: aTraceId(1),
    parent_id: root.id,
    type: 'subsegment',
    name: 'SNS',
    namespace: 'aws',
    fault: true,
    aws: { operation: 'Publish', region: 'us-east-1' },
    cause: { exceptions: [{ id: '0123456789abcdef', type: 'AuthorizationError', message: 'denied' }] },
  });
  const consumer = aSegment(3, { name: 'notifier', links: [{ trace_id: aTraceId(1), id: publish.id }] });

  async function put(...documents: SegmentDocument[]): Promise<void> {
    await call(xray, '/TraceSegments', {
      TraceSegmentDocuments: documents.map((one) => JSON.stringify(one)),
    });
  }
  async function start(...TraceIds: string[]): Promise<string> {
    const { body } = await call(xray, '/StartTraceRetrieval', { TraceIds, ...WINDOW });
    return body['RetrievalToken'] as string;
  }
  async function list(RetrievalToken: string, more: object = {}): Promise<RetrievedTrace[]> {
    const { body } = await call(xray, '/ListRetrievedTraces', { RetrievalToken, ...more });
    return body['Traces'] as RetrievedTrace[];
  }

  beforeEach(async () => {
    xray = await startForTest();
    await put(root, publish, consumer);
  });
  afterEach(async () => {
    await xray.stop();
  });

  it('gives the documents that BatchGetTraces gives', async () => {
    const { Segments } = (
      (await call(xray, '/Traces', { TraceIds: [aTraceId(1)] })).body['Traces'] as [{ Segments: object[] }]
    )[0];

    expect(await list(await start(aTraceId(1)))).toEqual([
      { Id: aTraceId(1), Duration: 0.1, Spans: Segments },
    ]);
  });

  it('gives what was sent as spans, in the other format', async () => {
    const [trace] = await list(await start(aTraceId(1)), { TraceFormat: 'OTEL' });

    expect(trace!.Spans.map(({ Id }) => Id)).toEqual([root.id, publish.id]);
    const [server, client] = trace!.Spans.map(({ Document }) => JSON.parse(Document) as object);
    expect(server).toEqual({
      resource: { attributes: { 'service.name': 'signup-api', 'aws.xray.origin': 'AWS::ECS::Fargate' } },
      traceId: aTraceId(1).replaceAll('-', '').slice(1),
      spanId: root.id,
      name: 'signup-api',
      kind: 'SERVER',
      startTimeUnixNano: BASE_SEC * 1e9,
      endTimeUnixNano: (BASE_SEC + 0.1) * 1e9,
      durationNano: expect.closeTo(1e8, -3),
      attributes: {
        size: 3,
        tenant: 'a',
        'http.request.method': 'POST',
        'url.full': 'http://a/signup',
        'http.response.status_code': 201,
      },
      status: { code: 'UNSET' },
    });
    expect(client).toMatchObject({
      parentSpanId: root.id,
      kind: 'CLIENT',
      resource: { attributes: { 'service.name': 'signup-api' } },
      attributes: { 'aws.operation': 'Publish', 'aws.region': 'us-east-1' },
      status: { code: 'ERROR' },
      events: [{ name: 'exception', attributes: { 'exception.type': 'AuthorizationError' } }],
    });
  });

  it('leaves out traces that are not there, or not in the window, and gives each once', async () => {
    await put(aSegment(4, { start_time: BASE_SEC + 100 }));

    const traces = await list(await start(aTraceId(3), aTraceId(3), aTraceId(4), aTraceId(9), 'nonsense'));

    expect(traces.map(({ Id }) => Id)).toEqual([aTraceId(3)]);
  });

  it('gives many traces in pages', async () => {
    const documents = Array.from({ length: 25 }, (_, index) => aSegment(index + 100));
    await put(...documents);
    const RetrievalToken = await start(...documents.map(({ trace_id: id }) => id!));

    const pages: number[] = [];
    let NextToken: unknown;
    do {
      const { body } = await call(xray, '/ListRetrievedTraces', { RetrievalToken, NextToken });
      pages.push((body['Traces'] as object[]).length);
      NextToken = body['NextToken'];
    } while (NextToken !== undefined);

    expect(pages).toEqual([10, 10, 5]);
  });

  it('draws the map of the traces, with what started the work of each service', async () => {
    const RetrievalToken = await start(aTraceId(1), aTraceId(3));

    const { body } = await call(xray, '/GetRetrievedTracesGraph', { RetrievalToken });

    const services = body['Services'] as { Service: { Name: string }; Links: object[] }[];
    expect(services.map(({ Service: { Name }, Links }) => `${Name} ${Links.length}`).toSorted()).toEqual([
      'SNS 0',
      'notifier 1',
      'signup-api 0',
      'signup-api 0',
    ]);
    expect(services.find(({ Service: { Name } }) => Name === 'notifier')!.Links).toEqual([
      { ReferenceType: 'link', SourceTraceId: aTraceId(1), DestinationTraceIds: [aTraceId(3)] },
    ]);
  });

  it('gives nothing after it was cancelled', async () => {
    const RetrievalToken = await start(aTraceId(1));
    await call(xray, '/CancelTraceRetrieval', { RetrievalToken });

    expect((await call(xray, '/ListRetrievedTraces', { RetrievalToken })).body).toEqual({
      RetrievalStatus: 'CANCELLED',
      TraceFormat: 'XRAY',
      Traces: [],
    });
    expect((await call(xray, '/GetRetrievedTracesGraph', { RetrievalToken })).body).toEqual({
      RetrievalStatus: 'CANCELLED',
      Services: [],
    });
  });

  it('keeps the last hundred', async () => {
    const first = await start(aTraceId(1));
    for (let count = 0; count < 99; count += 1) await start(aTraceId(1));
    expect(await list(first)).toHaveLength(1);

    await start(aTraceId(1));

    expect((await call(xray, '/ListRetrievedTraces', { RetrievalToken: first })).status).toBe(404);
  });
});
