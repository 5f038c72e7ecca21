import { describe, expect, it } from '@jest/globals';
import type { SegmentDocument } from '../segment/segment-document.js';
import { assembleTrace } from '../trace/assemble-trace.js';
import { matchesFilter } from './matches-filter.js';
import type { FilterGroup } from './matches-filter.js';
import { parseFilterExpression } from './parse-filter-expression.js';

const TRACE_ID = '1-6553f10a-000000000000000000000001';
const T0 = 1_700_000_000;

let documents = 0;

function aDocument(fields: Partial<SegmentDocument> & { seconds?: [number, number] }): SegmentDocument {
  const { seconds = [0, 0.1], ...rest } = fields;
  documents += 1;
  const id = documents.toString(16).padStart(16, '0');
  const times = { start_time: T0 + seconds[0], end_time: T0 + seconds[1] };
  const document: SegmentDocument = { name: 'signup-api', id, trace_id: TRACE_ID, ...times, ...rest };
  if (document.in_progress === true) delete document.end_time;
  return document;
}

const API = { name: 'signup-api', origin: 'AWS::ECS::Fargate' };

/** A sign-up as the lab makes it: the API, its table, and what a test adds. */
function aSignup(
  root: Parameters<typeof aDocument>[0] = {},
  call: Parameters<typeof aDocument>[0] = {},
): SegmentDocument[] {
  const segment = aDocument({ ...API, ...root });
  const subsegment = aDocument({
    name: 'DynamoDB',
    namespace: 'aws',
    type: 'subsegment',
    parent_id: segment.id,
    aws: { operation: 'PutItem', table_name: 'signups' },
    seconds: [0.01, 0.04],
    ...call,
  });
  return [segment, subsegment];
}

function request(url: string, status: number, method = 'POST'): Pick<SegmentDocument, 'http'> {
  return {
    http: { request: { url, method, user_agent: 'curl/8', client_ip: '203.0.113.9' }, response: { status } },
  };
}

function matches(text: string, trace: SegmentDocument[], groups: FilterGroup[] = []): boolean {
  return matchesFilter(parseFilterExpression(text), assembleTrace(TRACE_ID, trace), { groups });
}

function expectOnly(text: string, matching: SegmentDocument[], other: SegmentDocument[]): void {
  expect(matches(text, matching)).toBe(true);
  expect(matches(text, other)).toBe(false);
}

