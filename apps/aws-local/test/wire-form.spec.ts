import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADMINISTRATOR, RunningAwsLocal, TOPIC_ARN } from './running-aws-local.js';
import { signedFetch, signedHeaders } from './signed-fetch.js';

const FORM = 'application/x-www-form-urlencoded';
const JSON_1_0 = 'application/x-amz-json-1.0';
const UUID = '[0-9a-f-]{36}';

let running: RunningAwsLocal;

beforeAll(async () => {
  running = await RunningAwsLocal.start();
});

afterAll(() => running.stop());

function sendForm(form: Record<string, string>, service: string, url = running.address): Promise<Response> {
  const body = new URLSearchParams(form).toString();
  return signedFetch(url, { headers: { 'content-type': FORM }, body }, { keys: ADMINISTRATOR, service });
}

function sendJson(target: string, body: string, service: string): Promise<Response> {
  const headers = { 'content-type': JSON_1_0, 'x-amz-target': target };
  return signedFetch(running.address, { headers, body }, { keys: ADMINISTRATOR, service });
}

describe('a request without a signature', () => {
  it.each([
    ['2010-03-31', 'http://sns.amazonaws.com/doc/2010-03-31/'],
    ['2010-05-08', 'https://iam.amazonaws.com/doc/2010-05-08/'],
    ['2011-06-15', 'https://sts.amazonaws.com/doc/2011-06-15/'],
  ])('is refused in XML for the API version %s', async (version, namespace) => {
    const response = await fetch(running.address, {
      method: 'POST',
      body: new URLSearchParams({ Action: 'Anything', Version: version }),
    });

    expect(response.status).toBe(403);
    expect(response.headers.get('content-type')).toBe('text/xml');
    const requestId = response.headers.get('x-amzn-requestid');
    expect(await response.text()).toBe(
      `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>MissingAuthenticationToken</Code>` +
        '<Message>Request is missing Authentication Token</Message></Error>' +
        `<RequestId>${requestId}</RequestId></ErrorResponse>`,
    );
  });

  it.each([
    ['DynamoDB_20120810.ListTables', 400, null],
    ['AmazonSQS.ListQueues', 403, 'MissingAuthenticationToken;Sender'],
  ])('is refused in JSON for %s', async (target, status, queryError) => {
    const response = await fetch(running.address, {
      method: 'POST',
      headers: { 'content-type': JSON_1_0, 'x-amz-target': target },
      body: '{}',
    });

    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe(JSON_1_0);
    expect(response.headers.get('x-amzn-query-error')).toBe(queryError);
    expect(await response.json()).toEqual({
      __type: 'com.amazon.coral.service#MissingAuthenticationTokenException',
      message: 'Request is missing Authentication Token',
    });
  });

  it.each([
    [
      'AWS4-HMAC-SHA256',
      /Authorization header requires 'Credential' parameter\. .*'SignedHeaders' parameter\. /,
    ],
    ['AWS4-HMAC-SHA256 Credential', /^Invalid key=value pair \(missing equal-sign\)/],
    ['AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=1', /exactly 5 slash-delimited/],
    ['AWS4-HMAC-MD5 Credential=a/b/c/d/e, SignedHeaders=host, Signature=1', /Unsupported AWS 'algorithm'/],
  ])('is refused as incomplete with the header %s, which is not repeated', async (authorization, message) => {
    const response = await fetch(running.address, {
      method: 'POST',
      headers: {
        'content-type': JSON_1_0,
        'x-amz-target': 'DynamoDB_20120810.ListTables',
        'x-amz-date': '20260101T000000Z',
        authorization,
      },
      body: '{}',
    });

    expect(response.status).toBe(400);
    const body = (await response.json()) as { __type: string; message: string };
    expect(body.__type).toBe('com.amazon.coral.service#IncompleteSignatureException');
    expect(body.message).toMatch(message);
    expect(body.message).not.toContain(authorization);
  });
});

