import { describe, expect, it } from '@jest/globals';
import type { SegmentDocument } from '../../src/segment/segment-document.js';
import { assembleTrace } from '../../src/trace/assemble-trace.js';
import { summarizeTrace } from '../../src/trace/summarize-trace.js';
import { TRACE_ID, id, nested, segment, signupDocuments, subsegment } from './trace-documents.js';

function summarize(documents: SegmentDocument[]) {
  return summarizeTrace(assembleTrace(TRACE_ID, documents));
}

/** The sign-up whose publish was denied: SNS answers 403, both services answer with a 5xx. */
function deniedSignup(): SegmentDocument[] {
  const cause = {
    exceptions: [{ id: id('e1'), type: 'AuthorizationError', message: 'not allowed', remote: true }],
  };
  return signupDocuments().map((document) => {
    if (document.id === id('b3')) return { ...document, error: true, cause };
    const isFailing = [id('a1'), id('a3'), id('b1')].includes(document.id);
    return isFailing ? { ...document, fault: true } : document;
  });
}

describe('the root causes of a fault', () => {
  it('lead from the entry service down to the deepest entity that failed', () => {
    const { FaultRootCauses } = summarize(deniedSignup());
    expect(FaultRootCauses).toEqual([
      {
        ClientImpacting: true,
        Services: [
          {
            Name: 'signup-api',
            Names: ['signup-api'],
            Type: 'AWS::ECS::Fargate',
            Inferred: false,
            EntityPath: [
              { Name: 'signup-api', Exceptions: [], Remote: false },
              { Name: 'notifier', Exceptions: [], Remote: true },
            ],
          },
          {
            Name: 'notifier',
            Names: ['notifier'],
            Type: 'AWS::ECS::Fargate',
            Inferred: false,
            EntityPath: [{ Name: 'notifier', Exceptions: [], Remote: false }],
          },
        ],
      },
    ]);
  });

  it('tell the error below the fault on its own, with exceptions and the inferred service', () => {
    const { ErrorRootCauses } = summarize(deniedSignup());
    const exceptions = [{ Name: 'AuthorizationError', Message: 'not allowed' }];
    expect(ErrorRootCauses).toHaveLength(1);
    expect(ErrorRootCauses[0]).toMatchObject({ ClientImpacting: true });
    expect(ErrorRootCauses[0]!.Services.map(({ Name, Inferred }) => [Name, Inferred])).toEqual([
      ['signup-api', false],
      ['notifier', false],
      ['SNS', true],
    ]);
    expect(ErrorRootCauses[0]!.Services[1]!.EntityPath[1]).toEqual({
      Name: 'SNS',
      Exceptions: exceptions,
      Remote: true,
    });
    expect(ErrorRootCauses[0]!.Services[2]!.EntityPath).toEqual([
      { Name: 'SNS', Exceptions: exceptions, Remote: false },
    ]);
  });

  it('do not touch the client when a service on the way answered well', () => {
    const { FaultRootCauses } = summarize([
      segment([0, 10], {
        id: id('1'),
        subsegments: [
          nested([1, 9], { id: id('2'), subsegments: [nested([2, 3], { id: id('3'), fault: true })] }),
        ],
      }),
    ]);
    expect(FaultRootCauses).toMatchObject([
      { ClientImpacting: false, Services: [{ EntityPath: { length: 3 } }] },
    ]);
  });

  it('count a throttled call among the errors', () => {
    const throttled = nested([1, 9], {
      id: id('2'),
      name: 'SNS',
      namespace: 'aws',
      error: true,
      throttle: true,
    });
    const { ErrorRootCauses, FaultRootCauses } = summarize([
      segment([0, 10], { id: id('1'), subsegments: [throttled] }),
    ]);
    expect(ErrorRootCauses).toHaveLength(1);
    expect(FaultRootCauses).toEqual([]);
  });

  it('are told once for calls that failed alike, and once each for calls that did not', () => {
    const failing = (label: string, name: string) => nested([1, 9], { id: id(label), name, fault: true });
    const subsegments = [failing('2', 'retried'), failing('3', 'retried'), failing('4', 'another')];
    const { FaultRootCauses } = summarize([segment([0, 10], { id: id('1'), fault: true, subsegments })]);
    expect(FaultRootCauses.map(({ Services }) => Services[0]!.EntityPath[1]!.Name)).toEqual([
      'retried',
      'another',
    ]);
  });

  it('resolve an exception that another entity describes', () => {
    const described = { exceptions: [{ id: id('e1'), type: 'Error', message: 'broken' }] };
    const { FaultRootCauses } = summarize([
      segment([0, 10], {
        id: id('1'),
        fault: true,
        cause: id('e1'),
        subsegments: [nested([1, 9], { id: id('2'), fault: true, cause: described })],
      }),
    ]);
    expect(FaultRootCauses[0]!.Services[0]!.EntityPath.map(({ Exceptions }) => Exceptions)).toEqual([
      [{ Name: 'Error', Message: 'broken' }],
      [{ Name: 'Error', Message: 'broken' }],
    ]);
  });

  it('have no exceptions where none are described', () => {
    const subsegments = [
      nested([1, 9], { id: id('2'), fault: true, cause: { exceptions: [{ id: id('e2') }] } }),
    ];
    const root = segment([0, 10], { id: id('1'), fault: true, cause: id('e1'), subsegments });
    const bare = segment([2, 10], { id: id('3'), name: 'bare', fault: true, cause: { paths: [] } });
    const exceptions = summarize([root, bare]).FaultRootCauses.map(({ Services }) =>
      Services[0]!.EntityPath.map(({ Exceptions }) => Exceptions),
    );
    expect(exceptions).toEqual([[[], [{}]], [[]]]);
  });

  it('leave out what belongs to no service yet, and start at the segment below it', () => {
    const { FaultRootCauses } = summarize([
      subsegment([0, 10], { id: id('2'), parent_id: id('f'), fault: true }),
      segment([1, 9], { id: id('3'), parent_id: id('2'), name: 'worker', fault: true }),
    ]);
    expect(FaultRootCauses.map(({ Services }) => Services.map(({ Name }) => Name))).toEqual([['worker']]);
  });
});