describe('keywords outside braces', () => {
  it.each(['error', 'fault', 'throttle'] as const)('%s looks at the entry service alone', (flag) => {
    expectOnly(flag, aSignup({ [flag]: true }), aSignup({}, { [flag]: true }));
    expectOnly(`!${flag}`, aSignup({}, { [flag]: true }), aSignup({ [flag]: true }));
  });

  it.each(['error', 'fault', 'throttle'] as const)('ok is none of error, fault and throttle: %s', (flag) => {
    expectOnly('ok', aSignup({}, { fault: true }), aSignup({ [flag]: true }));
    expectOnly('ok = false', aSignup({ [flag]: true }), aSignup());
  });

  it('ok, error and fault are told of a request in progress, too, by the flags that it has so far', () => {
    expectOnly('ok partial', aSignup({ in_progress: true }), aSignup({ in_progress: true, fault: true }));
    expectOnly('service("signup-api") { ok }', aSignup({ in_progress: true }), aSignup({ error: true }));
    expectOnly('partial', aSignup({ in_progress: true }), aSignup());
  });

  it('throttle and error both match a 429, which carries both flags', () => {
    const throttled = aSignup({ throttle: true, error: true });
    expect(matches('throttle AND error', throttled)).toBe(true);
  });

  it('inferred means that something called sent no segment of its own', () => {
    expectOnly('inferred', aSignup(), [aDocument(API)]);
  });

  it('responsetime is the entry service, duration the whole trace', () => {
    const late = aDocument({ name: 'notifier', origin: 'AWS::ECS::Fargate', seconds: [0.05, 3] });
    const [root, call] = aSignup() as [SegmentDocument, SegmentDocument];
    const trace = [root, call, { ...late, parent_id: call.id }];
    expect(matches('responsetime = 0.1', trace)).toBe(true);
    expect(matches('responsetime > 0.1', trace)).toBe(false);
    expect(matches('duration = 3 AND duration >= 3 AND duration <= 3', trace)).toBe(true);
    expect(matches('duration < 3 OR duration > 3 OR duration != 3', trace)).toBe(false);
  });

  it('compares times as they are shown, in whole milliseconds', () => {
    expectOnly(
      'responsetime <= 0.14',
      aSignup({ seconds: [0, 0.140_4] }),
      aSignup({ seconds: [0, 0.140_6] }),
    );
  });

  it.each([
    ['http.url = "http://a/signup"', 'http.url = "http://a/"'],
    ['http.url != "http://a/"', 'http.url != "http://a/signup"'],
    ['http.url CONTAINS "/sign"', 'http.url CONTAINS "/SIGN"'],
    ['http.url BEGINSWITH "http://a/"', 'http.url BEGINSWITH "/signup"'],
    ['http.url ENDSWITH "/signup"', 'http.url ENDSWITH "http"'],
    ['http.method = "POST"', 'http.method = "GET"'],
    ['http.useragent BEGINSWITH "curl"', 'http.useragent BEGINSWITH "8"'],
    ['http.clientip = "203.0.113.9"', 'http.clientip = "203.0.113.8"'],
    ['http.status = 409', 'http.status != 409'],
    ['http.status >= 400 http.status < 500', 'http.status >= 500'],
  ])('%s matches what %s does not', (matching, other) => {
    const trace = aSignup(request('http://a/signup', 409));
    expect(matches(matching, trace)).toBe(true);
    expect(matches(other, trace)).toBe(false);
  });

  it('a bare keyword, and CONTAINS "", ask whether it is set', () => {
    expectOnly('http.url', aSignup(request('http://a/', 200)), aSignup());
    expectOnly('user CONTAINS ""', aSignup({ user: 'alice' }), aSignup());
    expectOnly('!user', aSignup(), aSignup({ user: 'alice' }));
  });

  it('a comparison with what is not there is false, != too', () => {
    expect(matches('http.status != 200', aSignup())).toBe(false);
    expect(matches('user != "alice"', aSignup())).toBe(false);
  });

  it('user, zone, instance and ARN are those of any segment', () => {
    const aws = { ec2: { instance_id: 'i-1', availability_zone: 'us-east-1a' } };
    const [root, call] = aSignup() as [SegmentDocument, SegmentDocument];
    const fields = { aws, user: 'alice', resource_arn: 'arn:aws:ec2:instance' };
    const below = aDocument({ name: 'notifier', parent_id: call.id, ...fields });
    for (const text of [
      'user = "alice"',
      'availabilityzone = "us-east-1a"',
      'instance.id = "i-1"',
      'resource.arn ENDSWITH ":instance"',
    ]) {
      expectOnly(text, [root, call, below], [root, call]);
    }
  });

  it('a trace of which only a subsegment has arrived is partial and nothing else', () => {
    const orphan = [aDocument({ type: 'subsegment', parent_id: 'f'.repeat(16), fault: true })];
    expect(matches('partial', orphan)).toBe(true);
    expect(matches('ok OR fault OR http.url OR responsetime >= 0', orphan)).toBe(false);
  });
});