describe('a refusal in the JSON protocol of SQS', () => {
  it('has the type of JSON in the body and the code of the old protocol in a header', async () => {
    const keys = { ...ADMINISTRATOR, secretAccessKey: 'other' };
    const headers = { 'content-type': JSON_1_0, 'x-amz-target': 'AmazonSQS.ListQueues' };

    const response = await signedFetch(running.address, { headers, body: '{}' }, { keys, service: 'sqs' });

    expect(response.status).toBe(403);
    expect(response.headers.get('x-amzn-query-error')).toBe('SignatureDoesNotMatch;Sender');
    expect(await response.json()).toHaveProperty(
      '__type',
      'com.amazon.coral.service#InvalidSignatureException',
    );
  });
});

describe('a signed request', () => {
  it('is accepted with parameters and a path that need encoding', async () => {
    const response = await signedFetch(
      `${running.address}/a b/c*(d)/%7Ee`,
      { headers: { 'content-type': FORM }, query: { b: '1 2', a: "'*'" }, body: 'Action=GetCallerIdentity' },
      { keys: ADMINISTRATOR, service: 'sts' },
    );

    expect(response.status).toBe(200);
  });

  it('is refused when its body is not the one that was signed', async () => {
    const headers = await signedHeaders(
      running.address,
      { headers: { 'content-type': FORM }, body: 'Action=GetCallerIdentity' },
      { keys: ADMINISTRATOR, service: 'sts' },
    );

    const response = await fetch(running.address, {
      method: 'POST',
      headers,
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    });

    expect(response.status).toBe(403);
    expect(await response.text()).toContain('<Code>SignatureDoesNotMatch</Code>');
  });

  it('is refused when it is signed for another service than the one it calls', async () => {
    const response = await sendForm({ Action: 'ListTopics', Version: '2010-03-31' }, 'sqs');

    expect(response.status).toBe(403);
    expect(await response.text()).toContain(
      '<Message>Credential should be scoped to correct service: &apos;sns&apos;. </Message>',
    );
  });

  it.each([
    [{ Action: 'GetBucket', Version: '2006-03-01' }, 's3'],
    [{ Action: 'AssumeRole', Version: '2011-06-15' }, 'sts'],
    [{ Action: 'CreateUser', Version: '2010-05-08' }, 'iam'],
    [{ Version: '2010-03-31' }, 'sns'],
  ])('is refused when nothing here does it: %j', async (form, service) => {
    const response = await sendForm(form as Record<string, string>, service);

    expect(response.status).toBe(400);
    expect(await response.text()).toContain('<Code>InvalidAction</Code>');
  });

  it.each(['not json', '[]', 'null', '"text"'])('is refused when its JSON is %s', async (body) => {
    const response = await sendJson('DynamoDB_20120810.ListTables', body, 'dynamodb');

    expect(response.status).toBe(400);
    expect(await response.json()).toHaveProperty('__type', 'com.amazon.coral.service#SerializationException');
  });

  it('is refused by DynamoDB for an operation that is not emulated', async () => {
    const response = await sendJson('DynamoDB_20120810.TransactWriteItems', '{}', 'dynamodb');

    expect(response.status).toBe(400);
    expect(await response.json()).toHaveProperty(
      '__type',
      'com.amazon.coral.service#UnknownOperationException',
    );
  });

  it('carries the checksum of its answer when DynamoDB answers', async () => {
    const response = await sendJson('DynamoDB_20120810.ListTables', '{}', 'dynamodb');

    // CRC-32 of {"TableNames":["signups"]}
    expect(await response.text()).toBe('{"TableNames":["signups"]}');
    expect(response.headers.get('x-amz-crc32')).toBe('305820748');
  });
});

