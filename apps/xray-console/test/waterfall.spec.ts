import { describe, expect, it } from '@jest/globals';
import type { SegmentDocument } from '#xray-model';
import { assembleTrace } from '#xray-model';
import type { WaterfallRow } from '../src/waterfall/build-rows.js';
import { buildRows, firstProblem, visibleRows } from '../src/waterfall/build-rows.js';
import { barGeometry, buildTicks, labelSide } from '../src/waterfall/time-scale.js';
import { rowForKey, scrollTopFor, virtualWindow } from '../src/waterfall/virtual-window.js';

const TRACE_ID = '1-6553f10a-000000000000000000000001';
const START = 1_700_000_000;

function document(
  id: string,
  [fromMs, toMs]: [number, number?],
  fields: Partial<SegmentDocument> = {},
): SegmentDocument {
  const times = toMs === undefined ? { in_progress: true } : { end_time: START + toMs / 1_000 };
  return {
    id: id.padStart(16, '0'),
    name: id,
    trace_id: TRACE_ID,
    start_time: START + fromMs / 1_000,
    ...times,
    ...fields,
  };
}

const id = (label: string): string => label.padStart(16, '0');
const rowsOf = (...documents: SegmentDocument[]): WaterfallRow[] =>
  buildRows(assembleTrace(TRACE_ID, documents));
const picture = (rows: readonly WaterfallRow[]): string[] => {
  return rows.map(({ level, label, marks }) => {
    return `${'  '.repeat(level - 1)}${label}${marks.map((mark) => ` [${mark.kind}]`).join('')}`;
  });
};

const api = document('a1', [0, 100], {
  name: 'signup-api',
  origin: 'AWS::ECS::Fargate',
  http: { request: { method: 'POST', url: 'http://a/signup?x' }, response: { status: 201 } },
  subsegments: [
    document('b1', [10, 30], {
      name: 'signups',
      namespace: 'aws',
      aws: { operation: 'PutItem', table_name: 'signups' },
    }),
    document('b2', [40, 90], { name: 'work', subsegments: [document('b3', [50, 60], { name: 'inner' })] }),
  ],
});

describe('the rows of a trace', () => {
  it('have a heading for each service, with its segments and what is nested in them', () => {
    const rows = rowsOf(api, document('c1', [110, 120], { name: 'signup-api', origin: 'AWS::ECS::Fargate' }));

    expect(picture(rows)).toEqual([
      'signup-api',
      '  POST /signup',
      '    signups',
      '    work',
      '      inner',
      '  signup-api',
      'signups',
      '  signups PutItem [inferred]',
    ]);
    expect(rows[0]).toMatchObject({
      detail: 'AWS::ECS::Fargate · 2 segments',
      durationSec: expect.closeTo(0.12),
    });
  });

  it('know their place in the tree', () => {
    const rows = rowsOf(api);
    expect(rows.map(({ descendantCount }) => descendantCount)).toEqual([4, 3, 0, 1, 0, 1, 0]);
    expect(rows.map(({ position, siblingCount }) => `${position}/${siblingCount}`)).toEqual([
      '1/2',
      '1/1',
      '1/2',
      '2/2',
      '1/1',
      '2/2',
      '1/1',
    ]);
    expect(rows[4]?.parentKey).toBe(id('b2'));
  });

  it('disappear under what is collapsed', () => {
    const rows = rowsOf(api);
    expect(picture(visibleRows(rows, new Set([id('b2')])))).not.toContain('      inner');
    expect(visibleRows(rows, new Set([rows[0]!.key]))).toHaveLength(3);
    expect(visibleRows(rows, new Set())).toHaveLength(rows.length);
  });

  it('say why something is unusual', () => {
    const rows = rowsOf(
      document('a1', [0]),
      document('c1', [5, 6], { parent_id: id('ff') }),
      document('d1', [7, 8], { type: 'subsegment', parent_id: id('fe') }),
      document('e1', [9, 10], { parent_id: id('e2') }),
      document('e2', [9.5, 10], { parent_id: id('e1') }),
      document('f1', [11, 12], { links: [{ trace_id: TRACE_ID.replace(/1$/, '2'), id: id('9') }] }),
      document('g1', [13, 20], {
        subsegments: [document('g2', [14, 15], { namespace: 'remote', http: { request: { traced: true } } })],
      }),
    );
    const marks = new Map(
      rows.map(({ label, level, marks: found }) => [`${level} ${label}`, found.map(({ kind }) => kind)]),
    );

    expect(marks.get('2 a1')).toEqual(['pending']);
    expect(marks.get('2 c1')).toEqual(['orphan']);
    expect(marks.get('2 d1')).toEqual(['orphan']);
    expect(marks.get('2 e1')).toEqual(['cycle']);
    expect(marks.get('2 e2')).toEqual([]);
    expect(marks.get('2 f1')).toEqual(['link']);
    expect(marks.get('3 g2')).toEqual(['untraced']);
    expect(rows.flatMap((row) => row.marks).every(({ reason }) => reason.length > 20)).toBe(true);
  });

  it('stay in progress as a service while one of its segments does', () => {
    const [heading] = rowsOf(document('a1', [0, 10], { name: 'x' }), document('a2', [5], { name: 'x' }));
    expect(heading?.durationSec).toBeUndefined();
  });

  it('lead to the deepest cause of a failure', () => {
    const cause = { exceptions: [{ id: id('1'), message: 'no' }] };
    const rows = rowsOf(
      document('a1', [0, 10], {
        fault: true,
        cause,
        subsegments: [document('a2', [1, 2], { fault: true, cause, namespace: 'remote' })],
      }),
    );
    expect(firstProblem(rows)?.key).toBe(id('a2'));
    expect(firstProblem(rowsOf(api))).toBeUndefined();
  });
});

