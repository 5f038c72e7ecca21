import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SegmentDocument } from '#xray-model';
import { callApi } from './api-caller.js';
import { aSegment, aTraceId, BASE_SEC } from './segment-documents.js';
import { startForTest } from './start-for-test.js';
import type { XrayForTest } from './start-for-test.js';

interface Edge {
  ReferenceId: number;
  Aliases: object[];
  SummaryStatistics?: { TotalCount: number };
}
interface Service {
  ReferenceId: number;
  Name: string;
  Type?: string;
  State: string;
  SummaryStatistics?: { TotalCount: number; FaultStatistics: { TotalCount: number } };
  Edges: Edge[];
}

const TRACE = { trace_id: aTraceId(1) };

function aCall(
  number: number,
  parent: SegmentDocument,
  fields: Partial<SegmentDocument> = {},
): SegmentDocument {
  return aSegment(number, {
    ...TRACE,
    type: 'subsegment',
    parent_id: parent.id,
    name: 'notifier',
    namespace: 'remote',
    ...fields,
  });
}

describe('the service graph, read again after each arrival', () => {
  let xray: XrayForTest;
  const api = aSegment(1, TRACE);
  const call = aCall(2, api);
  const notifier = aSegment(3, { ...TRACE, name: 'notifier', parent_id: call.id, end_time: BASE_SEC + 0.05 });

  beforeEach(async () => {
    xray = await startForTest();
  });
  afterEach(async () => {
    await xray.stop();
  });

  async function put(...documents: SegmentDocument[]): Promise<void> {
    const TraceSegmentDocuments = documents.map((document) => JSON.stringify(document));
    const { body } = await callApi(xray, '/TraceSegments', { TraceSegmentDocuments });
    expect(body['UnprocessedTraceSegments']).toEqual([]);
  }

  async function graph(): Promise<Service[]> {
    const window = { StartTime: BASE_SEC - 60, EndTime: BASE_SEC + 600 };
    return (await callApi(xray, '/ServiceGraph', window)).body['Services'] as Service[];
  }

  /** `caller -> callee xCOUNT`, each node as `name(type)`. */
  async function arrows(): Promise<string[]> {
    const services = await graph();
    const label = ({ Name, Type = 'service' }: Service): string => `${Name}(${Type})`;
    const edges = services.flatMap((from) =>
      from.Edges.map(({ ReferenceId, SummaryStatistics }) => {
        const to = services.find((candidate) => candidate.ReferenceId === ReferenceId)!;
        return `${label(from)} -> ${label(to)} x${SummaryStatistics?.TotalCount ?? 0}`;
      }),
    );
    return edges.toSorted();
  }

  const client = 'signup-api(client) -> signup-api(service) x1';

  it('replaces the inferred node when the called service’s segment comes late', async () => {
    await put(api, call);
    expect(await arrows()).toEqual([client, 'signup-api(service) -> notifier(remote) x1']);

    await put(notifier);
    expect(await arrows()).toEqual([client, 'signup-api(service) -> notifier(service) x1']);
    expect((await graph()).map(({ Type }) => Type)).not.toContain('remote');
  });

  it('is the same when the callee comes first, as a root of its own until its caller is there', async () => {
    await put(notifier);
    expect(await arrows()).toEqual(['notifier(client) -> notifier(service) x1']);
    await put(call);
    await put(api);

    expect(await arrows()).toEqual([client, 'signup-api(service) -> notifier(service) x1']);
  });

  it('draws a subsegment that was sent separately when its segment arrives', async () => {
    await put(call);
    expect(await graph()).toEqual([]);

    await put(api);
    expect(await arrows()).toEqual([client, 'signup-api(service) -> notifier(remote) x1']);
  });

  it('shows a segment in progress without counting it, and counts it once when it is complete', async () => {
    const { end_time: _end, ...pending } = api;
    await put({ ...pending, in_progress: true });
    expect(await arrows()).toEqual(['signup-api(client) -> signup-api(service) x0']);

    await put({ ...api, fault: true });
    await put({ ...pending, in_progress: true });
    expect(await arrows()).toEqual([client]);
    expect((await graph())[1]!.SummaryStatistics).toMatchObject({
      TotalCount: 1,
      FaultStatistics: { TotalCount: 1 },
    });
  });

  it('shows what a segment that never ends has called', async () => {
    const { end_time: _end, ...pending } = api;
    await put({ ...pending, in_progress: true }, call);

    expect(await arrows()).toEqual([
      'signup-api(client) -> signup-api(service) x0',
      'signup-api(service) -> notifier(remote) x1',
    ]);
  });

  it('draws services that call each other in a circle, and themselves', async () => {
    const back = aCall(4, notifier, { name: 'signup-api' });
    const again = aSegment(5, { ...TRACE, parent_id: back.id });
    const self = aCall(6, again, { name: 'signup-api' });
    const last = aSegment(7, { ...TRACE, parent_id: self.id });
    await put(last, self, again, back, notifier, call, api);

    expect(await arrows()).toEqual([
      'notifier(service) -> signup-api(service) x1',
      client,
      'signup-api(service) -> notifier(service) x1',
      'signup-api(service) -> signup-api(service) x1',
    ]);
  });

  it('survives parents that run in circles, and segments that are their own parent', async () => {
    await put(
      aCall(11, aSegment(12)),
      aCall(12, aSegment(11)),
      aSegment(13, { ...TRACE, parent_id: aSegment(13).id }),
      aSegment(14, { ...TRACE, parent_id: aSegment(15).id }),
      aSegment(15, { ...TRACE, parent_id: aSegment(14).id }),
      api,
    );

    const services = await graph();

    const counts = services.map(({ SummaryStatistics }) => SummaryStatistics?.TotalCount ?? 0);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4);
    expect((await callApi(xray, '/Traces', { TraceIds: [aTraceId(1)] })).status).toBe(200);
    expect((await callApi(xray, '/TraceGraph', { TraceIds: [aTraceId(1)] })).status).toBe(200);
  });

  it('gives every edge its list of aliases, which is empty as in all answers of X-Ray that were seen', async () => {
    await put(api, call);

    const edges = (await graph()).flatMap(({ Edges }) => Edges);

    expect(edges.map(({ Aliases }) => Aliases)).toEqual([[], []]);
  });
});
