import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  BatchGetTracesCommand,
  GetServiceGraphCommand,
  GetTraceGraphCommand,
  InvalidRequestException,
  PutTraceSegmentsCommand,
} from '@aws-sdk/client-xray';
import type { Service } from '@aws-sdk/client-xray';
import type { SegmentAws, SegmentDocument } from '#xray-model';
import { aSegment, aTraceId, BASE_SEC } from './segment-documents.js';
import { startForTest } from './start-for-test.js';
import type { XrayForTest } from './start-for-test.js';

/** client -> signup-api -> table and SNS, as of the worked example of the documentation. */
function signupTrace(number: number, startSec = BASE_SEC): SegmentDocument[] {
  const trace_id = aTraceId(number);
  const segment = aSegment(number * 16, {
    trace_id,
    start_time: startSec,
    end_time: startSec + 0.14,
    origin: 'AWS::ECS::Fargate',
  });
  const call = (id: number, name: string, aws: SegmentAws): SegmentDocument =>
    aSegment(number * 16 + id, {
      trace_id,
      name,
      parent_id: segment.id,
      type: 'subsegment',
      namespace: 'aws',
      start_time: startSec,
      end_time: startSec + 0.03,
      aws,
    });
  return [segment, call(1, 'DynamoDB', { table_name: 'signups' }), call(2, 'SNS', {})];
}

function namesAndTypes(services: Service[] | undefined): (string | undefined)[][] {
  return (services ?? []).map(({ Name, Type }) => [Name, Type]);
}

