import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SegmentDocument } from '#xray-model';
import { callApi } from './api-caller.js';
import { aSegment, aTraceId, BASE_SEC } from './segment-documents.js';
import { startForTest } from './start-for-test.js';
import type { XrayForTest } from './start-for-test.js';

/** The start of a minute, and of five. */
const START_SEC = Math.floor(BASE_SEC / 300) * 300;

interface Period {
  Timestamp: number;
  EdgeSummaryStatistics?: { TotalCount: number };
  ServiceSummaryStatistics?: { TotalCount: number };
  ServiceForecastStatistics?: object;
  ResponseTimeHistogram: { Value: number; Count: number }[];
}

describe('GetTimeSeriesServiceStatistics', () => {
  let xray: XrayForTest;

  async function put(...documents: SegmentDocument[]): Promise<void> {
    const TraceSegmentDocuments = documents.map((document) => JSON.stringify(document));
    await callApi(xray, '/TraceSegments', { TraceSegmentDocuments });
  }
  async function series(more: object = {}): Promise<{ periods: Period[]; next: unknown }> {
    const input = { StartTime: START_SEC, EndTime: START_SEC + 300, ...more };
    const { body } = await callApi(xray, '/TimeSeriesServiceStatistics', input);
    return { periods: body['TimeSeriesServiceStatistics'] as Period[], next: body['NextToken'] };
  }

  beforeEach(async () => {
    xray = await startForTest();
    for (const [number, atSec] of [
      [1, 0],
      [2, 59.9],
      [3, 180],
    ] as const) {
      const startSec = START_SEC + atSec;
      const trace = { trace_id: aTraceId(number) };
      const root = aSegment(number * 16, { ...trace, start_time: startSec, fault: number === 3 });
      const call = aSegment(number * 16 + 1, {
        ...trace,
        name: 'DynamoDB',
        parent_id: root.id,
        type: 'subsegment',
        namespace: 'aws',
        aws: { table_name: 'signups' },
        start_time: startSec,
        end_time: startSec + 0.02,
      });
      await put(root, call);
    }
  });
  afterEach(async () => {
    await xray.stop();
  });

  it('counts what came in, minute by minute, also where nothing did', async () => {
    const { periods, next } = await series();

    expect(
      periods.map(({ Timestamp, EdgeSummaryStatistics }) => [Timestamp, EdgeSummaryStatistics!.TotalCount]),
    ).toEqual([0, 60, 120, 180, 240].map((atSec, index) => [START_SEC + atSec, [2, 0, 0, 1, 0][index]]));
    expect(periods[3]).toEqual({
      Timestamp: START_SEC + 180,
      EdgeSummaryStatistics: {
        OkCount: 0,
        ErrorStatistics: { ThrottleCount: 0, OtherCount: 0, TotalCount: 0 },
        FaultStatistics: { OtherCount: 1, TotalCount: 1 },
        TotalCount: 1,
        TotalResponseTime: 0.1,
      },
      ResponseTimeHistogram: [{ Value: 0.1, Count: 1 }],
    });
    expect(next).toBeUndefined();
  });

  it.each([
    ['service("signup-api")', 'ServiceSummaryStatistics', 0.1],
    ['service(id(name: "signups", type: "AWS::DynamoDB::Table"))', 'ServiceSummaryStatistics', 0.02],
    ['id(name: "signups")', 'ServiceSummaryStatistics', 0.02],
    ['edge("signup-api", "signups")', 'EdgeSummaryStatistics', 0.02],
    ['edge(id(type: "client"), "signup-api")', 'EdgeSummaryStatistics', 0.1],
  ] as const)('is of what %s selects', async (EntitySelectorExpression, member, Value) => {
    const { periods } = await series({ EntitySelectorExpression, Period: 300 });

    expect(periods).toHaveLength(1);
    expect(periods[0]![member]).toMatchObject({ TotalCount: 3 });
    expect(periods[0]!.ResponseTimeHistogram).toEqual([{ Value, Count: 3 }]);
  });

  it('counts nothing for a node that is not there', async () => {
    const { periods } = await series({ EntitySelectorExpression: 'service("none")', Period: 300 });

    expect(periods[0]!.ServiceSummaryStatistics!.TotalCount).toBe(0);
  });

  it('counts what starts in the window alone, in periods that start before it', async () => {
    const { periods } = await series({ StartTime: START_SEC + 30, EndTime: START_SEC + 180 });

    expect(periods.map(({ Timestamp }) => Timestamp - START_SEC)).toEqual([0, 60, 120]);
    expect(periods.map(({ EdgeSummaryStatistics }) => EdgeSummaryStatistics!.TotalCount)).toEqual([1, 0, 0]);
  });

  it('does not count what is in progress', async () => {
    const { end_time: _end, ...pending } = aSegment(99, { start_time: START_SEC + 1 });
    await put({ ...pending, in_progress: true });

    expect((await series()).periods[0]!.EdgeSummaryStatistics!.TotalCount).toBe(2);
  });

  it('forecasts nothing, in the shape of a forecast', async () => {
    const { periods } = await series({ EntitySelectorExpression: 'service()', ForecastStatistics: true });

    expect(periods.every(({ ServiceForecastStatistics }) => ServiceForecastStatistics !== undefined)).toBe(
      true,
    );
  });

  it('pages through long windows', async () => {
    const window = { StartTime: START_SEC, EndTime: START_SEC + 1500 * 60 };

    const first = await series(window);
    const second = await series({ ...window, NextToken: first.next });

    expect([first.periods.length, second.periods.length]).toEqual([1000, 500]);
    expect(second.periods[0]!.Timestamp).toBe(START_SEC + 1000 * 60);
    expect(second.next).toBeUndefined();
  });
});
