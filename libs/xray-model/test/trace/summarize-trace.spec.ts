import { describe, expect, it } from '@jest/globals';
import type { SegmentDocument } from '../../src/segment/segment-document.js';
import { assembleTrace } from '../../src/trace/assemble-trace.js';
import { summarizeTrace } from '../../src/trace/summarize-trace.js';
import { START, TRACE_ID, id, nested, segment, signupDocuments, subsegment } from './trace-documents.js';

function summarize(documents: SegmentDocument[], revision?: number) {
  return summarizeTrace(assembleTrace(TRACE_ID, documents), revision);
}

const api = { Name: 'signup-api', Names: ['signup-api'], Type: 'AWS::ECS::Fargate' };
const notifier = { Name: 'notifier', Names: ['notifier'], Type: 'AWS::ECS::Fargate' };

describe('summarizeTrace', () => {
  it('tells about a sign-up what X-Ray’s list of traces shows', () => {
    expect(summarize(signupDocuments())).toEqual({
      Id: TRACE_ID,
      StartTime: START,
      Duration: 0.14,
      ResponseTime: 0.14,
      HasFault: false,
      HasError: false,
      HasThrottle: false,
      IsPartial: false,
      Http: {
        HttpURL: 'http://localhost:3000/signup',
        HttpStatus: 201,
        HttpMethod: 'POST',
        UserAgent: 'curl/8',
        ClientIp: '127.0.0.1',
      },
      Annotations: { previewAccess: [{ AnnotationValue: { StringValue: 'Yes' }, ServiceIds: [api] }] },
      Users: [],
      ServiceIds: [
        { Name: 'signup-api', Names: ['signup-api'], Type: 'client' },
        api,
        notifier,
        { Name: 'signups', Names: ['signups'], Type: 'AWS::DynamoDB::Table' },
        { Name: 'ecs-credentials-endpoint', Names: ['ecs-credentials-endpoint'], Type: 'remote' },
        { Name: 'SNS', Names: ['SNS'], Type: 'AWS::SNS' },
      ],
      EntryPoint: api,
      ResourceARNs: [],
      InstanceIds: [],
      AvailabilityZones: [{ Name: 'us-east-1a' }],
      FaultRootCauses: [],
      ErrorRootCauses: [],
      ResponseTimeRootCauses: expect.any(Array),
      Revision: 1,
    });
  });

  it('takes failures from the root alone, and throttling from anywhere', () => {
    const throttled = nested([1, 2], { id: id('2'), error: true, throttle: true });
    const swallowed = nested([3, 4], { id: id('3'), fault: true });
    const summary = summarize([segment([0, 10], { id: id('1'), subsegments: [throttled, swallowed] })]);
    expect(summary).toMatchObject({ HasFault: false, HasError: false, HasThrottle: true });
  });

  it('counts a 409 as an error and not as a fault', () => {
    const root = segment([0, 10], {
      id: id('1'),
      error: true,
      fault: false,
      http: { response: { status: 409 } },
    });
    expect(summarize([root])).toMatchObject({ HasError: true, HasFault: false, Http: { HttpStatus: 409 } });
  });

  it('lasts until the last end of anything, and responds at the end of its root', () => {
    const summary = summarize([
      segment([0, 13], { id: id('1') }),
      segment([5, 242], { id: id('2'), parent_id: id('1'), name: 'worker' }),
    ]);
    expect(summary).toMatchObject({ ResponseTime: 0.013, Duration: 0.242 });
  });

  it('has neither entry point nor response time until the root has arrived', () => {
    const summary = summarize([
      subsegment([5, 10], { id: id('2'), parent_id: id('1'), annotations: { a: 1 }, user: 'u' }),
    ]);
    expect(summary).not.toHaveProperty('EntryPoint');
    expect(summary).not.toHaveProperty('ResponseTime');
    expect(summary).toMatchObject({
      IsPartial: true,
      Http: {},
      HasFault: false,
      ServiceIds: [],
      Duration: 0.005,
    });
    expect(summary.Annotations).toEqual({ a: [{ AnnotationValue: { NumberValue: 1 }, ServiceIds: [] }] });
    expect(summary.Users).toEqual([{ UserName: 'u', ServiceIds: [] }]);
  });

  it('has no response time while the root is in progress', () => {
    const summary = summarize([segment([0], { id: id('1') })]);
    expect(summary).not.toHaveProperty('ResponseTime');
    expect(summary).toMatchObject({ Duration: 0, IsPartial: true, EntryPoint: { Name: 'signup-api' } });
  });

  it('lists each annotation by key and distinct value, with the services that set it', () => {
    const worker = { parent_id: id('1'), name: 'worker' };
    const { Annotations } = summarize([
      segment([0, 10], {
        id: id('1'),
        annotations: { plan: 'pro', size: 1 },
        subsegments: [nested([1, 2], { id: id('3'), annotations: { plan: 'pro', cached: true } })],
      }),
      segment([3, 4], { id: id('2'), ...worker, annotations: { plan: 'pro', size: '1' } }),
    ]);
    const [api, other] = ['signup-api', 'worker'].map((Name) => ({ Name, Names: [Name] }));
    expect(Annotations).toEqual({
      plan: [{ AnnotationValue: { StringValue: 'pro' }, ServiceIds: [api, other] }],
      size: [
        { AnnotationValue: { NumberValue: 1 }, ServiceIds: [api] },
        { AnnotationValue: { StringValue: '1' }, ServiceIds: [other] },
      ],
      cached: [{ AnnotationValue: { BooleanValue: true }, ServiceIds: [api] }],
    });
  });

  it('takes an annotation called __proto__ for any other', () => {
    const annotations = JSON.parse('{"__proto__":"x"}') as Record<string, string>;
    const { Annotations } = summarize([segment([0, 10], { id: id('1'), annotations })]);
    expect(Object.keys(Annotations)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(Annotations)).toBe(Object.prototype);
  });

  it('collects users, resources, instances and zones of all segments that were sent', () => {
    const ec2 = { instance_id: 'i-1', availability_zone: 'us-east-1b' };
    const call = nested([1, 2], {
      id: id('3'),
      name: 'SNS',
      namespace: 'aws',
      aws: { ec2: { instance_id: 'i-9' } },
    });
    const summary = summarize([
      segment([0, 10], {
        id: id('1'),
        user: 'alice',
        resource_arn: 'arn:1',
        aws: { ec2 },
        subsegments: [call],
      }),
      segment([3, 4], {
        id: id('2'),
        parent_id: id('1'),
        name: 'worker',
        user: 'alice',
        aws: { ec2, ecs: {} },
      }),
    ]);
    expect(summary).toMatchObject({
      Users: [{ UserName: 'alice', ServiceIds: [{ Name: 'signup-api' }, { Name: 'worker' }] }],
      ResourceARNs: [{ ARN: 'arn:1' }],
      InstanceIds: [{ Id: 'i-1' }],
      AvailabilityZones: [{ Name: 'us-east-1b' }],
    });
  });

  it('tells the account of a service and the revision it was given', () => {
    const summary = summarize([segment([0, 10], { id: id('1'), aws: { account_id: '000000000000' } })], 7);
    expect(summary).toMatchObject({ EntryPoint: { AccountId: '000000000000' }, Revision: 7 });
  });
});
