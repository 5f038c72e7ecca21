import { describe, expect, it } from '@jest/globals';
import { assembleTrace } from '../../src/trace/assemble-trace.js';
import type { TraceEntity, TraceSegment, TraceSubsegment } from '../../src/trace/trace.js';
import { START, TRACE_ID, id, nested, segment, signupDocuments, subsegment } from './trace-documents.js';

type Documents = Parameters<typeof assembleTrace>[1];

function assemble(documents: Documents) {
  return assembleTrace(TRACE_ID, documents);
}

function namesOf(entities: readonly TraceEntity[]): string[] {
  return entities.map(({ document }) => document.name);
}

function entityOf(documents: Documents, entityId: string): TraceEntity {
  return assemble(documents).entities.get(entityId)!;
}

describe('assembleTrace', () => {
  it('joins independent subsegments and the segments of other services into one tree', () => {
    const trace = assemble(signupDocuments());
    const api = trace.entities.get(id('a1')) as TraceSegment;
    const publish = trace.entities.get(id('b3')) as TraceSubsegment;
    expect(trace.roots).toEqual([api]);
    expect(namesOf(api.subsegments)).toEqual(['DynamoDB', 'notifier']);
    expect(publish.owner?.id).toBe(id('b1'));
    expect(publish.parent).toBe(publish.owner);
    expect(namesOf(trace.segments)).toEqual([
      'signup-api',
      'DynamoDB',
      'notifier',
      'ecs-credentials-endpoint',
      'SNS',
    ]);
    expect(trace).toMatchObject({
      startTimeSec: START,
      endTimeSec: START + 0.14,
      isPartial: false,
      orphans: [],
    });
  });

  it('flattens nested subsegments and finds their owner through any depth', () => {
    const document = segment([0, 100], {
      id: id('1'),
      subsegments: [nested([10, 90], { id: id('2'), subsegments: [nested([20, 80], { id: id('3') })] })],
    });
    const deepest = entityOf([document], id('3')) as TraceSubsegment;
    expect(deepest.owner?.id).toBe(id('1'));
    expect(deepest.depth).toBe(2);
    expect(deepest.parent?.id).toBe(id('2'));
  });

  it('tells who called whom, with the client of the root and the caller’s view of each call', () => {
    const { calls } = assemble(signupDocuments());
    expect(calls.map(({ from, to, view }) => [from.name, from.type, to.name, to.type, view.id])).toEqual([
      ['signup-api', 'client', 'signup-api', 'AWS::ECS::Fargate', id('a1')],
      ['signup-api', 'AWS::ECS::Fargate', 'signups', 'AWS::DynamoDB::Table', id('a2')],
      ['signup-api', 'AWS::ECS::Fargate', 'notifier', 'AWS::ECS::Fargate', id('a3')],
      ['notifier', 'AWS::ECS::Fargate', 'ecs-credentials-endpoint', 'remote', id('b2')],
      ['notifier', 'AWS::ECS::Fargate', 'SNS', 'AWS::SNS', id('b3')],
    ]);
  });

  it('takes the callee’s own numbers when its parent is a segment or does not describe a call', () => {
    const { calls } = assemble([
      segment([0, 100], { id: id('1'), subsegments: [nested([10, 90], { id: id('2') })] }),
      segment([20, 80], { id: id('3'), parent_id: id('2'), name: 'below-local-work' }),
      segment([30, 70], { id: id('4'), parent_id: id('1'), name: 'below-the-segment' }),
    ]);
    expect(
      calls.slice(1).map(({ from, to, through, view }) => [from.name, to.name, through?.id, view.id]),
    ).toEqual([
      ['signup-api', 'below-local-work', id('2'), id('3')],
      ['signup-api', 'below-the-segment', undefined, id('4')],
    ]);
  });

  it('counts one call for several segments of one node below the same subsegment', () => {
    const call = nested([10, 90], { id: id('2'), name: 'worker', namespace: 'remote' });
    const answer = { parent_id: id('2'), name: 'worker' };
    const { calls, segments } = assemble([
      segment([0, 100], { id: id('1'), subsegments: [call] }),
      segment([20, 30], { id: id('3'), ...answer }),
      segment([40, 50], { id: id('4'), ...answer }),
      segment([60, 70], { id: id('5'), parent_id: id('2'), name: 'another' }),
    ]);
    expect(segments).toHaveLength(4);
    expect(calls.map(({ to }) => to.name)).toEqual(['signup-api', 'worker', 'another']);
  });

  it('keeps a call of a service to itself', () => {
    const { calls } = assemble([
      segment([0, 100], {
        id: id('1'),
        subsegments: [nested([10, 90], { id: id('2'), name: 'signup-api', namespace: 'remote' })],
      }),
      segment([20, 80], { id: id('3'), parent_id: id('2') }),
    ]);
    expect(calls[1]).toMatchObject({ from: { name: 'signup-api' }, to: { name: 'signup-api' } });
    expect(calls[1]!.from.type).toBeUndefined();
  });
});

