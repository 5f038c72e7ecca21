import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  checkSegmentDocument,
  checkSegmentText,
  parseSegmentDocument,
  reviveSegmentDocument,
} from './parse-segment-document.js';
import type { SegmentDocument } from './segment-document.js';
import { toSegmentHead } from './segment-head.js';

/** Of each field what is right and what is wrong, as JSON can say it. */
/** The first of the values, and now and then one of the others. */
function mostly(usual: unknown, ...others: unknown[]): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 8, arbitrary: fc.constant(usual) }, ...others.map((value) => fc.constant(value)));
}

const aRawDocument = fc.record(
  {
    name: mostly('api', '', null, 'bad!', 'x'.repeat(201)),
    id: mostly('70DE5B6F19FF9A0A', '70de5b6f19ff9a0a', '', 'zz', 5),
    trace_id: mostly('1-5759E988-BD862E3FE1BE46A994272793', '1-5759e988-bd862e3fe1be46a994272793', 'x'),
    parent_id: mostly('70de5b6f19ff9a0b', 'x'),
    type: mostly('subsegment', 'other'),
    start_time: mostly(10, -1, '10', null),
    end_time: mostly(11, 9, null, 'x'),
    in_progress: mostly(false, true),
    subsegments: mostly(
      [],
      [{ name: 'a', id: '70de5b6f19ff9a0c', start_time: 5, end_time: 30 }],
      [{ name: 'a', id: '70de5b6f19ff9a0c', start_time: 5, in_progress: true }],
      [{ name: 'a' }],
      [5],
    ),
    metadata: mostly({ a: { b: 1 } }, { a: nested(250) }, { a: nested(300) }, { a: 'x'.repeat(70_000) }),
    annotations: mostly({ key: 'value', 'bad key': 1 }),
  },
  { requiredKeys: ['name', 'id', 'trace_id', 'start_time'] },
);

function nested(levels: number): object {
  let value: object = {};
  for (let level = 1; level < levels; level += 1) value = level % 2 === 0 ? { value } : [value];
  return value;
}

describe('the checks of a segment', () => {
  it('give the verdict of the parser, on text and on an object', () => {
    let acceptedCount = 0;
    fc.assert(
      fc.property(aRawDocument, (raw) => {
        const text = JSON.stringify(raw);
        const parsed = parseSegmentDocument(text);
        const expected = parsed.ok ? { ok: true, head: toSegmentHead(parsed.document) } : parsed;
        acceptedCount += Number(parsed.ok);

        expect(checkSegmentText(text)).toEqual(expected);
        expect(checkSegmentDocument(raw as unknown as SegmentDocument, text)).toEqual(expected);
        if (parsed.ok) expect(reviveSegmentDocument(text)).toEqual(parsed.document);
      }),
      { numRuns: 3000 },
    );
    expect(acceptedCount).toBeGreaterThan(100);
  });
});
