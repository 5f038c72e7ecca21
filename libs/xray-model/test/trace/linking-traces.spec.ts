import { describe, expect, it } from '@jest/globals';
import { assembleTrace } from '../../src/trace/assemble-trace.js';
import { linkedTraceIds, linkSearchRange, linksTo } from '../../src/trace/linking-traces.js';
import { CONSUMER_TRACE_ID, id, nested, segment, START, TRACE_ID } from './trace-documents.js';

const LINK = { trace_id: CONSUMER_TRACE_ID, id: id('9') };

describe('the traces that messages connect', () => {
  it('are looked for from the start of a trace to ten minutes after its end, in whole seconds', () => {
    const trace = { startTimeSec: START + 0.4, endTimeSec: START + 1.2 };
    expect(linkSearchRange(trace, START + 9_000)).toEqual({ startSec: START, endSec: START + 602 });
    expect(linkSearchRange(trace, START + 5.5)).toEqual({ startSec: START, endSec: START + 6 });
  });

  it('are not looked for before the trace has begun', () => {
    expect(linkSearchRange({ startTimeSec: START, endTimeSec: START }, START - 1)).toBeUndefined();
  });

  it('say so on a segment or on anything nested in it', () => {
    const plain = segment([0, 1], { id: id('a1') });
    expect(linksTo(plain, CONSUMER_TRACE_ID)).toBe(false);
    expect(linksTo({ ...plain, links: [LINK] }, CONSUMER_TRACE_ID)).toBe(true);
    const deep = nested([0, 1], {
      id: id('a2'),
      subsegments: [nested([0, 1], { id: id('a3'), links: [LINK] })],
    });
    expect(linksTo({ ...plain, subsegments: [deep] }, CONSUMER_TRACE_ID)).toBe(true);
  });

  it('are named once each by the trace that took up their messages, itself left out', () => {
    const trace = assembleTrace(TRACE_ID, [
      segment([0, 1], { id: id('a1'), links: [LINK, LINK] }),
      segment([2, 3], { id: id('a2'), links: [{ trace_id: TRACE_ID, id: id('a1') }] }),
    ]);
    expect(linkedTraceIds(trace)).toEqual([CONSUMER_TRACE_ID]);
  });
});
