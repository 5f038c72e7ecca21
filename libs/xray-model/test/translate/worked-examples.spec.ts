import { describe, expect, it } from '@jest/globals';
import { SpanKind, StatusCode } from '../../src/otlp/otlp-span.js';
import { serializeSegmentDocument } from '../../src/translate/serialize-segment-document.js';
import { aCall, anException, aSpan, PARENT_ID, translateOne } from './spans.js';

/** What OpenTelemetry JS says about a service on Fargate. */
const RESOURCE = {
  'service.name': 'signup-api',
  'cloud.provider': 'aws',
  'cloud.platform': 'aws_ecs',
  'aws.ecs.launchtype': 'fargate',
  'telemetry.sdk.language': 'nodejs',
  'telemetry.sdk.name': 'opentelemetry',
  'telemetry.sdk.version': '2.0.0',
};
const COMMON = {
  origin: 'AWS::ECS::Fargate',
  trace_id: '1-6553f100-000000000000000000000001',
  start_time: 1700000000.01,
  end_time: 1700000000.034,
  id: 'aaaaaaaaaaaaaaaa',
};
const AWS = {
  ecs: { launch_type: 'fargate' },
  xray: { sdk: 'opentelemetry for nodejs', sdk_version: '2.0.0', auto_instrumentation: false },
};
const OK = { fault: false, error: false, throttle: false };
const ERROR = { fault: false, error: true, throttle: false };
const FAULT = { fault: true, error: false, throttle: false };

const PUT_ITEM = {
  'rpc.system': 'aws-api',
  'rpc.method': 'PutItem',
  'rpc.service': 'DynamoDB',
  'db.system.name': 'dynamodb',
  'db.namespace': 'signups',
  'db.operation.name': 'PutItem',
  'aws.dynamodb.table_names': ['signups'],
  'cloud.region': 'us-east-1',
};
const PUT_ITEM_METADATA = {
  'rpc.system': 'aws-api',
  'rpc.service': 'DynamoDB',
  'db.system.name': 'dynamodb',
  'db.namespace': 'signups',
  'db.operation.name': 'PutItem',
  'aws.dynamodb.table_names': ['signups'],
  'cloud.region': 'us-east-1',
};

describe('a PutItem of OpenTelemetry JS', () => {
  it('is a DynamoDB subsegment with the table, and region and request id in the metadata only', () => {
    const span = aCall(
      { ...PUT_ITEM, 'aws.request.id': 'RID', 'http.response.status_code': 200 },
      { name: 'DynamoDB.PutItem' },
    );

    const text = serializeSegmentDocument(translateOne(span, { resource: RESOURCE }));

    expect(JSON.parse(text)).toEqual({
      ...COMMON,
      ...OK,
      name: 'DynamoDB',
      type: 'subsegment',
      namespace: 'aws',
      parent_id: PARENT_ID,
      http: { request: {}, response: { status: 200, content_length: 0 } },
      aws: { ...AWS, operation: 'PutItem', table_name: 'signups' },
      metadata: { default: { ...PUT_ITEM_METADATA, 'aws.request.id': 'RID' } },
    });
  });

  it('that finds the address taken is an error with the exception, whose stack is lost', () => {
    const message = 'The conditional request failed';
    const stack = `ConditionalCheckFailedException: ${message}\n    at handleError (/app/index.js:263:27)`;
    const span = aCall(
      { ...PUT_ITEM, 'http.response.status_code': 400 },
      {
        name: 'DynamoDB.PutItem',
        status: { code: StatusCode.ERROR, message },
        events: [anException('ConditionalCheckFailedException', message, stack)],
      },
    );

    expect(translateOne(span, { resource: RESOURCE })).toEqual({
      ...COMMON,
      ...ERROR,
      name: 'DynamoDB',
      type: 'subsegment',
      namespace: 'aws',
      parent_id: PARENT_ID,
      http: { request: {}, response: { status: 400, content_length: 0 } },
      cause: {
        exceptions: [
          { id: '0000000000000001', type: 'ConditionalCheckFailedException', message, remote: true },
        ],
      },
      aws: { ...AWS, operation: 'PutItem', table_name: 'signups' },
      metadata: { default: PUT_ITEM_METADATA },
    });
  });
});

describe('a sign-up that is refused', () => {
  it('with 409 is an error segment of the service', () => {
    const span = aSpan({
      attributes: {
        'fastify.root': '@fastify/otel',
        'http.request.method': 'POST',
        'url.path': '/signup',
        'http.route': '/signup',
        'url.scheme': 'http',
        'server.address': '127.0.0.1',
        'client.address': '127.0.0.1',
        'user_agent.original': 'curl/7.88.1',
        'network.protocol.version': '1.1',
        'http.response.status_code': 409,
      },
    });

    expect(translateOne(span, { resource: RESOURCE })).toEqual({
      ...COMMON,
      ...ERROR,
      name: 'signup-api',
      http: {
        request: {
          method: 'POST',
          url: 'http://127.0.0.1/signup',
          user_agent: 'curl/7.88.1',
          client_ip: '127.0.0.1',
          x_forwarded_for: true,
        },
        response: { status: 409, content_length: 0 },
      },
      aws: AWS,
      metadata: {
        default: {
          'fastify.root': '@fastify/otel',
          'http.route': '/signup',
          'network.protocol.version': '1.1',
          ...Object.fromEntries(
            Object.entries(RESOURCE).map(([key, value]) => [`otel.resource.${key}`, value]),
          ),
        },
      },
    });
  });
});

