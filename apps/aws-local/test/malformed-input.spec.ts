import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADMINISTRATOR, RunningAwsLocal } from './running-aws-local.js';
import { signedFetch } from './signed-fetch.js';

let running: RunningAwsLocal;

beforeAll(async () => {
  running = await RunningAwsLocal.start();
});

afterAll(() => running.stop());

async function call(
  target: string,
  input: object,
): Promise<{ status: number; type: string; message: string }> {
  const service = target.startsWith('DynamoDB') ? 'dynamodb' : 'sqs';
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target };
  const body = JSON.stringify(input);
  const response = await signedFetch(running.address, { headers, body }, { keys: ADMINISTRATOR, service });
  const { __type: type = '', message = '' } = (await response.json()) as {
    __type?: string;
    message?: string;
  };
  return { status: response.status, type: type.split('#').at(-1) ?? '', message };
}

const TABLE_ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table/signups';
const QueueUrl = 'http://127.0.0.1/000000000000/signups';

/** Found by `npm run fuzz -- --target aws-local`: each of these was an internal failure, or the end of the process. */
describe('an input that no client would send', () => {
  it.each([
    ['DynamoDB_20120810.TagResource', { ResourceArn: TABLE_ARN, Tags: [null] }, 'SerializationException'],
    [
      'DynamoDB_20120810.TagResource',
      { ResourceArn: TABLE_ARN, Tags: [{ Key: 'a' }] },
      'ValidationException',
    ],
    ['DynamoDB_20120810.TagResource', { ResourceArn: ':'.repeat(1_000), Tags: [] }, 'ValidationException'],
    [
      'DynamoDB_20120810.BatchGetItem',
      { RequestItems: { signups: { Keys: [null] } } },
      'SerializationException',
    ],
    [
      'DynamoDB_20120810.DeleteItem',
      { TableName: 'signups', Key: { email: { S: 'a' } }, Expected: { id: { Value: null } } },
      'SerializationException',
    ],
    [
      'DynamoDB_20120810.Scan',
      { TableName: 'signups', FilterExpression: '('.repeat(9) },
      'ValidationException',
    ],
    [
      'DynamoDB_20120810.Scan',
      { TableName: 'signups', FilterExpression: `${'('.repeat(9)}a b${')'.repeat(9)}` },
      'ValidationException',
    ],
    ['AmazonSQS.SendMessageBatch', { QueueUrl, Entries: [{}] }, 'MissingRequiredParameterException'],
    ['AmazonSQS.SendMessageBatch', { QueueUrl, Entries: [{ Id: 'a' }] }, 'MissingRequiredParameterException'],
    ['AmazonSQS.ReceiveMessage', { QueueUrl, MessageAttributeNames: [{}] }, 'SerializationException'],
    [
      'AmazonSQS.SendMessage',
      { QueueUrl, MessageBody: 'a', MessageAttributes: { a: {} } },
      'MissingRequiredParameterException',
    ],
  ])('of %s is refused with a reason (%#)', async (target, input, type) => {
    const answer = await call(target, input);

    expect(answer).toEqual({ status: 400, type, message: expect.stringMatching(/\w{3}/) });
    expect(running.logLines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('leaves out top-level members that are null, as AWS does', async () => {
    const input = { TableName: 'signups', Key: { email: { S: 'a' } }, ProjectionExpression: null };

    expect((await call('DynamoDB_20120810.GetItem', input)).status).toBe(200);
  });

  it('says why, where dynalite has no words', async () => {
    const table = {
      TableName: 'signups',
      KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'a', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    };

    const answer = await call('DynamoDB_20120810.CreateTable', table);

    expect(answer).toEqual({ status: 400, type: 'ResourceInUseException', message: 'Resource in use' });
  });
});