describe('annotations', () => {
  const annotated = (annotations: SegmentDocument['annotations']): SegmentDocument[] => {
    return aSignup({}, annotations === undefined ? {} : { annotations });
  };

  it.each([
    ['annotation.age > 29', { age: 30 }, { age: 29 }],
    ['annotation.age', { age: 0 }, { year: 1 }],
    ['!annotation.age', { year: 1 }, { age: 0 }],
    ['annotation[user.plan] = "pro"', { 'user.plan': 'pro' }, { plan: 'pro' }],
    ['annotation.plan BEGINSWITH "p"', { plan: 'pro' }, { plan: 'free' }],
    ['annotation.plan != "pro"', { plan: 'free' }, { plan: 'pro' }],
    ['annotation.age CONTAINS ""', { age: 0 }, { year: 1 }],
    ['annotation.off CONTAINS ""', { off: false }, { on: true }],
    ['annotation.on', { on: true }, { on: false }],
    ['annotation.on = false', { on: false }, { on: true }],
    ['annotation.on != true', { on: false }, { on: true }],
    ['annotation.age = 29', { age: 29 }, { age: '29' }],
    ['annotation.age != 29', { age: '29' }, { age: 29 }],
    ['annotation.age = "29"', { age: '29' }, { age: 29 }],
    ['annotation.age != "29"', { age: 29 }, { age: '29' }],
    ['annotation.Plan = "pro"', { Plan: 'pro' }, { plan: 'pro' }],
  ])('%s', (text, matching, other) => {
    expectOnly(text, annotated(matching), annotated(other));
  });

  it('does not take what every object inherits for an annotation', () => {
    expect(matches('annotation.constructor', annotated({ plan: 'pro' }))).toBe(false);
  });
});

describe('service()', () => {
  it('finds a node by name, whatever its type', () => {
    expectOnly('service("signups")', aSignup(), [aDocument(API)]);
    expectOnly('!service("signups")', [aDocument(API)], aSignup());
  });

  it('compares names exactly and with their case', () => {
    expect(matches('service("Signups")', aSignup())).toBe(false);
    expect(matches('service("signup")', aSignup())).toBe(false);
  });

  it('finds what an entry service swallowed', () => {
    expectOnly('service() { error }', aSignup({}, { error: true }), aSignup());
    expectOnly(
      'service("signups") { fault OR error }',
      aSignup({}, { error: true }),
      aSignup({ error: true }),
    );
  });

  it('asks all of the braces of one segment', () => {
    const both = 'service() { fault AND responsetime > 0.05 }';
    expectOnly(both, aSignup({ fault: true }), aSignup({}, { fault: true }));
  });

  it('narrows by type and account', () => {
    const table = 'service(id(name: "signups", type: "AWS::DynamoDB::Table"))';
    expectOnly(`${table} { fault OR error }`, aSignup({}, { fault: true }), aSignup({ fault: true }));
    expectOnly('service(id(type: "AWS::DynamoDB::Table"))', aSignup(), [aDocument(API)]);
    const inAccount = { aws: { account_id: '123456789012' } };
    expectOnly('service(id(account.id: "123456789012"))', aSignup(inAccount), aSignup());
  });

  it('takes the type remote, as consoles show it, for a service that does not say where it runs', () => {
    const remote = 'service(id(name: "worker", type: "remote"))';
    expectOnly(remote, [aDocument({ name: 'worker' })], [aDocument({ ...API, name: 'worker' })]);
    expectOnly(
      'edge(id(type: "client"), id(name: "worker", type: "remote"))',
      [aDocument({ name: 'worker' })],
      [aDocument({ ...API, name: 'worker' })],
    );
  });

  it('knows the client as a node that has no segments', () => {
    expect(matches('service(id(type: "client"))', aSignup())).toBe(true);
    expect(matches('service(id(type: "client")) { ok }', aSignup())).toBe(false);
  });

  it('tells the entry service and inferred nodes inside braces', () => {
    const text = 'service("signup-api") {root = true and fault = true}';
    expectOnly(text, aSignup({ fault: true }), aSignup({}, { fault: true }));
    expect(
      matches('service("signups") { inferred AND !root AND type = "AWS::DynamoDB::Table" }', aSignup()),
    ).toBe(true);
    expect(matches('service("signup-api") { inferred OR !root OR partial }', aSignup())).toBe(false);
  });

  it.each([
    'http.method = "POST" AND http.url ENDSWITH "/x" AND http.useragent AND http.clientip = "203.0.113.9"',
    'throttle AND error AND !ok AND http.status = 429',
    'duration = 0.5 AND responsetime = 0.1',
    'user = "alice" AND availabilityzone = "us-east-1a" AND instance.id = "i-1" AND resource.arn = "arn:x"',
    'name = "notifier" AND !partial',
  ])('reads of a segment inside braces: %s', (filter) => {
    const below = aDocument({
      ...request('http://notifier/x', 429),
      name: 'notifier',
      throttle: true,
      error: true,
      user: 'alice',
      resource_arn: 'arn:x',
      aws: { ec2: { instance_id: 'i-1' }, ecs: { availability_zone: 'us-east-1a' } },
    });
    const late = aDocument({ name: 'work', type: 'subsegment', parent_id: below.id, seconds: [0.2, 0.5] });
    expectOnly(`service("notifier") { ${filter} }`, [...aSignup(), below, late], aSignup());
  });

  it('does not take the machine of a caller for that of what it called', () => {
    const aws = { ec2: { instance_id: 'i-1' }, table_name: 'signups' };
    expect(matches('service("signups") { instance.id }', aSignup({}, { aws }))).toBe(false);
  });

  it('reads the request of the segment inside braces', () => {
    const below = { ...request('http://notifier/notifications', 500), namespace: 'remote', name: 'notifier' };
    expectOnly(
      'service("notifier") { http.status = 500 }',
      aSignup({}, below),
      aSignup(request('http://a', 500)),
    );
  });
});

