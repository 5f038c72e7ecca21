import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DynamoSignupStore } from './dynamo-signup.store.js';
import { SignupExistsError, StoreUnavailableError } from './signup.store.js';

interface DynamoCall {
  operation: string;
  input: Record<string, unknown>;
}
type DynamoAnswer = { status: number; body: unknown } | 'hang';

const ID = '7b0f4a52-93a8-4f0e-9d63-7a2f6e6f3f10';
const ADA = {
  id: ID,
  name: 'Ada',
  email: 'Ada@Example.com',
  previewAccess: 'Yes' as const,
  createdAt: new Date('2026-01-31T12:00:00.000Z'),
  traceHeader: 'Root=1-697df2c0-0123456789abcdef01234567;Parent=0123456789abcdef;Sampled=1',
};

let server: Server;
let calls: DynamoCall[];
let answers: DynamoAnswer[];
let store: DynamoSignupStore;
let discard: jest.Mock<() => void>;

beforeEach(async () => {
  calls = [];
  answers = [];
  discard = jest.fn();
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  store = createStore(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(async () => {
  store.onModuleDestroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function createStore(endpoint: string, credentials?: () => Promise<never>): DynamoSignupStore {
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: credentials ?? { accessKeyId: 'id', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: { requestTimeout: 1500, throwOnRequestTimeout: true },
  });
  return new DynamoSignupStore(client, 'signups', { discard });
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const operation = String(request.headers['x-amz-target']).replace('DynamoDB_20120810.', '');
  calls.push({ operation, input: JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown> });
  const next = answers.shift() ?? { status: 200, body: {} };
  if (next === 'hang') return;
  response.writeHead(next.status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(typeof next.body === 'string' ? next.body : JSON.stringify(next.body));
}

function refusal(code: string, status = 400): DynamoAnswer {
  const message = 'User: arn:aws:sts::000000000000:assumed-role/signup-api/x is not authorized';
  return { status, body: { __type: `com.amazonaws.dynamodb.v20120810#${code}`, message } };
}

describe('adding a sign-up', () => {
  it('puts one item with everything in it, unless the address is there', async () => {
    await store.add(ADA);

    expect(calls).toEqual([
      {
        operation: 'PutItem',
        input: {
          TableName: 'signups',
          Item: {
            email: { S: 'ada@example.com' },
            id: { S: ID },
            name: { S: 'Ada' },
            previewAccess: { S: 'Yes' },
            createdAt: { S: '2026-01-31T12:00:00.000Z' },
            pendingSince: { S: '2026-01-31T12:00:00.000Z' },
            traceHeader: { S: ADA.traceHeader },
          },
          ConditionExpression: 'attribute_not_exists(email) OR id = :id',
          ExpressionAttributeValues: { ':id': { S: ID } },
        },
      },
    ]);
  });

  it('keeps a theme, and leaves out the trace of a request that had none', async () => {
    await store.add({ ...ADA, theme: 'slate', traceHeader: undefined });

    expect(calls[0]?.input['Item']).toMatchObject({ theme: { S: 'slate' } });
    expect(calls[0]?.input['Item']).not.toHaveProperty('traceHeader');
  });

  it('tells that the address is known', async () => {
    answers = [refusal('ConditionalCheckFailedException')];

    await expect(store.add(ADA)).rejects.toThrow(SignupExistsError);
  });

  it.each<[string, DynamoAnswer, string]>([
    ['throttles', refusal('ProvisionedThroughputExceededException'), 'it is throttled'],
    ['throttles the account', refusal('ThrottlingException'), 'it is throttled'],
    ['fails', refusal('InternalServerError', 500), 'it answered 500'],
    ['is a broken proxy', { status: 502, body: '<html>Bad Gateway</html>' }, 'it answered 502'],
    ['does not answer', 'hang', 'it did not answer in time'],
    [
      'finds the token expired',
      refusal('ExpiredTokenException'),
      'the credentials to ask it with have expired',
    ],
  ])('is unavailable when the table %s', async (_what, dynamoAnswer, reason) => {
    answers = [dynamoAnswer];

    const adding = store.add(ADA);

    await expect(adding).rejects.toThrow(StoreUnavailableError);
    await expect(adding).rejects.toThrow(reason);
  });

  it('is unavailable when there are no credentials', async () => {
    const missing = Object.assign(new Error('no AWS credentials'), { name: 'CredentialsMissingError' });
    const without = createStore('http://127.0.0.1:1', () => Promise.reject(missing));

    await expect(without.add(ADA)).rejects.toThrow(StoreUnavailableError);
    without.onModuleDestroy();
  });

  it.each([
    ['AccessDeniedException', 'signup-api is not allowed to use it (AccessDeniedException)'],
    ['ResourceNotFoundException', 'it does not exist (ResourceNotFoundException)'],
    ['ValidationException', 'it refused the request (ValidationException)'],
  ])('is refused for good with %s, without the ARNs of AWS’s message', async (code, reason) => {
    answers = [refusal(code)];

    await expect(store.add(ADA)).rejects.toMatchObject({ name: 'StoreRefusedError', message: reason });
  });

  it.each([
    ['ExpiredTokenException', 1],
    ['UnrecognizedClientException', 1],
    ['AccessDeniedException', 0],
  ])('after %s drops the credentials %i times', async (code, times) => {
    answers = [refusal(code)];

    await expect(store.add(ADA)).rejects.toThrow(Error);

    expect(discard).toHaveBeenCalledTimes(times);
  });
});

describe('finding a sign-up', () => {
  it('asks the index for the state alone', async () => {
    await store.findById(ID);

    expect(calls).toEqual([
      {
        operation: 'Query',
        input: {
          TableName: 'signups',
          IndexName: 'by-id',
          KeyConditionExpression: 'id = :id',
          ExpressionAttributeValues: { ':id': { S: ID } },
          ProjectionExpression: 'id, createdAt, pendingSince, notifiedAt',
          Limit: 1,
        },
      },
    ]);
  });

  it.each([
    [{ pendingSince: { S: '2026-01-31T12:00:00.000Z' } }, 'pending'],
    [{ notifiedAt: { S: '2026-01-31T12:00:01.000Z' } }, 'notified'],
  ])('reads the item with %j as %s', async (attributes, status) => {
    const createdAt = '2026-01-31T12:00:00.000Z';
    answers = [
      { status: 200, body: { Items: [{ id: { S: ID }, createdAt: { S: createdAt }, ...attributes }] } },
    ];

    const state = await store.findById(ID);

    const times = Object.fromEntries(Object.entries(attributes).map(([name, { S }]) => [name, S]));
    expect(state).toEqual({ id: ID, status, createdAt, ...times });
  });

  it('finds nothing where nothing is', async () => {
    answers = [{ status: 200, body: { Items: [], Count: 0 } }];

    expect(await store.findById(ID)).toBeUndefined();
  });

  it('is unavailable when the table is', async () => {
    answers = [refusal('InternalServerError', 500)];

    await expect(store.findById(ID)).rejects.toThrow(StoreUnavailableError);
  });
});

describe('asking for a sign of life', () => {
  it('reads a key that is no address', async () => {
    await store.ping();

    expect(calls).toEqual([
      { operation: 'GetItem', input: { TableName: 'signups', Key: { email: { S: '#ping' } } } },
    ]);
  });

  it('fails with the reason', async () => {
    answers = [refusal('ResourceNotFoundException')];

    await expect(store.ping()).rejects.toThrow('it does not exist');
  });
});
