import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCredentials } from '#aws-clients';
import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { SignupEvent } from '#contracts';
import dynalite from 'dynalite';
import { RoleCredentials } from '../../src/aws/role-credentials.js';
import { SqsSignupQueue } from '../../src/inbox/sqs-signup.queue.js';
import { DynamoSignupTable } from '../../src/signups/dynamo-signup.table.js';
import type { Clock } from '../../src/timing/clock.js';
import { SnsSignupTopic } from '../../src/topic/sns-signup.topic.js';

const TABLE_NAME = 'signups';
const TOPIC_ARN = 'arn:aws:sns:us-east-1:000000000000:signups';

const observed = createCredentials(async () => ({ accessKeyId: 'test', secretAccessKey: 'test' }));
const role = new RoleCredentials(observed);
const clientOptions = { region: 'us-east-1', credentials: observed.provider };

export interface TableStand {
  table: DynamoSignupTable;
  put(event: SignupEvent, rest: { pendingSince?: Date; traceHeader?: string }): Promise<void>;
  item(event: SignupEvent): Promise<Record<string, AttributeValue>>;
  stop(): Promise<void>;
}

/** The table as deployed, in an emulated DynamoDB. */
export async function startTable(): Promise<TableStand> {
  const server: Server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const client = new DynamoDBClient({ ...clientOptions, endpoint: `http://127.0.0.1:${port}` });
  await client.send(
    new CreateTableCommand({
      TableName: TABLE_NAME,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'email', KeyType: 'HASH' }],
      AttributeDefinitions: [
        { AttributeName: 'email', AttributeType: 'S' },
        { AttributeName: 'pendingSince', AttributeType: 'S' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'pending',
          KeySchema: [{ AttributeName: 'pendingSince', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  return {
    table: new DynamoSignupTable(client, role, TABLE_NAME),
    put: async (event, rest) => {
      const { type: _type, ...fields } = event;
      const texts = { ...fields, ...rest, pendingSince: rest.pendingSince?.toISOString() };
      const item: Record<string, AttributeValue> = {};
      for (const [name, text] of Object.entries(texts)) if (text !== undefined) item[name] = { S: text };
      await client.send(new PutItemCommand({ TableName: TABLE_NAME, Item: item }));
    },
    item: async (event) => {
      const key = { email: { S: event.email } };
      const { Item } = await client.send(new GetItemCommand({ TableName: TABLE_NAME, Key: key }));
      return Item ?? {};
    },
    stop: async () => {
      client.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface MessagingStand {
  topic: SnsSignupTopic;
  queue: SqsSignupQueue;
  /** How many messages the topic has put into the queue. */
  sentCount(): number;
  stop(): Promise<void>;
}

/** The topic with its queue, in an emulated SNS and SQS. */
export async function startMessaging(clock: Clock, options: { raw: boolean }): Promise<MessagingStand> {
  // One after the other: Jest cannot give a module to fastify that it is just loading for fauxqs.
  await import('fastify');
  const { startFauxqs } = await import('fauxqs');
  const fauxqs = await startFauxqs({
    port: 0,
    host: '127.0.0.1',
    logger: false,
    messageSpies: { bufferSize: 10_000 },
  });
  fauxqs.createQueue('signups');
  fauxqs.createTopic('signups');
  fauxqs.subscribe({
    topic: 'signups',
    queue: 'signups',
    attributes: { RawMessageDelivery: String(options.raw) },
  });
  const endpoint = `http://127.0.0.1:${fauxqs.port}`;
  const sns = new SNSClient({ ...clientOptions, endpoint });
  const sqs = new SQSClient({ ...clientOptions, endpoint });
  return {
    topic: new SnsSignupTopic(sns, role, TOPIC_ARN),
    queue: new SqsSignupQueue(sqs, role, `${endpoint}/000000000000/signups`, clock),
    sentCount: () => fauxqs.spy.getAllMessages().filter((entry) => entry.service === 'sns').length,
    stop: async () => {
      sns.destroy();
      sqs.destroy();
      await fauxqs.stop();
    },
  };
}
