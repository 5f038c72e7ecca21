import { describe, expect, it } from '@jest/globals';
import type { SegmentDocument } from '#xray-model';
import { assembleTrace } from '#xray-model';
import { createStyle } from '../terminal/style.js';
import { renderTrace } from './render-trace.js';

const TRACE_ID = '1-6553f10a-000000000000000000000001';
const EARLIER_ID = '1-6553f10a-000000000000000000000002';

const root: SegmentDocument = {
  id: 'a'.repeat(16),
  name: 'signup-api',
  trace_id: TRACE_ID,
  origin: 'AWS::ECS::Fargate',
  start_time: 1_700_000_000,
  end_time: 1_700_000_000.1,
  fault: true,
  http: { request: { method: 'POST', url: 'http://a/signup' }, response: { status: 500 } },
  subsegments: [
    {
      id: 'b'.repeat(16),
      name: 'SNS',
      namespace: 'aws',
      start_time: 1_700_000_000.05,
      end_time: 1_700_000_000.1,
      error: true,
      http: { response: { status: 403 } },
      cause: {
        exceptions: [{ id: 'c'.repeat(16), type: 'AuthorizationError', message: 'not\u001B[2J allowed' }],
      },
    },
  ],
};

function render(documents: SegmentDocument[], linking: string[] = []): string[] {
  const view = { columns: 100, style: createStyle(false) };
  return renderTrace(assembleTrace(TRACE_ID, documents), linking, view);
}

describe('renderTrace', () => {
  it('shows the request, the segments with their subsegments as bars, and the exceptions once', () => {
    const lines = render([root]);

    expect(lines[0]).toBe(`Trace ${TRACE_ID}  POST http://a/signup`);
    expect(lines[1]).toMatch(/^Started \d\d:\d\d:\d\d, took 100 ms$/);
    expect(lines.slice(3)).toEqual([
      'NAME        TYPE               STATUS   START    TIME  OUTCOME  TIMELINE',
      'signup-api  AWS::ECS::Fargate     500  0.0 ms  100 ms  fault    ████████████████',
      '  SNS       aws                   403   50 ms   50 ms  error            ████████',
      'SNS         AWS::SNS              403   50 ms   50 ms  error            ████████',
      '',
      'Exceptions',
      '  signup-api › SNS  AuthorizationError: not\uFFFD[2J allowed',
    ]);
  });

  it('names the linked traces of both directions', () => {
    const consumer = { ...root, links: [{ trace_id: EARLIER_ID, id: 'd'.repeat(16) }] };
    const lines = render([consumer], ['1-later']);

    expect(lines.slice(-3)).toEqual([
      'Linked traces',
      `  ${EARLIER_ID}  sent what signup-api took up here`,
      '  1-later  took up what was sent here',
    ]);
  });

  it('names a link that a subsegment has', () => {
    const [call] = root.subsegments ?? [];
    const linked = {
      ...root,
      subsegments: [{ ...call!, links: [{ trace_id: EARLIER_ID, id: 'd'.repeat(16) }] }],
    };

    expect(render([linked])).toContain(`  ${EARLIER_ID}  sent what signup-api took up here`);
  });

  it('says what is in progress and what has no parent yet', () => {
    const { end_time: _, ...open } = root;
    const orphan: SegmentDocument = {
      id: 'e'.repeat(16),
      name: 'late',
      trace_id: TRACE_ID,
      type: 'subsegment',
      parent_id: 'f'.repeat(16),
      start_time: 1_700_000_000.02,
      end_time: 1_700_000_000.03,
    };
    const lines = render([{ ...open, in_progress: true }, orphan]);

    expect(lines[1]).toContain('; partial: more of it is to come');
    expect(lines.some((line) => /^signup-api .* – {2}pending {2}█+$/.test(line))).toBe(true);
    expect(lines.some((line) => line.startsWith('late (parent missing)'))).toBe(true);
  });

  it('stays within the terminal where names are long', () => {
    const lines = render([{ ...root, name: 'n'.repeat(200) }]).slice(3, 7);

    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});
