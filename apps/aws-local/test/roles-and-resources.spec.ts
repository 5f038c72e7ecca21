import {
  ConditionalCheckFailedException,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  PublishCommand,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADMINISTRATOR, RunningAwsLocal, TOPIC_ARN } from './running-aws-local.js';

let running: RunningAwsLocal;

beforeAll(async () => {
  running = await RunningAwsLocal.start();
});

afterAll(() => running.stop());

describe('the role signup-api', () => {
  it('stores a sign-up once, reads it, and finds it by its id', async () => {
    const dynamoDb = running.dynamoDb(await running.keysOf('signup-api'));
    const put = new PutItemCommand({
      TableName: 'signups',
      Item: { email: { S: 'ada@example.com' }, id: { S: 'id-1' }, pendingSince: { S: '2026-01-01' } },
      ConditionExpression: 'attribute_not_exists(email)',
    });

    const { $metadata } = await dynamoDb.send(put);
    const { Item: item } = await dynamoDb.send(
      new GetItemCommand({ TableName: 'signups', Key: { email: { S: 'ada@example.com' } } }),
    );
    const { Items: found } = await dynamoDb.send(
      new QueryCommand({
        TableName: 'signups',
        IndexName: 'by-id',
        KeyConditionExpression: 'id = :id',
        ExpressionAttributeValues: { ':id': { S: 'id-1' } },
      }),
    );

    await expect(dynamoDb.send(put)).rejects.toThrow(ConditionalCheckFailedException);
    expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(item).toEqual(expect.objectContaining({ id: { S: 'id-1' } }));
    expect(found).toEqual([item]);
  });
});

describe('the role notifier', () => {
  it('publishes, receives what it published in an envelope, and deletes it', async () => {
    const keys = await running.keysOf('notifier');
    const sqs = running.sqs(keys);

    const { MessageId: messageId } = await running
      .sns(keys)
      .send(new PublishCommand({ TopicArn: TOPIC_ARN, Message: 'hello' }));
    const { Messages: messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: running.queueUrl, WaitTimeSeconds: 1 }),
    );
    await sqs.send(
      new DeleteMessageCommand({ QueueUrl: running.queueUrl, ReceiptHandle: messages[0]!.ReceiptHandle }),
    );

    const envelope = JSON.parse(messages[0]!.Body!) as Record<string, unknown>;
    expect(envelope).toEqual(
      expect.objectContaining({ Type: 'Notification', MessageId: messageId, Message: 'hello' }),
    );
  });

  it('finds pending sign-ups and takes them out of the sparse index', async () => {
    const dynamoDb = running.dynamoDb(await running.keysOf('notifier'));
    await running.dynamoDb(ADMINISTRATOR).send(
      new PutItemCommand({
        TableName: 'signups',
        Item: { email: { S: 'bob@example.com' }, id: { S: 'id-2' }, pendingSince: { S: '2026-01-02' } },
      }),
    );
    const scan = new ScanCommand({ TableName: 'signups', IndexName: 'pending' });
    const pendingIds = async (): Promise<(string | undefined)[]> =>
      ((await dynamoDb.send(scan)).Items ?? []).map((item) => item['id']?.S);

    const before = await pendingIds();
    await dynamoDb.send(
      new UpdateItemCommand({
        TableName: 'signups',
        Key: { email: { S: 'bob@example.com' } },
        UpdateExpression: 'REMOVE pendingSince',
      }),
    );

    expect(before).toContain('id-2');
    expect(await pendingIds()).not.toContain('id-2');
  });

  it('is named by role and task id', async () => {
    const task = running.awsLocal.tasks.find(({ service }) => service === 'notifier');

    const identity = await running
      .sts(await running.keysOf('notifier'))
      .send(new GetCallerIdentityCommand({}));

    expect(task?.taskId).toMatch(/^[0-9a-f]{32}$/);
    expect(identity.Account).toBe('000000000000');
    expect(identity.Arn).toBe(`arn:aws:sts::000000000000:assumed-role/notifier/${task?.taskId}`);
    expect(identity.UserId).toMatch(new RegExp(`^AROA[0-9A-Z]{17}:${task?.taskId}$`));
  });
});

describe('the resources', () => {
  it('are a table on demand with both indexes', async () => {
    const { Table: table } = await running
      .dynamoDb(ADMINISTRATOR)
      .send(new DescribeTableCommand({ TableName: 'signups' }));

    expect(table?.TableArn).toBe('arn:aws:dynamodb:us-east-1:000000000000:table/signups');
    expect(table?.TableStatus).toBe('ACTIVE');
    expect(table?.BillingModeSummary?.BillingMode).toBe('PAY_PER_REQUEST');
    const indexes = table?.GlobalSecondaryIndexes?.map((index) => [
      index.IndexName,
      index.KeySchema?.[0]?.AttributeName,
      index.Projection?.ProjectionType,
      index.IndexStatus,
    ]);
    expect(indexes?.sort()).toEqual([
      ['by-id', 'id', 'ALL', 'ACTIVE'],
      ['pending', 'pendingSince', 'ALL', 'ACTIVE'],
    ]);
  });

  it('are a queue at a plain URL that puts messages aside after five receives', async () => {
    const sqs = running.sqs(ADMINISTRATOR);

    const { QueueUrl: url } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'signups' }));
    const { QueueUrls: urls } = await sqs.send(new ListQueuesCommand({}));
    const { Attributes: attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
    );

    expect(url).toBe(running.queueUrl);
    expect(urls).toEqual([running.queueUrl, `${running.address}/000000000000/signups-dead-letters`]);
    expect(JSON.parse(attributes!['RedrivePolicy']!)).toEqual({
      deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:signups-dead-letters',
      maxReceiveCount: 5,
    });
  });

  it('are a confirmed queue subscription and a pending e-mail subscription', async () => {
    const sns = running.sns(ADMINISTRATOR);

    const { Subscriptions: all } = await sns.send(new ListSubscriptionsCommand({}));
    const { Subscriptions: ofTopic } = await sns.send(
      new ListSubscriptionsByTopicCommand({ TopicArn: TOPIC_ARN }),
    );

    expect(all).toEqual(ofTopic);
    expect(all).toHaveLength(2);
    expect(all).toContainEqual({
      SubscriptionArn: 'PendingConfirmation',
      Protocol: 'email',
      Endpoint: 'admin@example.com',
      Owner: '000000000000',
      TopicArn: TOPIC_ARN,
    });
    const queue = all?.find((subscription) => subscription.Protocol === 'sqs');
    expect(queue?.Endpoint).toBe('arn:aws:sqs:us-east-1:000000000000:signups');
    expect(queue?.SubscriptionArn).toMatch(/^arn:aws:sns:us-east-1:000000000000:signups:[0-9a-f-]{36}$/);
  });

  it('tell whoever subscribes by e-mail that the subscription is pending', async () => {
    const { SubscriptionArn: answered } = await running
      .sns(ADMINISTRATOR)
      .send(new SubscribeCommand({ TopicArn: TOPIC_ARN, Protocol: 'email', Endpoint: 'admin@example.com' }));

    expect(answered).toBe('pending confirmation');
  });
});

describe('the administrator', () => {
  it('is a user and no role', async () => {
    const identity = await running.sts(ADMINISTRATOR).send(new GetCallerIdentityCommand({}));

    expect(identity.Arn).toBe('arn:aws:iam::000000000000:user/administrator');
  });
});
