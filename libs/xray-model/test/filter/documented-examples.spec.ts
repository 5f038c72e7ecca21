import { describe, expect, it } from '@jest/globals';
import { assembleTrace, matchesFilter, parseFilterExpression } from '#xray-model';
import type { FilterGroup, SegmentDocument } from '#xray-model';

const TRACE_ID = '1-6553f10a-000000000000000000000001';
const T0 = 1_700_000_000;

interface Shape {
  root?: Partial<SegmentDocument>;
  /** How long the root took. */
  tookMs?: number;
  /** The call to the table. */
  call?: Partial<SegmentDocument>;
  callTookMs?: number;
  http?: [url: string, status: number];
  isCallPending?: boolean;
}

/** A sign-up: the API and its call to the table, and what an example needs of them. */
function aTrace({
  root = {},
  tookMs = 500,
  call = {},
  callTookMs = 150,
  http,
  isCallPending,
}: Shape): SegmentDocument[] {
  const request =
    http === undefined
      ? {}
      : { http: { request: { url: http[0], method: 'POST' }, response: { status: http[1] } } };
  const segment: SegmentDocument = {
    name: 'signup-api',
    id: '0000000000000001',
    trace_id: TRACE_ID,
    origin: 'AWS::ECS::Fargate',
    start_time: T0,
    end_time: T0 + tookMs / 1000,
    ...request,
    ...root,
  };
  const subsegment: SegmentDocument = {
    name: 'DynamoDB',
    id: '0000000000000002',
    trace_id: TRACE_ID,
    parent_id: segment.id,
    type: 'subsegment',
    namespace: 'aws',
    aws: { table_name: 'signups' },
    start_time: T0,
    ...(isCallPending === true ? { in_progress: true } : { end_time: T0 + callTookMs / 1000 }),
    ...call,
  };
  return [segment, subsegment];
}

function annotated(annotations: SegmentDocument['annotations']): Shape {
  return { root: { annotations: annotations ?? {} } };
}

function denied(message: string): Shape {
  const cause = { exceptions: [{ id: '0123456789abcdef', type: 'AuthorizationError', message }] };
  return { root: { fault: true }, call: { fault: true, cause } };
}

const GROUPS: readonly FilterGroup[] = [
  { name: 'slow', arn: 'arn:slow', expression: parseFilterExpression('responsetime > 1') },
];

/** The expression, traces that it is for, traces that it is not for. */
const EXAMPLES: readonly [text: string, matching: Shape[], others: Shape[]][] = [
  [
    'http.url CONTAINS "/api/" AND responsetime > 2',
    [{ http: ['http://a/api/x', 200], tookMs: 2001 }],
    [
      { http: ['http://a/api/x', 200], tookMs: 2000 },
      { http: ['http://a/x', 200], tookMs: 3000 },
      { tookMs: 3000 },
    ],
  ],
  [
    'http.url BEGINSWITH "http://a/" AND http.url CONTAINS "/v2/" AND !service("a")',
    [{ http: ['http://a/v2/x', 200] }],
    [
      { http: ['https://a/v2/x', 200] },
      { http: ['http://a/v1/x', 200] },
      { http: ['http://a/v2/x', 200], call: { name: 'a', namespace: 'remote', aws: {} } },
    ],
  ],
  [
    'service(id(name: "signups", type: "AWS::DynamoDB::Table")) { fault OR error }',
    [{ call: { fault: true } }, { call: { error: true } }],
    [{}, { root: { fault: true } }, { call: { fault: true, aws: { table_name: 'others' } } }],
  ],
  [
    'edge("signup-api", "signups") { responsetime >= 0.1 AND responsetime <= 0.2 }',
    [{ callTookMs: 100 }, { callTookMs: 200 }],
    [{ callTookMs: 99 }, { callTookMs: 201 }, { call: { aws: { table_name: 'others' } } }],
  ],
  [
    'service("signup-api") {root = true and fault = true}',
    [{ root: { fault: true } }],
    [{}, { call: { fault: true } }, { root: { fault: true, name: 'other' } }],
  ],
  ['annotation.age > 29', [annotated({ age: 30 })], [annotated({ age: 29 }), annotated({ age: '30' }), {}]],
  [
    'annotation[user.plan] = "pro"',
    [annotated({ 'user.plan': 'pro' })],
    [annotated({ 'user.plan': 'free' }), annotated({ plan: 'pro' }), {}],
  ],
  [
    '(ok OR error) !partial duration <3',
    [{}, { root: { error: true } }],
    [{ root: { fault: true } }, { tookMs: 3000 }, { isCallPending: true }],
  ],
  [
    'http.url AND responseTime > 2',
    [{ http: ['http://a/', 200], tookMs: 2500 }],
    [{ tookMs: 2500 }, { http: ['http://a/', 200] }],
  ],
  [
    'rootcause.fault.exception { last and message = "denied" }',
    [denied('denied')],
    [denied('not found'), {}, { root: { fault: true } }],
  ],
  [
    'rootcause.responsetime.entity { remote and coverage > 0.7 and name = "DynamoDB" }',
    [{ callTookMs: 400 }],
    [{ callTookMs: 300 }, { callTookMs: 400, call: { name: 'SNS', aws: {} } }],
  ],
  [
    'group.name = "slow" AND user = "alice"',
    [{ tookMs: 1500, root: { user: 'alice' } }],
    [{ tookMs: 1500 }, { root: { user: 'alice' } }, { tookMs: 1500, root: { user: 'bob' } }],
  ],
];

function matches(text: string, shape: Shape): boolean {
  const trace = assembleTrace(TRACE_ID, aTrace(shape));
  return matchesFilter(parseFilterExpression(text), trace, { groups: GROUPS });
}

describe('the documented examples of filter expressions', () => {
  it.each(EXAMPLES)('%s', (text, matching, others) => {
    expect(matching.map((shape) => matches(text, shape))).toEqual(matching.map(() => true));
    expect(others.map((shape) => matches(text, shape))).toEqual(others.map(() => false));
  });
});
