import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findProjectRoot, LOCAL_ACCOUNT_ID, LOCAL_REGION } from '#local-stack';
import { aSignup, postSignup, runLab, startTestStack, waitFor, type TestStack } from '#testing';

type Service = 'signup-api' | 'notifier';

interface Statement {
  Sid: string;
  Action: string | string[];
}

interface Removal {
  service: Service;
  sid: string;
  action: string;
  /** The documents as they are, but for this one action. */
  document: string;
}

const SERVICES: readonly Service[] = ['signup-api', 'notifier'];
/** Which step is the first to fail without an action: each is there for something that can be seen. */
const STEP_OF: Readonly<Record<string, string>> = {
  'dynamodb:PutItem': 'sign up',
  'sns:Publish': 'sign up',
  'dynamodb:Query': 'look up',
  'dynamodb:GetItem': 'be ready',
  'dynamodb:Scan': 'relay what was left behind',
  'sqs:DeleteMessage': 'empty the queue',
  'sqs:ReceiveMessage': 'be notified',
  'dynamodb:UpdateItem': 'be notified',
};
/** Asked all the time, so that one that was permitted may still be under way when the permission is gone. */
const IN_THE_BACKGROUND = ['sqs:ReceiveMessage', 'dynamodb:Scan'];
const PATIENCE_MS = 15_000;

let stack: TestStack;
let dynamoDb: DynamoDBClient;
let sqs: SQSClient;
let iam: IAMClient;
beforeAll(async () => {
  // Short polls: one that was permitted ends soon after the permission is taken away.
  stack = await startTestStack(() => ({ notifier: { CONSUMER_WAIT_SEC: '1' } }));
  const administrator = {
    region: LOCAL_REGION,
    endpoint: stack.addresses.awsLocal,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  dynamoDb = new DynamoDBClient(administrator);
  sqs = new SQSClient(administrator);
  iam = new IAMClient(administrator);
}, 30_000);
afterAll(async () => {
  for (const client of [dynamoDb, sqs, iam]) client?.destroy();
  await stack?.stop();
});

function readDocument(service: Service): { Statement: Statement[] } {
  const text = readFileSync(join(findProjectRoot(), 'deploy', 'policies', `${service}.json`), 'utf8')
    .replaceAll('${AWS::Partition}', 'aws')
    .replaceAll('${AWS::Region}', LOCAL_REGION)
    .replaceAll('${AWS::AccountId}', LOCAL_ACCOUNT_ID);
  return JSON.parse(text) as { Statement: Statement[] };
}

/** Each action of each statement, in the order above: what one leaves in the queue does not disturb the next. */
function listRemovals(): Removal[] {
  const removals = SERVICES.flatMap((service) => {
    const document = readDocument(service);
    return document.Statement.flatMap(({ Sid: sid, Action }) =>
      [Action].flat().map((action) => {
        const statements = document.Statement.flatMap((statement) => {
          if (statement.Sid !== sid) return [statement];
          const left = [statement.Action].flat().filter((candidate) => candidate !== action);
          return left.length === 0 ? [] : [{ ...statement, Action: left }];
        });
        return { service, sid, action, document: JSON.stringify({ ...document, Statement: statements }) };
      }),
    );
  });
  const order = Object.keys(STEP_OF);
  return removals.toSorted((a, b) => order.indexOf(a.action) - order.indexOf(b.action));
}

async function putPolicy(service: Service, document: string): Promise<void> {
  await iam.send(
    new PutRolePolicyCommand({ RoleName: service, PolicyName: service, PolicyDocument: document }),
  );
}

function isRefused(service: Service, action: string): boolean {
  const [, operation = ''] = action.split(':');
  return stack
    .linesOf('aws-local')
    .some(
      (line) =>
        line.includes('"request refused"') && line.includes(`"${operation}"`) && line.includes(service),
    );
}

async function statusInTable(email: string): Promise<'notified' | 'pending'> {
  const { Item } = await dynamoDb.send(
    new GetItemCommand({ TableName: 'signups', Key: { email: { S: email } } }),
  );
  return Item?.['pendingSince'] === undefined ? 'notified' : 'pending';
}

async function countMessages(): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: `${stack.addresses.awsLocal}/${LOCAL_ACCOUNT_ID}/signups`,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
}