describe('edge()', () => {
  it('finds a call from one node to another, in this direction', () => {
    expectOnly('edge("signup-api", "signups")', aSignup(), [aDocument(API)]);
    expect(matches('edge("signups", "signup-api")', aSignup())).toBe(false);
  });

  it("judges the call by its caller's view", () => {
    const [root, call] = aSignup(
      {},
      { namespace: 'remote', name: 'notifier', seconds: [0, 0.15], fault: true },
    ) as [SegmentDocument, SegmentDocument];
    const callee = aDocument({ name: 'notifier', parent_id: call.id, seconds: [0.01, 0.05] });
    const trace = [root, call, callee];
    const slow = 'edge("signup-api", "notifier") { responsetime >= 0.1 AND responsetime <= 0.2 }';
    expect(matches(slow, trace)).toBe(true);
    expect(matches('edge("signup-api", "notifier") { fault }', trace)).toBe(true);
    expect(matches('service("notifier") { fault OR responsetime > 0.1 }', trace)).toBe(false);
  });

  it('selects either end with id(), the client among them', () => {
    const text = 'edge(id(type: "client"), id(name: "signup-api", type: "AWS::ECS::Fargate")) { error }';
    expectOnly(text, aSignup({ error: true }), aSignup());
  });
});

describe('groups', () => {
  const group = (name: string, text?: string): FilterGroup => ({
    name,
    arn: `arn:aws:xray:us-east-1:000000000000:group/${name}/1`,
    ...(text === undefined ? {} : { expression: parseFilterExpression(text) }),
  });

  it('stands for the expression of the group, by name and by ARN', () => {
    const groups = [group('slow', 'responsetime > 3'), group('every')];
    const slow = aSignup({ seconds: [0, 4], user: 'alice' });
    expect(matches('group.name = "slow" AND user = "alice"', slow, groups)).toBe(true);
    expect(matches('group.name = "slow"', aSignup(), groups)).toBe(false);
    expect(matches('group.name != "slow"', aSignup(), groups)).toBe(true);
    expect(matches(`group.arn = "${groups[0]!.arn}"`, slow, groups)).toBe(true);
    expect(matches('group.name = "every"', aSignup(), groups)).toBe(true);
  });

  it('matches nothing for a group that does not exist or refers to itself', () => {
    expect(matches('group.name = "none"', aSignup())).toBe(false);
    expect(matches('group.name = "self"', aSignup(), [group('self', 'group.name = "self"')])).toBe(false);
  });
});