describe('a body', () => {
  it.each([
    ['SNS', 1, 413],
    ['SNS', 0, 400],
  ])('for %s %i byte over 1 MiB is answered with %i', async (_, excessBytes, status) => {
    const start = `Action=Publish&TopicArn=${TOPIC_ARN}&Message=`;
    const body = start + 'x'.repeat(1_048_576 + excessBytes - start.length);

    const response = await signedFetch(
      running.address,
      { headers: { 'content-type': FORM }, body },
      { keys: ADMINISTRATOR, service: 'sns' },
    );

    expect(response.status).toBe(status);
  });

  it('for DynamoDB may be longer than 1 MiB', async () => {
    const body = JSON.stringify({ TableName: 'signups', Key: { email: { S: 'x'.repeat(2_000_000) } } });

    const response = await sendJson('DynamoDB_20120810.GetItem', body, 'dynamodb');

    expect(response.status).toBe(400);
    expect(await response.json()).toHaveProperty('__type', 'com.amazon.coral.validate#ValidationException');
  });

  it('without a signature may not, and its connection is closed', async () => {
    const { promise, resolve } = Promise.withResolvers<{ status: number | undefined; connection: unknown }>();
    const request = httpRequest(
      running.address,
      { method: 'POST', headers: { 'x-amz-target': 'DynamoDB_20120810.PutItem' } },
      (response) => {
        response.resume();
        resolve({ status: response.statusCode, connection: response.headers.connection });
      },
    );
    request.on('error', () => undefined);
    request.write('x'.repeat(1_100_000));

    expect(await promise).toEqual({ status: 413, connection: 'close' });
    request.destroy();
  });
});

describe('the query protocol', () => {
  it('lets a parameter given twice mean the same to the gate and to the engine', async () => {
    const keys = await running.keysOf('notifier');
    const body = `Action=Publish&Action=DeleteTopic&TopicArn=${TOPIC_ARN}&Message=x`;

    const response = await signedFetch(
      running.address,
      { headers: { 'content-type': FORM }, body },
      { keys, service: 'sns' },
    );

    expect(response.status).toBe(403);
    expect(await response.text()).toContain('SNS:DeleteTopic');
  });

  it('of SQS sends and receives at the path of the queue', async () => {
    const sent = await sendForm(
      {
        Action: 'SendMessage',
        Version: '2012-11-05',
        QueueUrl: running.queueUrl,
        MessageBody: 'a < b',
        'MessageAttribute.1.Name': 'colour',
        'MessageAttribute.1.Value.DataType': 'String',
        'MessageAttribute.1.Value.StringValue': 'blue',
      },
      'sqs',
      running.queueUrl,
    );
    const received = await sendForm(
      {
        Action: 'ReceiveMessage',
        Version: '2012-11-05',
        QueueUrl: running.queueUrl,
        MaxNumberOfMessages: '1',
        'MessageAttributeName.1': 'All',
        'AttributeName.1': 'ApproximateReceiveCount',
      },
      'sqs',
      running.queueUrl,
    );

    expect(await sent.text()).toMatch(
      new RegExp(
        '^<SendMessageResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><SendMessageResult>' +
          `<MessageId>${UUID}</MessageId><MD5OfMessageBody>[0-9a-f]{32}</MD5OfMessageBody>` +
          '<MD5OfMessageAttributes>[0-9a-f]{32}</MD5OfMessageAttributes></SendMessageResult>' +
          `<ResponseMetadata><RequestId>${UUID}</RequestId></ResponseMetadata></SendMessageResponse>$`,
      ),
    );
    const message = await received.text();
    expect(message).toContain('<Body>a &lt; b</Body>');
    expect(message).toContain(
      '<MessageAttribute><Name>colour</Name><Value><DataType>String</DataType>' +
        '<StringValue>blue</StringValue></Value></MessageAttribute>',
    );
    expect(message).toContain('<Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>');
  });

  it('of SQS words errors with its own codes', async () => {
    const missing = await sendForm(
      { Action: 'GetQueueUrl', Version: '2012-11-05', QueueName: 'missing' },
      'sqs',
    );

    expect(missing.status).toBe(400);
    expect(await missing.text()).toContain(
      '<Error><Type>Sender</Type><Code>AWS.SimpleQueueService.NonExistentQueue</Code>' +
        '<Message>The specified queue does not exist.</Message><Detail/></Error>',
    );
  });
});

describe('other addresses', () => {
  it('answer the health check without a signature', async () => {
    const response = await fetch(`${running.address}/health`);

    expect(await response.json()).toEqual({ status: 'ok' });
  });

  it.each(['/', '/_fauxqs/queues', '/bucket/key'])('show nothing of the engines at %s', async (path) => {
    const response = await fetch(running.address + path);

    expect(response.status).toBe(403);
    expect(await response.text()).toContain('<Code>MissingAuthenticationToken</Code>');
  });
});