/** As a notifier leaves it behind that dies between the table and the topic. */
async function leaveBehind(): Promise<string> {
  const email = `left-${randomUUID()}@example.com`;
  const since = new Date(Date.now() - 60_000).toISOString();
  const item = {
    email,
    id: randomUUID(),
    name: 'Grace',
    previewAccess: 'No',
    createdAt: since,
    pendingSince: since,
  };
  const Item = Object.fromEntries(Object.entries(item).map(([name, text]) => [name, { S: text }]));
  await dynamoDb.send(new PutItemCommand({ TableName: 'signups', Item }));
  return email;
}

/**
 * The whole life of a sign-up, and of one that was left behind. Answers with the first step that does not work; what
 * has to be waited for is given up when `cannotCome` says so.
 */
async function findFailingStep(
  cannotCome: (step: string) => boolean = () => false,
): Promise<string | undefined> {
  const signup = aSignup();
  const email = String(signup['email']);
  const created = await postSignup(stack, signup);
  const get = async (path: string): Promise<number> =>
    (await fetch(`${stack.addresses.signupApi}${path}`, { signal: AbortSignal.timeout(5_000) })).status;
  const comes = async (step: string, isThere: () => Promise<boolean>): Promise<boolean> => {
    const outcome = await waitFor(
      step,
      async () => ((await isThere()) ? 'there' : cannotCome(step) ? 'in vain' : undefined),
      { timeoutMs: PATIENCE_MS },
    );
    return outcome === 'there';
  };
  const steps: [name: string, works: () => Promise<boolean>][] = [
    ['sign up', async () => created.status === 201],
    ['refuse a duplicate', async () => (await postSignup(stack, signup)).status === 409],
    ['look up', async () => (await get(`/signups/${String(created.body['id'])}`)) === 200],
    ['be ready', async () => (await get('/health/ready')) === 200],
    ['be notified', () => comes('be notified', async () => (await statusInTable(email)) === 'notified')],
    ['empty the queue', () => comes('empty the queue', async () => (await countMessages()) === 0)],
    [
      'relay what was left behind',
      async () => {
        const left = await leaveBehind();
        return comes('relay what was left behind', async () => (await statusInTable(left)) === 'notified');
      },
    ],
  ];
  for (const [name, works] of steps) {
    if (!(await works())) return name;
  }
  return undefined;
}

describe('the policies of the services', () => {
  it('are enough for the whole lab: sign-up, duplicate, announcement, queue, relay', async () => {
    expect(await findFailingStep()).toBeUndefined();
  }, 60_000);

  it('are enough for automated sign-ups', async () => {
    const run = await runLab(stack, 'traffic', '--minutes', '0.05', '--per-minute', '200', '--json');

    expect(JSON.parse(run.stdout)).toMatchObject({ asExpected: true, observed: { 201: 9, 409: 1 } });
  }, 60_000);

  it('refused nothing until now', () => {
    expect(stack.linesOf('aws-local').filter((line) => line.includes('refused'))).toEqual([]);
  });

  it.each(listRemovals())(
    'are no more than it takes: $service without $action ($sid)',
    async (removal) => {
      const { service, action, document } = removal;
      await putPolicy(service, document);
      try {
        if (IN_THE_BACKGROUND.includes(action)) {
          await waitFor('the first refusal', () => isRefused(service, action), { timeoutMs: PATIENCE_MS });
        }

        const expected = STEP_OF[action];
        const cannotCome = (step: string): boolean => step === expected && isRefused(service, action);

        expect(await findFailingStep(cannotCome)).toBe(expected);
        expect(isRefused(service, action)).toBe(true);
      } finally {
        await putPolicy(service, JSON.stringify(readDocument(service)));
      }
    },
    60_000,
  );

  it('are all looked at here', () => {
    expect(new Set(listRemovals().map(({ action }) => action))).toEqual(new Set(Object.keys(STEP_OF)));
  });
});