describe('queries', () => {
  let xray: XrayForTest;

  beforeEach(async () => {
    xray = await startForTest();
  });
  afterEach(async () => {
    await xray.stop();
  });

  async function put(documents: SegmentDocument[]): Promise<void> {
    const TraceSegmentDocuments = documents.map((document) => JSON.stringify(document));
    await xray.client.send(new PutTraceSegmentsCommand({ TraceSegmentDocuments }));
  }

  async function post(path: string, input: unknown): Promise<{ status: number; message: string }> {
    const response = await fetch(`${xray.url}${path}`, { method: 'POST', body: JSON.stringify(input) });
    return { status: response.status, message: ((await response.json()) as { Message: string }).Message };
  }

  describe('GetServiceGraph', () => {
    const graph = (fromSec: number, untilSec: number, more: object = {}) =>
      xray.client.send(
        new GetServiceGraphCommand({
          StartTime: new Date(fromSec * 1000),
          EndTime: new Date(untilSec * 1000),
          ...more,
        }),
      );

    it('shows who called whom in the window, with counts', async () => {
      await put([...signupTrace(1), ...signupTrace(2, BASE_SEC + 1), ...signupTrace(3, BASE_SEC + 1000)]);

      const { Services, StartTime, EndTime, NextToken } = await graph(BASE_SEC, BASE_SEC + 600);

      expect(namesAndTypes(Services).map(String).toSorted()).toEqual([
        'SNS,AWS::SNS',
        'signup-api,AWS::ECS::Fargate',
        'signup-api,client',
        'signups,AWS::DynamoDB::Table',
      ]);
      const api = Services!.find(({ Type }) => Type === 'AWS::ECS::Fargate')!;
      expect(api).toMatchObject({
        Root: true,
        State: 'active',
        SummaryStatistics: { OkCount: 2, TotalCount: 2 },
      });
      expect(api.Edges).toHaveLength(2);
      expect([StartTime, EndTime]).toEqual([new Date(BASE_SEC * 1000), new Date((BASE_SEC + 600) * 1000)]);
      expect(NextToken).toBeUndefined();
    });

    it('is empty for a window in which nothing was', async () => {
      await put(signupTrace(1));

      expect((await graph(BASE_SEC + 10, BASE_SEC + 20)).Services).toEqual([]);
    });

    it('pages through a large map', async () => {
      const documents = Array.from({ length: 600 }, (_, index) =>
        aSegment(index + 1, { name: `service-${index}` }),
      );
      for (let first = 0; first < documents.length; first += 50)
        await put(documents.slice(first, first + 50));

      const first = await graph(BASE_SEC, BASE_SEC + 600);
      const second = await graph(BASE_SEC, BASE_SEC + 600, { NextToken: first.NextToken });

      expect(first.Services).toHaveLength(1000);
      expect(second.Services).toHaveLength(200);
      expect(second.NextToken).toBeUndefined();
      const references = [...first.Services!, ...second.Services!].map(({ ReferenceId }) => ReferenceId);
      expect(new Set(references).size).toBe(1200);
      await expect(graph(BASE_SEC, BASE_SEC + 601, { NextToken: first.NextToken })).rejects.toThrow(
        /NextToken/,
      );
    });

    it('widens the window to whole seconds, and tells so', async () => {
      await put(signupTrace(1, BASE_SEC + 0.2));

      const { Services, StartTime, EndTime } = await graph(BASE_SEC + 0.5, BASE_SEC + 0.7);

      expect(Services).toHaveLength(4);
      expect([StartTime, EndTime]).toEqual([new Date(BASE_SEC * 1000), new Date((BASE_SEC + 1) * 1000)]);
    });

    it('knows the default group and no other', async () => {
      await put(signupTrace(1));

      expect((await graph(BASE_SEC, BASE_SEC + 1, { GroupName: 'Default' })).Services).toHaveLength(4);
      await expect(graph(BASE_SEC, BASE_SEC + 1, { GroupName: 'slow' })).rejects.toThrow(
        InvalidRequestException,
      );
    });

    it.each([
      [{}, 'StartTime is required'],
      [{ StartTime: 1 }, 'EndTime is required'],
      [{ StartTime: 'yesterday', EndTime: 2 }, 'StartTime must be a number of seconds since the epoch'],
      [{ StartTime: 2, EndTime: 2 }, 'EndTime must be later than StartTime'],
      [{ StartTime: 1, EndTime: 2, NextToken: 'abc' }, 'NextToken is not a token of this query'],
    ])('refuses %j', async (input, message) => {
      expect(await post('/ServiceGraph', input)).toEqual({ status: 400, message });
    });
  });

  describe('BatchGetTraces', () => {
    it('takes ids in either form, each trace once, and names the unknown ones', async () => {
      await put([...signupTrace(1), ...signupTrace(2)]);
      const w3cId = aTraceId(1).replaceAll('-', '').slice(1);

      const { Traces, UnprocessedTraceIds } = await xray.client.send(
        new BatchGetTracesCommand({ TraceIds: [w3cId, aTraceId(1).toUpperCase(), aTraceId(7), 'nonsense'] }),
      );

      expect(Traces!.map(({ Id, Duration, LimitExceeded }) => [Id, Duration, LimitExceeded])).toEqual([
        [aTraceId(1), 0.14, false],
      ]);
      expect(UnprocessedTraceIds).toEqual([aTraceId(7), 'nonsense']);
    });

    it.each([
      [{}, 'TraceIds is required'],
      [{ TraceIds: [] }, 'TraceIds must not be empty'],
      [{ TraceIds: ['a', 'b', 'c', 'd', 'e', 'f'] }, 'TraceIds must have at most 5 members, not 6'],
      [{ TraceIds: [5] }, 'TraceIds[0] must be a string'],
      [{ TraceIds: ['x'.repeat(36)] }, 'TraceIds[0] must have at most 35 characters'],
      [{ TraceIds: ['a'], NextToken: 'abc' }, 'NextToken is not a token of this query'],
    ])('refuses %j', async (input, message) => {
      expect(await post('/Traces', input)).toEqual({ status: 400, message });
    });
  });

  it('GetTraceGraph shows the map of the traces asked for alone', async () => {
    await put([...signupTrace(1), aSegment(500, { name: 'other' })]);

    const { Services } = await xray.client.send(
      new GetTraceGraphCommand({ TraceIds: [aTraceId(1), aTraceId(99)] }),
    );

    expect(namesAndTypes(Services)).toHaveLength(4);
    expect(Services!.find(({ Type }) => Type === 'AWS::SNS')!.SummaryStatistics!.TotalCount).toBe(1);
  });
});
