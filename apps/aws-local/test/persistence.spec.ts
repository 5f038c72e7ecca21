import { readdir } from 'node:fs/promises';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetRolePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { ListSubscriptionsCommand, PublishCommand } from '@aws-sdk/client-sns';
import { GetQueueUrlCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import { ADMINISTRATOR, RunningAwsLocal, TOPIC_ARN, withTempDir } from './running-aws-local.js';

const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Sid: 'Only', Effect: 'Allow', Action: 'sqs:*', Resource: '*' }],
});

async function fill(running: RunningAwsLocal): Promise<void> {
  await running.dynamoDb(ADMINISTRATOR).send(
    new PutItemCommand({
      TableName: 'signups',
      Item: { email: { S: 'ada@example.com' }, id: { S: 'id-1' } },
    }),
  );
  await running.sns(ADMINISTRATOR).send(new PublishCommand({ TopicArn: TOPIC_ARN, Message: 'kept' }));
  await running
    .iam(ADMINISTRATOR)
    .send(new PutRolePolicyCommand({ RoleName: 'notifier', PolicyName: 'notifier', PolicyDocument: POLICY }));
}

describe('an emulator with a data folder', () => {
  it('has its items, messages, subscriptions and changed policies again after a restart', async () => {
    await withTempDir(async (dataDir) => {
      const first = await RunningAwsLocal.start({ dataDir });
      await fill(first);
      await first.stop();

      const second = await RunningAwsLocal.start({ dataDir });
      const [item, url, received, subscriptions, policy] = await Promise.all([
        second
          .dynamoDb(ADMINISTRATOR)
          .send(new GetItemCommand({ TableName: 'signups', Key: { email: { S: 'ada@example.com' } } })),
        second.sqs(ADMINISTRATOR).send(new GetQueueUrlCommand({ QueueName: 'signups' })),
        second.sqs(ADMINISTRATOR).send(new ReceiveMessageCommand({ QueueUrl: second.queueUrl })),
        second.sns(ADMINISTRATOR).send(new ListSubscriptionsCommand({})),
        second
          .iam(ADMINISTRATOR)
          .send(new GetRolePolicyCommand({ RoleName: 'notifier', PolicyName: 'notifier' })),
      ]);
      const roleKeys = await second.keysOf('notifier');
      const publish = new PublishCommand({ TopicArn: TOPIC_ARN, Message: 'denied' });
      const denied = await second
        .sns(roleKeys)
        .send(publish)
        .catch((error: Error) => error.message);
      await second.stop();

      expect(item.Item?.['id']).toEqual({ S: 'id-1' });
      expect(url.QueueUrl).toBe(second.queueUrl);
      expect(received.Messages?.[0]?.Body).toContain('"Message":"kept"');
      expect(subscriptions.Subscriptions).toHaveLength(2);
      expect(decodeURIComponent(policy.PolicyDocument!)).toBe(POLICY);
      expect(denied).toContain('no identity-based policy allows the SNS:Publish action');
    });
  });

  it('keeps no half-written file of policies', async () => {
    await withTempDir(async (dataDir) => {
      const running = await RunningAwsLocal.start({ dataDir });
      await fill(running);
      await running.stop();

      expect((await readdir(dataDir)).sort()).toEqual(['dynamodb', 'iam.json', 'messaging']);
    });
  });

  it('says so when another one has the folder open', async () => {
    await withTempDir(async (dataDir) => {
      const running = await RunningAwsLocal.start({ dataDir });

      const starting = RunningAwsLocal.start({ dataDir });

      await expect(starting).rejects.toThrow(/cannot be opened; is another process using them\?/);
      await running.stop();
    });
  });
});

describe('an emulator without a data folder', () => {
  it('starts empty every time', async () => {
    const first = await RunningAwsLocal.start();
    await fill(first);
    await first.stop();

    const second = await RunningAwsLocal.start();
    const received = await second
      .sqs(ADMINISTRATOR)
      .send(new ReceiveMessageCommand({ QueueUrl: second.queueUrl }));
    await second.stop();

    expect(received.Messages).toBeUndefined();
  });
});

describe('an emulator that cannot start', () => {
  it('names the role of a task that has no policy document', async () => {
    const tasks = [{ service: 'a', role: 'missing', credentialsId: 'id-of-this-test' }];

    await expect(RunningAwsLocal.start({ tasks })).rejects.toThrow(/role of a task: missing/);
  });

  it('names the folder without policy documents', async () => {
    await expect(RunningAwsLocal.start({ policiesDir: '/nowhere' })).rejects.toThrow(/\/nowhere/);
  });

  it('reports a port that is taken, and lets go of its data', async () => {
    await withTempDir(async (dataDir) => {
      const running = await RunningAwsLocal.start();
      const port = Number(new URL(running.address).port);

      await expect(RunningAwsLocal.start({ port, dataDir })).rejects.toThrow(/EADDRINUSE/);
      const next = await RunningAwsLocal.start({ dataDir });
      await Promise.all([running.stop(), next.stop()]);

      expect(next.logLines).toEqual([]);
    });
  });
});