describe('root causes', () => {
  const exception = { id: 'a'.repeat(16), type: 'AuthorizationError', message: 'denied' };
  const denied = (): SegmentDocument[] => {
    return aSignup({ fault: true }, { fault: true, cause: { exceptions: [exception] } });
  };
  const fast = (): SegmentDocument[] => aSignup({}, { seconds: [0.01, 0.02] });

  it.each([
    'rootcause.fault.service { name = "signup-api" }',
    'rootcause.fault.service { first and name = "signup-api" and type = "AWS::ECS::Fargate" }',
    'rootcause.fault.service { last and inferred and type = "AWS::DynamoDB::Table" }',
    'rootcause.fault.service { index = 1 }',
    'rootcause.fault.entity { last and name = "DynamoDB" }',
    'rootcause.fault.exception { last and message = "denied" }',
    'rootcause.fault.exception { name = AuthorizationError }',
    'rootcause.json = #[{ "Services": [{ "Name": "signup-api" }, { "Inferred": true }] }]',
    'json = #[{ "Services": [{ "AccountId": null, "EntityPath": [{ "Name": "signup-api" }, { "Remote": true }] }, {}] }]',
    'json = #[{}]',
  ])('%s matches a fault of the table', (text) => {
    expectOnly(text, denied(), fast());
  });

  it.each([
    'rootcause.error.service { name = "signup-api" }',
    'rootcause.fault.service { index > 5 }',
    'rootcause.fault.service { last and name = "signup-api" }',
    'rootcause.fault.entity { coverage > 0 }',
    'rootcause.fault.exception { message = "Denied" }',
    'rootcause.responsetime.exception { message = "denied" }',
    'rootcause.json = #[{ "Services": [{ "Name": "signup-api" }] }]',
    'rootcause.json = #[{ "Services": [{ "Name": "signup-api" }, {}] }, { "ClientImpacting": false }]',
    'rootcause.json = #["signup-api"]',
  ])('%s does not', (text) => {
    expect(matches(text, denied())).toBe(false);
  });

  it('finds what an error was caused by', () => {
    const conflict = aSignup({ error: true }, { error: true });
    expectOnly('rootcause.error.entity { remote and name = "DynamoDB" }', conflict, denied());
  });

  it('finds what took the time, and how much of it', () => {
    const slow = aSignup({}, { seconds: [0.01, 0.09] });
    const text = 'rootcause.responsetime.entity { remote and coverage > 0.7 and name = "DynamoDB" }';
    expectOnly(text, slow, fast());
    expect(matches('rootcause.responsetime.service { last and type = "AWS::DynamoDB::Table" }', slow)).toBe(
      true,
    );
  });
});

describe('boolean operators', () => {
  it('combines what is asked', () => {
    expectOnly('(ok OR error) !partial duration <3', aSignup({ error: true }), aSignup({ seconds: [0, 3] }));
    expectOnly(
      'http.url BEGINSWITH "http://a/" AND http.url CONTAINS "/v2/" AND !service("signups")',
      [aDocument({ ...API, ...request('http://a/v2/x', 200) })],
      aSignup(request('http://a/v2/x', 200)),
    );
    expectOnly(
      'http.url AND responseTime > 2',
      aSignup({ ...request('http://a/', 200), seconds: [0, 3] }),
      aSignup(),
    );
    expectOnly(
      'http.url CONTAINS "/api/" AND responsetime > 2',
      aSignup({ ...request('http://a/api/x', 200), seconds: [0, 3] }),
      aSignup(request('http://a/api/x', 200)),
    );
  });
});
