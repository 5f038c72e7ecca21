import { setTimeout as delay } from 'node:timers/promises';
import { toArn, type Account } from '../account.js';
import type { DynamoDbEngine } from '../dynamodb/dynamodb-engine.js';
import type { MessagingEngine } from '../messaging/messaging-engine.js';
import { isJsonObject, type JsonObject } from '../protocol/api-message.js';
import {
  ADMINISTRATOR_EMAIL,
  DEAD_LETTER_QUEUE,
  MAX_RECEIVE_COUNT,
  QUEUE,
  SIGNUPS_TABLE,
  TABLE,
  TOPIC,
} from './signup-resources.js';

const TABLE_POLL_MS = 10;
const TABLE_LIMIT_MS = 5000;
const REFUSED = 400;

/** A resource could not be made; the message says which. */
export class ResourceError extends Error {
  override readonly name = 'ResourceError';
}

/**
 * Makes the table, the topic, the queues and the subscriptions that the services expect; what is there stays.
 *
 * @throws {ResourceError}
 */
export async function createResources(
  account: Account,
  dynamoDb: DynamoDbEngine,
  messaging: MessagingEngine,
): Promise<void> {
  await createTable(dynamoDb);
  await createQueue(messaging, DEAD_LETTER_QUEUE, {});
  await createQueue(messaging, QUEUE, {
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: toArn(account, 'sqs', DEAD_LETTER_QUEUE),
      maxReceiveCount: MAX_RECEIVE_COUNT,
    }),
    Policy: JSON.stringify(toQueuePolicy(account)),
  });
  await callSns(messaging, { Action: 'CreateTopic', Name: TOPIC });
  await subscribe(account, messaging, { Protocol: 'sqs', Endpoint: toArn(account, 'sqs', QUEUE) });
  await subscribe(account, messaging, { Protocol: 'email', Endpoint: ADMINISTRATOR_EMAIL });
}

async function createTable(dynamoDb: DynamoDbEngine): Promise<void> {
  if ((await describeTableStatus(dynamoDb)) === undefined) {
    const { statusCode, body } = await dynamoDb.perform('CreateTable', SIGNUPS_TABLE);
    if (statusCode >= REFUSED) throw failure(`table ${TABLE}`, body);
  }
  const deadlineMs = Date.now() + TABLE_LIMIT_MS;
  while ((await describeTableStatus(dynamoDb)) !== 'ACTIVE') {
    if (Date.now() > deadlineMs) throw new ResourceError(`The table ${TABLE} does not become active`);
    await delay(TABLE_POLL_MS);
  }
}

async function describeTableStatus(dynamoDb: DynamoDbEngine): Promise<unknown> {
  const { body } = await dynamoDb.perform('DescribeTable', { TableName: TABLE });
  return isJsonObject(body['Table']) ? body['Table']['TableStatus'] : undefined;
}

async function createQueue(
  messaging: MessagingEngine,
  name: string,
  attributes: Readonly<Record<string, string>>,
): Promise<void> {
  const { statusCode, body } = await messaging.performSqs(
    'CreateQueue',
    { QueueName: name, Attributes: attributes },
    { host: 'localhost', signal: new AbortController().signal },
  );
  if (statusCode >= REFUSED) throw failure(`queue ${name}`, body);
}

/** On AWS a topic needs the queue's leave to deliver to it. */
function toQueuePolicy(account: Account): JsonObject {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'AcceptAnnouncements',
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: toArn(account, 'sqs', QUEUE),
        Condition: { ArnEquals: { 'aws:SourceArn': toArn(account, 'sns', TOPIC) } },
      },
    ],
  };
}

async function subscribe(
  account: Account,
  messaging: MessagingEngine,
  subscription: { Protocol: string; Endpoint: string },
): Promise<void> {
  const topicArn = toArn(account, 'sns', TOPIC);
  await callSns(messaging, { Action: 'Subscribe', TopicArn: topicArn, ...subscription });
}

async function callSns(messaging: MessagingEngine, form: Record<string, string>): Promise<void> {
  const { statusCode, body } = await messaging.performSns(form);
  if (statusCode >= REFUSED) throw failure(`SNS ${form['Action']}`, body);
}

function failure(what: string, answer: unknown): ResourceError {
  return new ResourceError(`Could not make ${what}: ${JSON.stringify(answer)}`);
}