describe('a Publish without permission', () => {
  const message =
    'User: arn:aws:sts::000000000000:assumed-role/task/abc is not authorized to perform: SNS:Publish';

  it('is an error of the SNS subsegment, with the topic in the metadata only', () => {
    const arn = 'arn:aws:sns:us-east-1:000000000000:signups';
    const span = aCall(
      {
        'rpc.system': 'aws-api',
        'rpc.method': 'Publish',
        'rpc.service': 'SNS',
        'messaging.system': 'aws.sns',
        'messaging.destination.name': arn,
        'aws.sns.topic.arn': arn,
        'http.response.status_code': 403,
      },
      {
        name: 'signups send',
        kind: SpanKind.PRODUCER,
        status: { code: StatusCode.ERROR, message },
        events: [anException('AuthorizationErrorException', message)],
      },
    );

    expect(translateOne(span, { resource: RESOURCE })).toEqual({
      ...COMMON,
      ...ERROR,
      name: 'SNS',
      type: 'subsegment',
      namespace: 'aws',
      parent_id: PARENT_ID,
      http: { request: {}, response: { status: 403, content_length: 0 } },
      cause: {
        exceptions: [{ id: '0000000000000001', type: 'AuthorizationErrorException', message, remote: true }],
      },
      aws: { ...AWS, operation: 'Publish' },
      metadata: {
        default: {
          'rpc.system': 'aws-api',
          'rpc.service': 'SNS',
          'messaging.system': 'aws.sns',
          'messaging.destination.name': arn,
          'aws.sns.topic.arn': arn,
        },
      },
    });
  });

  it('is a fault where the notifier answers 502', () => {
    const status = { code: StatusCode.ERROR, message: '' };
    const plain = {
      'http.request.method': 'POST',
      'url.full': 'http://127.0.0.1:3001/notify',
      'url.path': '/notify',
      'url.query': '',
      'url.scheme': 'http',
      'server.address': '127.0.0.1',
      'server.port': 3001,
      'network.peer.address': '127.0.0.1',
      'network.peer.port': 3001,
      'http.response.status_code': 502,
      'error.type': '502',
    };

    expect(translateOne(aCall(plain, { name: 'POST', status }))).toMatchObject({
      ...FAULT,
      name: 'POST',
      namespace: 'remote',
      http: { request: { method: 'POST', url: 'http://127.0.0.1:3001/notify' }, response: { status: 502 } },
      metadata: { default: { 'network.peer.port': 3001, 'error.type': '502' } },
    });
  });
});

describe('a fetch of credentials', () => {
  const plain = {
    'http.request.method': 'GET',
    'server.address': '169.254.170.2',
    'server.port': 80,
    'url.full': 'http://169.254.170.2/v2/credentials',
    'http.response.status_code': 200,
    'network.peer.address': '169.254.170.2',
    'network.peer.port': 80,
    'network.protocol.version': '1.1',
  };

  it('is a remote subsegment GET', () => {
    expect(translateOne(aCall(plain))).toMatchObject({
      ...OK,
      name: 'GET',
      type: 'subsegment',
      namespace: 'remote',
      http: {
        request: { method: 'GET', url: 'http://169.254.170.2/v2/credentials', client_ip: '169.254.170.2' },
        response: { status: 200, content_length: 0 },
      },
    });
  });

  it('bears the name that peer.service gives it', () => {
    const document = translateOne(aCall({ ...plain, 'peer.service': 'ecs-credentials-endpoint' }));

    expect(document).toMatchObject({ name: 'ecs-credentials-endpoint', namespace: 'remote' });
  });

  it('that reaches nobody is a fault', () => {
    const message = 'connect ECONNREFUSED 169.254.170.2:80';
    const { 'http.response.status_code': _none, ...sent } = plain;
    const status = { code: StatusCode.ERROR, message };

    expect(
      translateOne(aCall(sent, { status, events: [anException('ECONNREFUSED', message)] })),
    ).toMatchObject({
      ...FAULT,
      cause: { exceptions: [{ type: 'ECONNREFUSED', message, remote: true }] },
    });
  });
});

describe('messages', () => {
  it('that were received are a segment of the service that owns them, linked to the sender', () => {
    const span = aSpan({
      kind: SpanKind.CONSUMER,
      name: 'signups receive',
      parentSpanId: PARENT_ID,
      attributes: {
        'rpc.system': 'aws-api',
        'rpc.method': 'ReceiveMessage',
        'rpc.service': 'SQS',
        'messaging.system': 'aws_sqs',
        'url.full': 'http://127.0.0.1:4566/000000000000/signups',
      },
      links: [{ traceId: '6553f1000000000000000000000000ff', spanId: 'bbbbbbbbbbbbbbbb', attributes: [] }],
    });

    const document = translateOne(span, { resource: RESOURCE });

    expect(document).toMatchObject({
      name: 'SQS',
      namespace: 'aws',
      origin: 'AWS::ECS::Fargate',
      aws: { operation: 'ReceiveMessage' },
      http: { request: { url: 'http://127.0.0.1:4566/000000000000/signups' } },
      links: [{ trace_id: '1-6553f100-0000000000000000000000ff', id: 'bbbbbbbbbbbbbbbb' }],
    });
    expect(document).not.toHaveProperty('type');
    expect(document.aws).not.toHaveProperty('queue_url');
  });

  it('of older OpenTelemetry JS are named after the table, and hosts with their port', () => {
    expect(translateOne(aCall({ ...PUT_ITEM, 'db.system': 'dynamodb', 'db.name': 'signups' })).name).toBe(
      'signups',
    );
    expect(
      translateOne(aCall({ 'http.host': '169.254.170.2:80', 'net.peer.name': '169.254.170.2' })).name,
    ).toBe('169.254.170.2:80');
  });
});
