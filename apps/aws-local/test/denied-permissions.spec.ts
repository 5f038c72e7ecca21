import { BatchGetItemCommand, DeleteItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteRolePolicyCommand,
  GetRolePolicyCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { ListTopicsCommand, PublishBatchCommand, PublishCommand } from '@aws-sdk/client-sns';
import { ListQueuesCommand, PurgeQueueCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ADMINISTRATOR, RunningAwsLocal, TOPIC_ARN } from './running-aws-local.js';

let running: RunningAwsLocal;
let caller: string;

beforeEach(async () => {
  running = await RunningAwsLocal.start();
  const task = running.awsLocal.tasks.find(({ service }) => service === 'notifier');
  caller = `arn:aws:sts::000000000000:assumed-role/notifier/${task?.taskId}`;
});

afterEach(() => running.stop());

interface Statement {
  Sid: string;
  Effect: string;
  Action: string | string[];
  Resource: string;
}

async function notifierPolicy(): Promise<{ Version: string; Statement: Statement[] }> {
  const { PolicyDocument: encoded } = await running
    .iam(ADMINISTRATOR)
    .send(new GetRolePolicyCommand({ RoleName: 'notifier', PolicyName: 'notifier' }));
  return JSON.parse(decodeURIComponent(encoded!)) as { Version: string; Statement: Statement[] };
}

function putNotifierPolicy(document: unknown, policyName = 'notifier') {
  return running.iam(ADMINISTRATOR).send(
    new PutRolePolicyCommand({
      RoleName: 'notifier',
      PolicyName: policyName,
      PolicyDocument: typeof document === 'string' ? document : JSON.stringify(document),
    }),
  );
}

describe('a role without a permission', () => {
  it('is denied publishing at once when sns:Publish is taken away, and may again when it is given back', async () => {
    const sns = running.sns(await running.keysOf('notifier'));
    const publish = new PublishCommand({ TopicArn: TOPIC_ARN, Message: 'hello' });
    const policy = await notifierPolicy();
    await sns.send(publish);

    await putNotifierPolicy({
      ...policy,
      Statement: policy.Statement.filter(({ Action: action }) => action !== 'sns:Publish'),
    });
    await expect(sns.send(publish)).rejects.toMatchObject({
      name: 'AuthorizationErrorException',
      Code: 'AuthorizationError',
      Type: 'Sender',
      message:
        `User: ${caller} is not authorized to perform: SNS:Publish on resource: ${TOPIC_ARN} ` +
        'because no identity-based policy allows the SNS:Publish action',
      $metadata: { httpStatusCode: 403, attempts: 1 },
    });

    await putNotifierPolicy(policy);
    await expect(sns.send(publish)).resolves.toHaveProperty('MessageId');
  });

  it('is told when a policy denies it explicitly, whatever another one allows', async () => {
    await putNotifierPolicy(
      { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: 'SNS:Pub*', Resource: '*' } },
      'freeze',
    );

    const publish = new PublishBatchCommand({
      TopicArn: TOPIC_ARN,
      PublishBatchRequestEntries: [{ Id: '1', Message: 'hello' }],
    });

    await expect(running.sns(await running.keysOf('notifier')).send(publish)).rejects.toMatchObject({
      name: 'AuthorizationErrorException',
      message:
        `User: ${caller} is not authorized to perform: SNS:Publish on resource: ${TOPIC_ARN} ` +
        'with an explicit deny in an identity-based policy',
    });
  });

  it('is denied by DynamoDB with the table or the index it wanted', async () => {
    const dynamoDb = running.dynamoDb(await running.keysOf('notifier'));
    const tableArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/signups';

    await expect(
      dynamoDb.send(new DeleteItemCommand({ TableName: 'signups', Key: { email: { S: 'a' } } })),
    ).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message:
        `User: ${caller} is not authorized to perform: dynamodb:DeleteItem on resource: ${tableArn} ` +
        'because no identity-based policy allows the dynamodb:DeleteItem action',
      $metadata: { httpStatusCode: 400, attempts: 1 },
    });
    await expect(
      dynamoDb.send(new QueryCommand({ TableName: 'signups', IndexName: 'by-id' })),
    ).rejects.toThrow(`dynamodb:Query on resource: ${tableArn}/index/by-id because`);
    await expect(
      dynamoDb.send(new BatchGetItemCommand({ RequestItems: { others: { Keys: [{ id: { S: 'a' } }] } } })),
    ).rejects.toThrow(
      'dynamodb:BatchGetItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table/others',
    );
  });

  it('is denied by SQS in small letters, with the code of the old protocol', async () => {
    const sqs = running.sqs(await running.keysOf('notifier'));
    const queueArn = 'arn:aws:sqs:us-east-1:000000000000:signups';

    await expect(sqs.send(new PurgeQueueCommand({ QueueUrl: running.queueUrl }))).rejects.toMatchObject({
      name: 'AccessDenied',
      Code: 'AccessDenied',
      message:
        `User: ${caller} is not authorized to perform: sqs:purgequeue on resource: ${queueArn} ` +
        'because no identity-based policy allows the sqs:purgequeue action',
      $metadata: { httpStatusCode: 403, attempts: 1 },
    });
    await expect(
      sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: running.queueUrl,
          Entries: [{ Id: '1', MessageBody: 'hello' }],
        }),
      ),
    ).rejects.toThrow(`sqs:sendmessage on resource: ${queueArn} because`);
  });

  it('is denied listing, which has no resource of its own', async () => {
    const keys = await running.keysOf('notifier');

    await expect(running.sqs(keys).send(new ListQueuesCommand({}))).rejects.toThrow(
      'sqs:listqueues on resource: arn:aws:sqs:us-east-1:000000000000: because',
    );
    await expect(running.sns(keys).send(new ListTopicsCommand({}))).rejects.toThrow(
      'SNS:ListTopics on resource: arn:aws:sns:us-east-1:000000000000:* because',
    );
  });

  it('cannot change its own policy', async () => {
    const put = new PutRolePolicyCommand({
      RoleName: 'notifier',
      PolicyName: 'more',
      PolicyDocument: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
    });

    await expect(running.iam(await running.keysOf('notifier')).send(put)).rejects.toMatchObject({
      name: 'AccessDenied',
      message:
        `User: ${caller} is not authorized to perform: iam:PutRolePolicy on resource: role notifier ` +
        'because no identity-based policy allows the iam:PutRolePolicy action',
      $metadata: { httpStatusCode: 403 },
    });
  });
});

