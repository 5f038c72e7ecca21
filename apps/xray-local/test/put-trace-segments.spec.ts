import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BatchGetTracesCommand, PutTraceSegmentsCommand } from '@aws-sdk/client-xray';
import type { ResourceSpans } from '#xray-model';
import { callApi } from './api-caller.js';
import { encodeOtlpProto } from './otlp-encoder.js';
import { aSegment, aTraceId, BASE_SEC } from './segment-documents.js';
import { startForTest } from './start-for-test.js';
import type { XrayForTest } from './start-for-test.js';

describe('PutTraceSegments', () => {
  let xray: XrayForTest;

  beforeEach(async () => {
    xray = await startForTest();
  });
  afterEach(async () => {
    await xray.stop();
  });

  async function put(...documents: unknown[]) {
    const texts = documents.map((document) =>
      typeof document === 'string' ? document : JSON.stringify(document),
    );
    return xray.client.send(new PutTraceSegmentsCommand({ TraceSegmentDocuments: texts }));
  }

  async function documentsOf(traceId: string): Promise<Record<string, unknown>[]> {
    const { Traces } = await xray.client.send(new BatchGetTracesCommand({ TraceIds: [traceId] }));
    return (Traces?.[0]?.Segments ?? []).map(
      ({ Document }) => JSON.parse(Document!) as Record<string, unknown>,
    );
  }

  it('takes documents, which can be read back at once', async () => {
    const { UnprocessedTraceSegments } = await put(aSegment(1), aSegment(2));

    expect(UnprocessedTraceSegments).toEqual([]);
    expect(await documentsOf(aTraceId(1))).toEqual([aSegment(1)]);
    expect(xray.status()).toMatchObject({
      ingest: { segmentsReceived: 2, documentsStored: 2 },
      store: { traces: 2, documents: 2 },
    });
  });

  it('nests a subsegment that was sent on its own, and infers what it called', async () => {
    const segment = aSegment(1);
    const subsegment = aSegment(2, {
      trace_id: aTraceId(1),
      parent_id: segment.id,
      type: 'subsegment',
      name: 'SNS',
      namespace: 'aws',
    });
    await put(subsegment);
    await put(segment);

    const [root, inferred] = await documentsOf(aTraceId(1));

    expect(root).toMatchObject({ id: segment.id, subsegments: [{ id: subsegment.id, name: 'SNS' }] });
    expect(inferred).toMatchObject({
      name: 'SNS',
      inferred: true,
      origin: 'AWS::SNS',
      parent_id: subsegment.id,
    });
  });

  it('names each document that it cannot take, keeps the others, and logs it', async () => {
    const { UnprocessedTraceSegments } = await put(
      aSegment(1),
      { ...aSegment(2), id: undefined },
      { ...aSegment(3), trace_id: '1-abc' },
      { ...aSegment(4), end_time: undefined },
      'not JSON',
    );

    expect(UnprocessedTraceSegments).toEqual([
      { ErrorCode: 'MissingId', Message: expect.stringContaining('id') },
      { Id: aSegment(3).id, ErrorCode: 'InvalidTraceId', Message: expect.stringContaining('trace_id') },
      { Id: aSegment(4).id, ErrorCode: 'InvalidSegment', Message: expect.stringContaining('end_time') },
      { ErrorCode: 'InvalidSegment', Message: expect.stringContaining('JSON') },
    ]);
    expect(xray.status()).toMatchObject({
      rejected: { MissingId: 1, InvalidTraceId: 1, InvalidSegment: 2 },
      store: { traces: 1 },
    });
    expect(xray.logLines.filter(({ message }) => message === 'refused')).toHaveLength(3);
  });

  it('keeps and finds what is beyond the quotas of X-Ray', async () => {
    const annotations = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`key${index}`, index]));
    const links = Array.from({ length: 25 }, (_, index) => ({
      trace_id: aTraceId(2),
      id: aSegment(index).id,
    }));
    const user = 'a'.repeat(300);

    const { UnprocessedTraceSegments } = await put(aSegment(1, { annotations, links, user }));

    expect(UnprocessedTraceSegments).toEqual([]);
    expect(await documentsOf(aTraceId(1))).toMatchObject([{ annotations, links, user }]);
    const FilterExpression = `annotation.key59 = 59 AND user = "${user}"`;
    const query = { StartTime: BASE_SEC, EndTime: BASE_SEC + 1, FilterExpression };
    const { body } = await callApi(xray, '/TraceSummaries', query);
    expect(body).toMatchObject({ TraceSummaries: [{ Id: aTraceId(1) }] });
  });

  describe('with spans in transit', () => {
    const resourceSpans = (number: number): ResourceSpans => ({
      resource: {
        attributes: [
          { key: 'service.name', value: { kind: 'string', value: 'signup-api' } },
          { key: 'aws.xray.exporter.config.index_all_attributes', value: { kind: 'bool', value: false } },
          {
            key: 'aws.xray.exporter.config.indexed_attributes',
            value: { kind: 'array', values: [{ kind: 'string', value: 'tenant' }] },
          },
        ],
      },
      spans: [
        {
          traceId: aTraceId(number).replaceAll('-', '').slice(1),
          spanId: aSegment(number).id,
          parentSpanId: '',
          name: 'GET /',
          kind: 2,
          startTimeUnixNano: BASE_SEC * 1e9,
          endTimeUnixNano: (BASE_SEC + 1) * 1e9,
          attributes: [{ key: 'tenant', value: { kind: 'string', value: 'a' } }],
          events: [],
          links: [],
          status: { code: 0, message: '' },
        },
      ],
    });
    const encode = (spans: ResourceSpans): string => encodeOtlpProto([spans]).toString('base64');

    it('translates those that were sampled, with the indexing that travels along', async () => {
      const { UnprocessedTraceSegments } = await put(`T1S${encode(resourceSpans(1))}`);

      expect(UnprocessedTraceSegments).toEqual([]);
      const [document] = await documentsOf(aTraceId(1));
      expect(document).toMatchObject({ name: 'signup-api', annotations: { tenant: 'a' } });
      expect(JSON.stringify(document)).not.toContain('aws.xray.exporter.config');
    });

    it('counts those that were not sampled, and keeps none', async () => {
      await put(`T1U${encode(resourceSpans(1))}`);

      expect(xray.status()).toMatchObject({
        ingest: { spansReceived: 1, spansUnsampled: 1, documentsStored: 0 },
        store: { traces: 0 },
      });
    });

    it('refuses what is no OTLP', async () => {
      const { UnprocessedTraceSegments } = await put(
        'T1S!!!',
        `T1S${Buffer.from('nonsense').toString('base64')}`,
      );

      expect(UnprocessedTraceSegments!.map(({ ErrorCode }) => ErrorCode)).toEqual([
        'InvalidSegment',
        'InvalidSegment',
      ]);
    });
  });

  it.each([
    ['no list', {}, 'TraceSegmentDocuments is required'],
    ['an empty list', { TraceSegmentDocuments: [] }, 'TraceSegmentDocuments must not be empty'],
    [
      'no list of strings',
      { TraceSegmentDocuments: ['{}', {}] },
      'TraceSegmentDocuments[1] must be a string',
    ],
    [
      'a text for the list',
      { TraceSegmentDocuments: '{}' },
      'TraceSegmentDocuments must be a list of strings',
    ],
    [
      'too many',
      { TraceSegmentDocuments: Array.from({ length: 501 }, () => '') },
      'TraceSegmentDocuments must have at most 500 members, not 501',
    ],
  ])('refuses a request with %s', async (_case, input, message) => {
    const response = await fetch(`${xray.url}/TraceSegments`, {
      method: 'POST',
      body: JSON.stringify(input),
    });

    expect(response.status).toBe(400);
    expect(response.headers.get('x-amzn-errortype')).toBe('InvalidRequestException');
    expect(await response.json()).toEqual({ __type: 'InvalidRequestException', Message: message });
  });
});
