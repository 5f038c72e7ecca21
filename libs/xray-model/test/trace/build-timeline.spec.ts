import { describe, expect, it } from '@jest/globals';
import { assembleTrace } from '../../src/trace/assemble-trace.js';
import { buildTimeline } from '../../src/trace/build-timeline.js';
import { TRACE_ID, id, nested, segment, signupDocuments, subsegment } from './trace-documents.js';

function timelineOf(documents: Parameters<typeof assembleTrace>[1]) {
  return buildTimeline(assembleTrace(TRACE_ID, documents));
}

describe('buildTimeline', () => {
  it('shows a block for each segment, inferred ones too, in the order of their starts', () => {
    const rows = timelineOf(signupDocuments());
    expect(
      rows.map(({ kind, depth, name, isInferred }) => `${kind} ${depth} ${name}${isInferred ? ' *' : ''}`),
    ).toEqual([
      'segment 0 signup-api',
      'subsegment 1 DynamoDB',
      'subsegment 1 notifier',
      'segment 0 DynamoDB *',
      'segment 0 notifier',
      'subsegment 1 ecs-credentials-endpoint',
      'subsegment 1 SNS',
      'segment 0 ecs-credentials-endpoint *',
      'segment 0 SNS *',
    ]);
    expect(rows.filter(({ blockId }) => blockId === id('b1'))).toHaveLength(3);
  });

  it('tells when a row starts and how long it takes, what answered and how', () => {
    const [api, putItem] = timelineOf(signupDocuments());
    expect(api).toMatchObject({
      node: { type: 'AWS::ECS::Fargate' },
      statusCode: 201,
      outcome: 'ok',
      offsetSec: 0,
    });
    expect(putItem).toMatchObject({ namespace: 'aws', statusCode: 200, entity: { id: id('a2') } });
    expect(putItem!.offsetSec).toBeCloseTo(0.005, 5);
    expect(putItem!.durationSec).toBeCloseTo(0.03, 5);
    expect(putItem).not.toHaveProperty('node');
  });

  it('shows nested subsegments below their parents, the earliest first', () => {
    const rows = timelineOf([
      segment([0, 100], {
        id: id('1'),
        subsegments: [
          nested([50, 60], { id: id('4') }),
          nested([10, 40], { id: id('2'), subsegments: [nested([20, 30], { id: id('3') })] }),
        ],
      }),
    ]);
    expect(rows.map((row) => [row.id, row.depth])).toEqual([
      [id('1'), 0],
      [id('2'), 1],
      [id('3'), 2],
      [id('4'), 1],
    ]);
  });

  it('marks what is in progress and what has no parent yet', () => {
    const rows = timelineOf([
      segment([0], { id: id('1') }),
      subsegment([5, 9], { id: id('2'), parent_id: id('f'), subsegments: [nested([6, 8], { id: id('3') })] }),
    ]);
    expect(rows.map(({ outcome, isOrphan, depth }) => [outcome, isOrphan, depth])).toEqual([
      ['pending', false, 0],
      ['ok', true, 0],
      ['ok', false, 1],
    ]);
    expect(rows[0]).not.toHaveProperty('durationSec');
  });
});