describe('the root causes of a response time', () => {
  it('follow what took at least half of the time above it', () => {
    const { ResponseTimeRootCauses } = summarize(signupDocuments());
    expect(ResponseTimeRootCauses).toHaveLength(1);
    expect(ResponseTimeRootCauses[0]!.Services).toMatchObject([
      {
        Name: 'signup-api',
        EntityPath: [
          { Name: 'signup-api', Coverage: 1, Remote: false },
          { Name: 'notifier', Coverage: 0.643, Remote: true },
        ],
      },
      {
        Name: 'notifier',
        EntityPath: [
          { Name: 'notifier', Coverage: 0.571, Remote: false },
          { Name: 'SNS', Coverage: 0.321, Remote: true },
        ],
      },
      { Name: 'SNS', Inferred: true, EntityPath: [{ Name: 'SNS', Coverage: 0.321, Remote: false }] },
    ]);
  });

  it('are none when the root spent the time itself', () => {
    const root = segment([0, 100], { id: id('1'), subsegments: [nested([0, 40], { id: id('2') })] });
    expect(summarize([root]).ResponseTimeRootCauses).toEqual([]);
  });

  it('are none for a root that took no time or is in progress', () => {
    const below = { subsegments: [nested([0, 40], { id: id('2') })] };
    expect(summarize([segment([0, 0], { id: id('1'), ...below })]).ResponseTimeRootCauses).toEqual([]);
    expect(summarize([segment([0], { id: id('1'), ...below })]).ResponseTimeRootCauses).toEqual([]);
  });

  it('cover no more than the root’s whole time', () => {
    const { ResponseTimeRootCauses } = summarize([
      segment([0, 10], { id: id('1') }),
      segment([5, 500], { id: id('2'), parent_id: id('1'), name: 'worker' }),
    ]);
    expect(ResponseTimeRootCauses[0]!.Services[1]!.EntityPath).toEqual([
      { Name: 'worker', Coverage: 1, Remote: false },
    ]);
  });
});
