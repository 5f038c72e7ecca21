import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PutTraceSegmentsCommand } from '@aws-sdk/client-xray';
import { toOtelTraceId } from '#xray-model';
import type { SegmentDocument } from '#xray-model';
import { TraceTimeoutError } from '../src/store/trace-waits.js';
import { aSegment, aTraceId } from './segment-documents.js';
import { startForTest } from './start-for-test.js';
import type { XrayForTest } from './start-for-test.js';

describe('waitForTrace', () => {
  let xray: XrayForTest;
  const put = async (...documents: SegmentDocument[]): Promise<void> => {
    const texts = documents.map((document) => JSON.stringify(document));
    await xray.client.send(new PutTraceSegmentsCommand({ TraceSegmentDocuments: texts }));
  };

  beforeEach(async () => {
    xray = await startForTest();
  });
  afterEach(() => xray.stop());

  it('answers when the trace has become complete', async () => {
    const { end_time: _end, ...rest } = aSegment(1);
    await put({ ...rest, in_progress: true });
    const waiting = xray.waitForTrace(aTraceId(1));
    const child = aSegment(2, {
      trace_id: aTraceId(1),
      parent_id: rest.id,
      type: 'subsegment',
      name: 'work',
    });

    await put(aSegment(1), child);

    const { segments, summary, isPartial } = await waiting;
    expect(isPartial).toBe(false);
    expect(segments).toMatchObject([{ name: 'signup-api', subsegments: [{ name: 'work' }] }]);
    expect(summary).toMatchObject({ Id: aTraceId(1), HasFault: false });
  });

  it('answers at once for a trace that is there, also by its OpenTelemetry id, in any case', async () => {
    const id = aTraceId(0xabc);
    await put(aSegment(1, { trace_id: id }));

    for (const asked of [id, id.toUpperCase(), toOtelTraceId(id), toOtelTraceId(id).toUpperCase()]) {
      expect(await xray.waitForTrace(asked)).toMatchObject({ id });
    }
  });

  it('fails for what is no trace id', async () => {
    await expect(xray.waitForTrace('1-abc')).rejects.toThrow('not a trace id: "1-abc"');
  });

  it('waits for what the caller wants to see', async () => {
    const waiting = xray.waitForTrace(aTraceId(1), { until: ({ segments }) => segments.length === 2 });
    await put(aSegment(1));
    await put(aSegment(2, { trace_id: aTraceId(1) }));

    expect((await waiting).segments).toHaveLength(2);
  });

  it('says what there was when it is not in time', async () => {
    const { end_time: _end, ...rest } = aSegment(1);
    await put({ ...rest, in_progress: true });

    const late = xray.waitForTrace(aTraceId(1), { timeoutMs: 10 });
    await expect(late).rejects.toThrow(TraceTimeoutError);
    await expect(late).rejects.toThrow(/still partial after 10 ms; its segments: signup-api/);
    await expect(xray.waitForTrace(aTraceId(2), { timeoutMs: 1 })).rejects.toThrow(
      /no document of trace .* after 1 ms/,
    );
  });

  it('ends when X-Ray Local is stopped', async () => {
    const other = await startForTest();
    const [outcome] = await Promise.allSettled([
      other.waitForTrace(aTraceId(1), { timeoutMs: 60_000 }),
      other.stop(),
    ]);

    expect(outcome).toMatchObject({
      status: 'rejected',
      reason: expect.any(TraceTimeoutError),
    });
  });

  it('fails when the condition does', async () => {
    await put(aSegment(1));
    const until = (): boolean => {
      throw new Error('a mistake in the test');
    };

    await expect(xray.waitForTrace(aTraceId(1), { until })).rejects.toThrow('a mistake in the test');
  });
});