describe('assembleTrace, of documents that repeat', () => {
  const pending = segment([0], { id: id('1') });
  const complete = segment([0, 100], { id: id('1'), fault: true });

  it.each([
    ['after', [pending, complete]],
    ['before', [complete, pending]],
  ])('lets the complete segment replace the one in progress when it comes %s it', (_when, documents) => {
    const trace = assemble(documents);
    expect(trace.roots[0]).toMatchObject({ outcome: 'fault', responseTimeSec: expect.closeTo(0.1, 5) });
    expect(trace.isPartial).toBe(false);
  });

  it('shows a segment in progress as pending and the trace as partial', () => {
    const trace = assemble([{ ...pending, fault: true }]);
    expect(trace.roots[0]).toMatchObject({ outcome: 'pending', isRoot: true });
    expect(trace.roots[0]).not.toHaveProperty('responseTimeSec');
    expect(trace).toMatchObject({ isPartial: true, startTimeSec: START, endTimeSec: START });
  });

  it('lets a later document replace an earlier one with the same id', () => {
    const trace = assemble([complete, segment([0, 200], { id: id('1'), name: 'renamed' })]);
    expect(namesOf(trace.segments)).toEqual(['renamed']);
  });

  it('keeps one entity for an id that is nested in two documents, and everything below both', () => {
    const twice = { id: id('2'), name: 'twice' };
    const trace = assemble([
      segment([0, 100], {
        id: id('1'),
        subsegments: [nested([10], { ...twice, subsegments: [nested([20, 30], { id: id('3') })] })],
      }),
      subsegment([10, 90], {
        ...twice,
        parent_id: id('1'),
        subsegments: [nested([40, 50], { id: id('4') })],
      }),
    ]);
    const entity = trace.entities.get(id('2'))!;
    expect(entity.endTimeSec).toBeDefined();
    expect(entity.subsegments.map((below) => below.id)).toEqual([id('3'), id('4')]);
  });

  it('makes inferred segments anew when they are sent', () => {
    const trace = assemble(signupDocuments());
    const inferred = trace.segments.filter(({ isInferred }) => isInferred).map(({ document }) => document);
    expect(namesOf(assemble([...signupDocuments(), ...inferred]).segments)).toEqual(namesOf(trace.segments));
  });
});

describe('assembleTrace, of traces that are not whole', () => {
  it('keeps a subsegment whose parent has not arrived, marked, without node, call or inferred segment', () => {
    const [, putItem] = signupDocuments();
    const trace = assemble([putItem!]);
    expect(trace.orphans).toEqual([expect.objectContaining({ id: id('a2'), isOrphan: true, depth: 0 })]);
    expect(trace).toMatchObject({ segments: [], roots: [], calls: [], isPartial: true });
  });

  it('gives what hangs below an orphan no owner', () => {
    const trace = assemble([
      subsegment([0, 50], {
        id: id('2'),
        parent_id: id('f'),
        subsegments: [nested([10, 20], { id: id('3') })],
      }),
      segment([20, 40], { id: id('4'), parent_id: id('3') }),
    ]);
    const below = trace.entities.get(id('3')) as TraceSubsegment;
    expect(below).not.toHaveProperty('owner');
    expect(below).toMatchObject({ isOrphan: false, depth: 1 });
    expect(trace.roots.map((root) => root.id)).toEqual([id('4')]);
    expect(trace.calls.map(({ from }) => from.type)).toEqual(['client']);
  });

  it('takes a segment whose parent is nowhere in the trace for a root, after the roots without a parent', () => {
    const trace = assemble([
      segment([0, 10], { id: id('1'), parent_id: id('f') }),
      segment([5, 15], { id: id('2') }),
      segment([2, 15], { id: id('3') }),
    ]);
    expect(trace.roots.map((root) => root.id)).toEqual([id('3'), id('2'), id('1')]);
    expect(trace.isPartial).toBe(false);
  });

  it('is partial while a call marked traced has no segment of its own, and shows the inferred one meanwhile', () => {
    const call = { id: id('2'), parent_id: id('1'), name: 'notifier', namespace: 'remote' };
    const root = segment([0, 100], { id: id('1') });
    const answer = segment([20, 80], { id: id('3'), parent_id: id('2'), name: 'notifier' });
    const traced = [
      subsegment([10, 90], { ...call, http: { request: { traced: true } } }),
      subsegment([10, 90], { ...call, traced: true }),
    ];
    for (const subsegmentOfCall of traced) {
      expect(assemble([root, subsegmentOfCall])).toMatchObject({ isPartial: true, segments: { length: 2 } });
      expect(assemble([root, subsegmentOfCall, answer])).toMatchObject({
        isPartial: false,
        segments: { length: 2 },
      });
    }
  });

  it('survives parents that run in circles, cutting them above the earliest', () => {
    const trace = assemble([
      subsegment([10, 20], { id: id('2'), parent_id: id('4') }),
      subsegment([5, 20], { id: id('3'), parent_id: id('2') }),
      subsegment([15, 20], { id: id('4'), parent_id: id('3') }),
      subsegment([30, 40], { id: id('5'), parent_id: id('4') }),
      segment([50, 60], { id: id('6'), parent_id: id('6') }),
    ]);
    expect(trace.orphans.map((orphan) => orphan.id)).toEqual([id('3')]);
    expect(trace.roots.map((root) => root.id)).toEqual([id('6')]);
    expect(trace.entities.get(id('5'))).toMatchObject({ depth: 2, isOrphan: false });
  });

  it('survives a subsegment nested in itself', () => {
    const inner = nested([1, 2], { id: id('1') });
    const trace = assemble([segment([0, 100], { id: id('1'), subsegments: [inner] })]);
    expect(trace.entities.size).toBe(1);
    expect(trace.roots).toHaveLength(1);
  });

  it('takes a chain of subsegments longer than any stack', () => {
    const length = 20_000;
    const chain = Array.from({ length }, (_, index) =>
      subsegment([index, length], {
        id: id((index + 2).toString(16)),
        parent_id: id((index + 1).toString(16)),
      }),
    );
    const trace = assemble([segment([0, length], { id: id('1') }), ...chain]);
    expect(trace.entities.get(id((length + 1).toString(16)))).toMatchObject({ depth: length });
  });

  it('is empty without documents', () => {
    expect(assemble([])).toMatchObject({ startTimeSec: 0, endTimeSec: 0, segments: [], isPartial: false });
  });
});