describe('the inline policies of a role', () => {
  it('are one of the same name, with the placeholders filled in and one named statement per purpose', async () => {
    const iam = running.iam(ADMINISTRATOR);

    const { PolicyNames: names } = await iam.send(new ListRolePoliciesCommand({ RoleName: 'notifier' }));
    const { Statement: statements } = await notifierPolicy();

    expect(names).toEqual(['notifier']);
    expect(statements.map(({ Sid: sid }) => sid)).toEqual([
      'AnnounceSignup',
      'ConsumeAnnouncements',
      'MarkSignupNotified',
      'FindPendingSignups',
    ]);
    expect(statements[0]?.Resource).toBe(TOPIC_ARN);
  });

  it('can be deleted, after which they are no entity and the role may do nothing', async () => {
    const iam = running.iam(ADMINISTRATOR);
    const named = { RoleName: 'notifier', PolicyName: 'notifier' };

    await iam.send(new DeleteRolePolicyCommand(named));

    const missing = {
      name: 'NoSuchEntityException',
      message: 'The role policy with name notifier cannot be found.',
      $metadata: { httpStatusCode: 404 },
    };
    await expect(iam.send(new GetRolePolicyCommand(named))).rejects.toMatchObject(missing);
    await expect(iam.send(new DeleteRolePolicyCommand(named))).rejects.toMatchObject(missing);
    await expect(
      running
        .sns(await running.keysOf('notifier'))
        .send(new PublishCommand({ TopicArn: TOPIC_ARN, Message: 'hello' })),
    ).rejects.toThrow('no identity-based policy allows');
  });

  it('are refused for a role that does not exist', async () => {
    const list = new ListRolePoliciesCommand({ RoleName: 'nobody' });

    await expect(running.iam(ADMINISTRATOR).send(list)).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The role with name nobody cannot be found.',
    });
  });

  it('are refused when malformed, and the old ones stay', async () => {
    const before = await notifierPolicy();

    await expect(putNotifierPolicy('{"Version":')).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
      message: 'Syntax errors in policy.',
      $metadata: { httpStatusCode: 400 },
    });

    expect(await notifierPolicy()).toEqual(before);
  });

  it('are refused when together they are longer than IAM takes', async () => {
    const resource = `arn:aws:sns:us-east-1:000000000000:${'x'.repeat(11_000)}`;
    const document = {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 'sns:*', Resource: resource },
    };

    await expect(putNotifierPolicy(document, 'long')).rejects.toMatchObject({
      name: 'LimitExceededException',
      $metadata: { httpStatusCode: 409 },
    });
  });
});
