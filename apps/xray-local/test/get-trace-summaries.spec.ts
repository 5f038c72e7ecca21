import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  GetTraceSummariesCommand,
  paginateGetTraceSummaries,
  PutTraceSegmentsCommand,
  TimeRangeType,
} from '@aws-sdk/client-xray';
import type { GetTraceSummariesCommandInput } from '@aws-sdk/client-xray';
import type { SegmentDocument } from '#xray-model';
import { aSegment, aTraceId, BASE_SEC } from './segment-documents.js';
import { startForTest } from './start-for-test.js';
import type { XrayForTest } from './start-for-test.js';

describe('GetTraceSummaries', () => {
  let xray: XrayForTest;

  beforeEach(async () => {
    xray = await startForTest();
  });
  afterEach(async () => {
    await xray.stop();
  });

  async function put(...documents: SegmentDocument[]): Promise<void> {
    for (let first = 0; first < documents.length; first += 50) {
      const TraceSegmentDocuments = documents
        .slice(first, first + 50)
        .map((document) => JSON.stringify(document));
      await xray.client.send(new PutTraceSegmentsCommand({ TraceSegmentDocuments }));
    }
  }

  function input(fromSec: number, untilSec: number, more: object = {}): GetTraceSummariesCommandInput {
    return { StartTime: new Date(fromSec * 1000), EndTime: new Date(untilSec * 1000), ...more };
  }

  async function summaries(...query: Parameters<typeof input>) {
    return xray.client.send(new GetTraceSummariesCommand(input(...query)));
  }

  async function idsOf(...query: Parameters<typeof input>): Promise<(string | undefined)[]> {
    const { TraceSummaries } = await summaries(...query);
    return TraceSummaries!.map(({ Id }) => Id);
  }

  it('tells about the traces of a window, newest first', async () => {
    await put(
      aSegment(1, {
        http: { request: { method: 'POST', url: 'http://a/signup' }, response: { status: 409 } },
        error: true,
      }),
      aSegment(2, { start_time: BASE_SEC + 5, trace_id: aTraceId(2, BASE_SEC + 5) }),
      aSegment(3, { start_time: BASE_SEC + 100, trace_id: aTraceId(3, BASE_SEC + 100) }),
    );

    const { TraceSummaries, TracesProcessedCount, ApproximateTime, NextToken } = await summaries(
      BASE_SEC,
      BASE_SEC + 60,
    );

    expect(TraceSummaries!.map(({ Id }) => Id)).toEqual([aTraceId(2, BASE_SEC + 5), aTraceId(1)]);
    expect(TraceSummaries![1]).toMatchObject({
      HasError: true,
      HasFault: false,
      ResponseTime: 0.1,
      Http: { HttpMethod: 'POST', HttpURL: 'http://a/signup', HttpStatus: 409 },
      EntryPoint: { Name: 'signup-api' },
    });
    expect(TracesProcessedCount).toBe(2);
    expect(ApproximateTime).toEqual(new Date((BASE_SEC + 60) * 1000));
    expect(NextToken).toBeUndefined();
  });

  it('pages through many traces without losing or repeating one', async () => {
    const count = 250;
    await put(
      ...Array.from({ length: count }, (_, index) =>
        aSegment(index + 1, { start_time: BASE_SEC + (index % 7) }),
      ),
    );

    const pages: string[][] = [];
    const approximateTimes: number[] = [];
    let processedCount = 0;
    for await (const page of paginateGetTraceSummaries(
      { client: xray.client },
      input(BASE_SEC, BASE_SEC + 60),
    )) {
      pages.push(page.TraceSummaries!.map(({ Id }) => Id!));
      approximateTimes.push(page.ApproximateTime!.getTime());
      processedCount += page.TracesProcessedCount!;
    }

    expect(pages.map((page) => page.length)).toEqual([100, 100, 50]);
    expect(new Set(pages.flat()).size).toBe(count);
    expect(processedCount).toBe(count);
    expect(approximateTimes).toEqual(approximateTimes.toSorted((a, b) => b - a));
  });

  it('gives the same further pages when traces arrive in between', async () => {
    await put(...Array.from({ length: 150 }, (_, index) => aSegment(index + 1)));
    const first = await summaries(BASE_SEC, BASE_SEC + 60, { TimeRangeType: 'Event' });

    await put(
      ...Array.from({ length: 20 }, (_, index) => aSegment(1000 + index, { start_time: BASE_SEC + 9 })),
    );
    const second = await summaries(BASE_SEC, BASE_SEC + 60, {
      TimeRangeType: 'Event',
      NextToken: first.NextToken,
    });

    const seen = [...first.TraceSummaries!, ...second.TraceSummaries!].map(({ Id }) => Id);
    expect(second.TraceSummaries).toHaveLength(50);
    expect(new Set(seen).size).toBe(150);
  });

  it('refuses a token of another query', async () => {
    await put(...Array.from({ length: 101 }, (_, index) => aSegment(index + 1)));
    const { NextToken } = await summaries(BASE_SEC, BASE_SEC + 60);

    await expect(summaries(BASE_SEC, BASE_SEC + 61, { NextToken })).rejects.toThrow(
      /NextToken is not a token of this/,
    );
    await expect(summaries(BASE_SEC, BASE_SEC + 60, { NextToken: 'e30' })).rejects.toThrow(/NextToken/);
  });

  it('evaluates the filter expression and counts what it looked at', async () => {
    await put(
      aSegment(1, { annotations: { tenant: 'a' } }),
      aSegment(2, { annotations: { tenant: 'b' } }),
      aSegment(3, { fault: true }),
    );

    const { TraceSummaries, TracesProcessedCount } = await summaries(BASE_SEC, BASE_SEC + 60, {
      FilterExpression: 'annotation.tenant = "a" OR fault',
    });

    expect(new Set(TraceSummaries!.map(({ Id }) => Id))).toEqual(new Set([aTraceId(1), aTraceId(3)]));
    expect(TracesProcessedCount).toBe(3);
    expect(await idsOf(BASE_SEC, BASE_SEC + 60, { FilterExpression: 'group.name = "Default"' })).toHaveLength(
      3,
    );
    expect(await idsOf(BASE_SEC, BASE_SEC + 60, { FilterExpression: ' ' })).toHaveLength(3);
  });

  it('points at the column of a mistake in the filter expression', async () => {
    const query = summaries(BASE_SEC, BASE_SEC + 60, { FilterExpression: 'responsetime > "slow"' });

    await expect(query).rejects.toThrow(/FilterExpression, column 16: /);
    await expect(summaries(BASE_SEC, BASE_SEC + 60, { FilterExpression: '\n fault AND' })).rejects.toThrow(
      /FilterExpression, column 12: /,
    );
    await expect(query).rejects.toMatchObject({ name: 'InvalidRequestException' });
  });

  describe('by TimeRangeType', () => {
    const id = aTraceId(1, BASE_SEC - 60);

    beforeEach(async () => {
      await put(
        aSegment(1, { trace_id: id, start_time: BASE_SEC, end_time: BASE_SEC + 50 }),
        aSegment(2, {
          trace_id: id,
          start_time: BASE_SEC + 10,
          end_time: BASE_SEC + 20,
          parent_id: aSegment(1).id,
        }),
      );
    });

    it.each([
      ['TraceId', -60, -50, true],
      ['TraceId', 0, 60, false],
      // An id tells whole seconds, and a test's clock more: what began within the second of the start is in the window.
      ['TraceId', -59.1, -50, true],
      ['TraceId', -61, -60, false],
      ['Event', -60, -50, false],
      ['Event', 30, 31, true],
      ['Event', 51, 60, false],
      ['Service', 15, 25, true],
      ['Service', 30, 40, false],
      ['Service', 50, 51, true],
    ] as const)('%s looks from %d to %d s: %s', async (type, from, until, isFound) => {
      const found = await idsOf(BASE_SEC + from, BASE_SEC + until, { TimeRangeType: type });

      expect(found).toEqual(isFound ? [id] : []);
    });
  });

  it('tells when a trace was active first in the window, by TimeRangeType Event alone', async () => {
    await put(aSegment(1, { end_time: BASE_SEC + 30 }));
    const matchedTime = async (fromSec: number, TimeRangeType: string): Promise<number | undefined> => {
      const { TraceSummaries } = await summaries(BASE_SEC + fromSec, BASE_SEC + 60, { TimeRangeType });
      return TraceSummaries![0]!.MatchedEventTime?.getTime();
    };

    expect(await matchedTime(-10, 'Event')).toBe(BASE_SEC * 1000);
    expect(await matchedTime(20, 'Event')).toBe((BASE_SEC + 20) * 1000);
    expect(await matchedTime(-10, 'TraceId')).toBeUndefined();
  });

  it('has every field that X-Ray has', async () => {
    await put(
      aSegment(1, {
        origin: 'AWS::ECS::Fargate',
        resource_arn: 'arn:aws:ecs:us-east-1:000000000000:task/lab/1',
        user: 'u-1',
        fault: true,
        annotations: { tenant: 'a', size: 3, isNew: true },
        aws: { account_id: '000000000000', ec2: { instance_id: 'i-1', availability_zone: 'us-east-1a' } },
        http: {
          request: { method: 'GET', url: 'http://a/', user_agent: 'curl/8', client_ip: '203.0.113.9' },
          response: { status: 500 },
        },
        cause: { exceptions: [{ id: '0123456789abcdef', type: 'TypeError', message: 'broken' }] },
        subsegments: [
          { name: 'render', id: 'a'.repeat(16), start_time: BASE_SEC, end_time: BASE_SEC + 0.08 },
        ],
      }),
    );

    const { TraceSummaries } = await summaries(BASE_SEC, BASE_SEC + 60, { TimeRangeType: 'Event' });

    const node = {
      Name: 'signup-api',
      Names: ['signup-api'],
      AccountId: '000000000000',
      Type: 'AWS::ECS::Fargate',
    };
    const failed = {
      Name: 'signup-api',
      Exceptions: [{ Name: 'TypeError', Message: 'broken' }],
      Remote: false,
    };
    expect(TraceSummaries![0]).toEqual({
      Id: aTraceId(1),
      StartTime: new Date(BASE_SEC * 1000),
      Duration: 0.1,
      ResponseTime: 0.1,
      HasFault: true,
      HasError: false,
      HasThrottle: false,
      IsPartial: false,
      Http: {
        HttpURL: 'http://a/',
        HttpStatus: 500,
        HttpMethod: 'GET',
        UserAgent: 'curl/8',
        ClientIp: '203.0.113.9',
      },
      Annotations: {
        tenant: [{ AnnotationValue: { StringValue: 'a' }, ServiceIds: [node] }],
        size: [{ AnnotationValue: { NumberValue: 3 }, ServiceIds: [node] }],
        isNew: [{ AnnotationValue: { BooleanValue: true }, ServiceIds: [node] }],
      },
      Users: [{ UserName: 'u-1', ServiceIds: [node] }],
      ServiceIds: expect.arrayContaining([node]),
      ResourceARNs: [{ ARN: 'arn:aws:ecs:us-east-1:000000000000:task/lab/1' }],
      InstanceIds: [{ Id: 'i-1' }],
      AvailabilityZones: [{ Name: 'us-east-1a' }],
      EntryPoint: node,
      FaultRootCauses: [
        { Services: [{ ...node, EntityPath: [failed], Inferred: false }], ClientImpacting: true },
      ],
      ErrorRootCauses: [],
      ResponseTimeRootCauses: [
        {
          Services: [
            {
              ...node,
              Inferred: false,
              EntityPath: [
                { Name: 'signup-api', Coverage: 1, Remote: false },
                { Name: 'render', Coverage: 0.8, Remote: false },
              ],
            },
          ],
          ClientImpacting: true,
        },
      ],
      Revision: 1,
      MatchedEventTime: new Date(BASE_SEC * 1000),
    });
  });

  it('finds traces with random ids by their start, by default', async () => {
    await put(aSegment(1, { trace_id: aTraceId(1, '4bf92f35') }));

    expect(await idsOf(BASE_SEC, BASE_SEC + 60)).toEqual([aTraceId(1, '4bf92f35')]);
  });

  it('goes by the id as long as it is within 30 days of the start, by default', async () => {
    const daySec = 24 * 60 * 60;
    const plausible = aTraceId(1, BASE_SEC - 29 * daySec);
    const implausible = aTraceId(2, BASE_SEC - 31 * daySec);
    await put(aSegment(1, { trace_id: plausible }), aSegment(2, { trace_id: implausible }));

    expect(await idsOf(BASE_SEC, BASE_SEC + 60)).toEqual([implausible]);
    expect(await idsOf(BASE_SEC - 29 * daySec, BASE_SEC - 28 * daySec)).toEqual([plausible]);
  });

  it('accepts sampling and answers with everything', async () => {
    await put(aSegment(1));

    const more = {
      Sampling: true,
      SamplingStrategy: { Name: 'FixedRate', Value: 0.5 },
      TimeRangeType: TimeRangeType.TraceId,
    };
    expect(await idsOf(BASE_SEC, BASE_SEC + 60, more)).toHaveLength(1);
  });

  it.each([
    [{ TimeRangeType: 'Sometimes' }, /^TimeRangeType must be one of TraceId, Event, Service$/],
    [{ Sampling: 'yes' }, /^Sampling must be true or false$/],
    [{ SamplingStrategy: 'All' }, /^SamplingStrategy must be an object$/],
    [{ SamplingStrategy: { Name: 'All' } }, /^SamplingStrategy.Name must be PartialScan or FixedRate$/],
    [{ SamplingStrategy: { Value: 'x' } }, /^SamplingStrategy.Value must be a number$/],
    [{ FilterExpression: 5 }, /^FilterExpression must be a string$/],
    [{ FilterExpression: 'x'.repeat(2001) }, /^FilterExpression must have at most 2000 characters$/],
  ])('refuses %j', async (more, message) => {
    const body = JSON.stringify({ StartTime: BASE_SEC, EndTime: BASE_SEC + 1, ...more });

    const response = await fetch(`${xray.url}/TraceSummaries`, { method: 'POST', body });

    expect(response.status).toBe(400);
    expect(((await response.json()) as { Message: string }).Message).toMatch(message);
  });
});
