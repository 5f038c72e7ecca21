import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildServiceGraph, contributionsOf, TimeSeriesBuilder } from '../../src/index.js';
import type { SegmentDocument, SeriesSelector, SummaryStatistics } from '../../src/index.js';
import { assembleTrace } from '../../src/trace/assemble-trace.js';
import { id, nested, segment, START, TRACE_ID } from '../trace/trace-documents.js';

const PERIOD_SEC = 60;
const WINDOW = { startTimeSec: START, endTimeSec: START + 600 };

/** One request each: when it starts, how long it and its call take, whether it fails. */
const anyRequests = fc.array(
  fc.record({
    startMs: fc.integer({ min: -60_000, max: 700_000 }),
    tookMs: fc.option(fc.integer({ min: 0, max: 5_000 })),
    callMs: fc.integer({ min: 0, max: 2_000 }),
    flag: fc.constantFrom('fault', 'error', 'throttle', 'traced'),
  }),
  { maxLength: 20 },
);

type Request = typeof anyRequests extends fc.Arbitrary<(infer R)[]> ? R : never;

function toDocument({ startMs, tookMs, callMs, flag }: Request): SegmentDocument {
  const call = nested([startMs, startMs + callMs], {
    id: id('2'),
    name: 'SNS',
    namespace: 'aws',
    [flag]: true,
  });
  const times: [number, number?] = tookMs === null ? [startMs] : [startMs, startMs + tookMs];
  return segment(times, { id: id('1'), subsegments: [call], [flag]: true });
}

function totalOf(
  builder: TimeSeriesBuilder,
): Pick<SummaryStatistics, 'TotalCount' | 'OkCount' | 'TotalResponseTime'> {
  const total = { TotalCount: 0, OkCount: 0, TotalResponseTime: 0 };
  for (let at = builder.periodStartSec(START); at < WINDOW.endTimeSec; at += PERIOD_SEC) {
    const { statistics, histogram } = builder.period(at);
    expect(histogram.reduce((sum, { Count }) => sum + Count, 0)).toBe(statistics.TotalCount);
    total.TotalCount += statistics.TotalCount;
    total.OkCount += statistics.OkCount;
    total.TotalResponseTime += statistics.TotalResponseTime;
  }
  return total;
}

describe('TimeSeriesBuilder', () => {
  it('adds up, over its periods, to what the service graph of the window says', () => {
    const selectors: [SeriesSelector | undefined, from: string, to: string | undefined][] = [
      [{ kind: 'service', selector: { name: 'signup-api' } }, 'signup-api service', undefined],
      [{ kind: 'service', selector: { type: 'AWS::SNS' } }, 'SNS AWS::SNS', undefined],
      [
        { kind: 'edge', source: { name: 'signup-api' }, destination: { name: 'SNS' } },
        'signup-api service',
        'SNS AWS::SNS',
      ],
      [undefined, 'signup-api client', 'signup-api service'],
    ];
    fc.assert(
      fc.property(anyRequests, fc.constantFrom(...selectors), (requests, [selector, from, to]) => {
        const traces = requests.map((request, index) =>
          assembleTrace(`${TRACE_ID.slice(0, -2)}${String(index).padStart(2, '0')}`, [toDocument(request)]),
        );
        const options = {
          periodSec: PERIOD_SEC,
          window: WINDOW,
          ...(selector === undefined ? {} : { selector }),
        };
        const builder = new TimeSeriesBuilder(options);
        for (const trace of traces) builder.add(contributionsOf(trace));

        const services = buildServiceGraph(traces, WINDOW);
        const find = (node: string) =>
          services.find(({ Name, Type = 'service' }) => `${Name} ${Type}` === node);
        const target = to === undefined ? undefined : find(to)?.ReferenceId;
        const statistics =
          to === undefined
            ? find(from)?.SummaryStatistics
            : find(from)?.Edges.find(({ ReferenceId }) => ReferenceId === target)?.SummaryStatistics;

        const total = totalOf(builder);
        expect(total.TotalCount).toBe(statistics?.TotalCount ?? 0);
        expect(total.OkCount).toBe(statistics?.OkCount ?? 0);
        expect(total.TotalResponseTime).toBeCloseTo(statistics?.TotalResponseTime ?? 0, 2);
      }),
    );
  });

  it('counts periods from the epoch', () => {
    const builder = new TimeSeriesBuilder({ periodSec: 300, window: WINDOW });

    expect(builder.periodStartSec(1_700_000_123)).toBe(1_699_999_800 + 300);
    expect(builder.periodStartSec(1_700_000_100)).toBe(1_700_000_100);
  });

  it('is zero where nothing was', () => {
    const builder = new TimeSeriesBuilder({ periodSec: 60, window: WINDOW });

    expect(builder.period(START)).toEqual({
      statistics: {
        OkCount: 0,
        ErrorStatistics: { ThrottleCount: 0, OtherCount: 0, TotalCount: 0 },
        FaultStatistics: { OtherCount: 0, TotalCount: 0 },
        TotalCount: 0,
        TotalResponseTime: 0,
      },
      histogram: [],
    });
  });
});