describe('the scale of time', () => {
  it('has round ticks from the start to the end, as many as there is room for', () => {
    const offsets = (lengthSec: number, trackPx: number): number[] =>
      buildTicks(lengthSec, trackPx, 16).map(({ offsetSec }) => Number(offsetSec.toFixed(3)));
    expect(offsets(0.42, 500)).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
    expect(offsets(0.42, 200)).toEqual([0, 0.2, 0.4]);
    expect(buildTicks(1, 400, 16).at(-1)?.left).toBeCloseTo(100);
    expect(buildTicks(0, 500, 16)).toHaveLength(1);
  });

  it('writes the last tick on its left, or not at all where it would lie on another', () => {
    expect(buildTicks(1, 2_000, 16).at(-1)?.side).toBe('none');
    expect(buildTicks(1, 300, 16).map(({ side }) => side)).toEqual(['right', 'right', 'left']);
  });

  it('places bars by their times, within the scale', () => {
    expect(barGeometry({ offsetSec: 0.25, durationSec: 0.5 }, 1)).toEqual({ left: 25, width: 50 });
    expect(barGeometry({ offsetSec: 0.25 }, 1)).toEqual({ left: 25, width: 75 });
    expect(barGeometry({ offsetSec: 0.9, durationSec: 5 }, 1)).toEqual({
      left: 90,
      width: expect.closeTo(10),
    });
    expect(barGeometry({ offsetSec: 0, durationSec: 0 }, 0)).toEqual({ left: 0, width: 100 });
  });

  it('puts the label inside the bar when it fits, else where there is more room', () => {
    expect(labelSide({ left: 0, width: 50 }, 60, 400)).toBe('inside');
    expect(labelSide({ left: 10, width: 2 }, 60, 400)).toBe('right');
    expect(labelSide({ left: 96, width: 2 }, 60, 400)).toBe('left');
  });
});

describe('the window of rows', () => {
  const view = { scrollTop: 0, height: 300, rowHeight: 30 };

  it('is what is in sight and as much again on both sides', () => {
    expect(virtualWindow(10_000, view)).toEqual({ first: 0, end: 22 });
    expect(virtualWindow(10_000, { ...view, scrollTop: 3_000 })).toEqual({ first: 89, end: 122 });
    expect(virtualWindow(10_000, { ...view, scrollTop: 299_700 })).toEqual({ first: 9_978, end: 10_000 });
    expect(virtualWindow(3, view)).toEqual({ first: 0, end: 3 });
  });

  it('scrolls just as far as needed', () => {
    expect(scrollTopFor(5, view)).toBe(0);
    expect(scrollTopFor(12, view)).toBe(90);
    expect(scrollTopFor(2, { ...view, scrollTop: 300 })).toBe(60);
  });

  it('follows the keys', () => {
    const place = { rowCount: 100, pageRows: 9 };
    expect(
      ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', 'x'].map((key) =>
        rowForKey(key, 50, place),
      ),
    ).toEqual([51, 49, 59, 41, 0, 99, undefined]);
    expect(rowForKey('ArrowUp', 0, place)).toBe(0);
    expect(rowForKey('ArrowDown', 99, place)).toBe(99);
  });
});