describe('assembleTrace, of times and outcomes', () => {
  it('lasts until the last end of any subsegment, while it answered at its own end', () => {
    const root = entityOf(
      [segment([0, 13], { id: id('1') }), subsegment([5, 242], { id: id('2'), parent_id: id('1') })],
      id('1'),
    ) as TraceSegment;
    expect(root.responseTimeSec).toBeCloseTo(0.013, 5);
    expect(root.durationSec).toBeCloseTo(0.242, 5);
  });

  it('never tells a negative time', () => {
    expect(entityOf([segment([10, 5], { id: id('1') })], id('1')).responseTimeSec).toBe(0);
  });

  it.each([
    [{}, 'ok'],
    [{ error: true }, 'error'],
    [{ error: true, throttle: true }, 'throttle'],
    [{ error: true, throttle: true, fault: true }, 'fault'],
  ])('classes %j as %s', (flags, outcome) => {
    expect(entityOf([segment([0, 1], { id: id('1'), ...flags })], id('1')).outcome).toBe(outcome);
  });

  it('knows a service by its name, its origin and its account', () => {
    const aws = { account_id: '000000000000' };
    const root = entityOf([segment([0, 1], { id: id('1'), origin: 'AWS::EC2::Instance', aws })], id('1'));
    expect((root as TraceSegment).node).toEqual({
      name: 'signup-api',
      type: 'AWS::EC2::Instance',
      accountId: '000000000000',
    });
  });
});

describe('assembleTrace, of a segment that a message started', () => {
  const links = [{ trace_id: '1-6553f10a-00000000000000000000000f', id: id('f') }];

  it('gives a root with links no client', () => {
    const trace = assemble([segment([0, 10], { id: id('1'), links })]);
    expect(trace.calls).toEqual([]);
    expect(trace.roots).toHaveLength(1);
    expect(trace.links).toEqual([{ segment: trace.roots[0], link: links[0] }]);
  });

  it('gives a root with links its client when it answered a request', () => {
    const http = { request: { method: 'POST', url: 'http://localhost/resend' } };
    const { calls } = assemble([segment([0, 10], { id: id('1'), links, http })]);
    expect(calls).toMatchObject([{ from: { type: 'client' }, to: { name: 'signup-api' } }]);
  });

  it('keeps the caller of a segment with links that is no root', () => {
    const trace = assemble([
      segment([0, 10], { id: id('1') }),
      segment([1, 9], { id: id('2'), parent_id: id('1'), name: 'worker', links }),
    ]);
    expect(trace.calls.map(({ to }) => to.name)).toEqual(['signup-api', 'worker']);
    expect(trace.links).toHaveLength(1);
  });
});
