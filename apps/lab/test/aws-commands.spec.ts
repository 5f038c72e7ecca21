import { afterEach, describe, expect, it } from '@jest/globals';
import { runLab } from '../src/command-line/run-lab.js';
import { commands } from '../src/commands.js';
import { captureIo } from './capture-io.js';
import { FakeIam } from './fake-iam.js';
import type { FakeAnswer, FakeRequest, FakeServer } from './fake-server.js';
import { findUnusedUrl, startFakeServer } from './fake-server.js';

let server: FakeServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function start(answer: (request: FakeRequest) => FakeAnswer): Promise<string> {
  server = await startFakeServer(answer);
  return server.url;
}

async function lab(args: string[], url: string, env: Record<string, string> = {}) {
  const io = captureIo({ env: { AWS_ENDPOINT_URL: url, ...env } });
  const exitCode = await runLab(args, commands, io);
  return { exitCode, out: io.outText(), err: io.errText() };
}

describe('lab signups', () => {
  const ada = {
    id: { S: '1' },
    email: { S: 'ada@example.com' },
    name: { S: 'Ada' },
    previewAccess: { S: 'Yes' },
    theme: { S: 'dark' },
    createdAt: { S: '2026-11-22T10:00:00.000Z' },
    notifiedAt: { S: '2026-11-22T10:00:01.000Z' },
    traceHeader: { S: 'Root=1-6553f10a-000000000000000000000001' },
  };
  const bob = {
    id: { S: '2' },
    email: { S: 'bob@example.com' },
    name: { S: 'Bob' },
    previewAccess: { S: 'No' },
    createdAt: { S: '2026-11-22T09:00:00.000Z' },
    pendingSince: { S: '2026-11-22T09:00:00.000Z' },
  };
  const adaOut = {
    id: '1',
    email: 'ada@example.com',
    name: 'Ada',
    previewAccess: 'Yes',
    theme: 'dark',
    status: 'notified',
    createdAt: '2026-11-22T10:00:00.000Z',
    notifiedAt: '2026-11-22T10:00:01.000Z',
  };
  const bobOut = {
    id: '2',
    email: 'bob@example.com',
    name: 'Bob',
    previewAccess: 'No',
    status: 'pending',
    createdAt: '2026-11-22T09:00:00.000Z',
  };

  const scan = ({ body }: FakeRequest): FakeAnswer => {
    const isFirst = !body.includes('ExclusiveStartKey');
    const page = isFirst ? { Items: [ada], LastEvaluatedKey: { email: ada.email } } : { Items: [bob] };
    return { headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify(page) };
  };

  it('prints everybody on every page as JSON, the earliest first, and nothing that is not theirs', async () => {
    const url = await start(scan);

    expect(JSON.parse((await lab(['signups', '--json'], url)).out)).toEqual([bobOut, adaOut]);
    expect(server?.requests[0]?.headers['authorization']).toContain('Credential=test/');
  });

  it.each([
    ['pending', [bobOut]],
    ['notified', [adaOut]],
  ])('prints only who is %s', async (status, expected) => {
    const url = await start(scan);

    expect(JSON.parse((await lab(['signups', '--json', '--status', status], url)).out)).toEqual(expected);
  });

  it('shows a table and the sums', async () => {
    const { out } = await lab(['signups'], await start(scan));

    expect(out).toMatch(/^pending +2026-11-22 09:00:00 +bob@example\.com +Bob +No +2$/m);
    expect(out).toContain('2 in all: 1 notified, 1 pending');
  });

  it('says so where nobody is', async () => {
    const url = await start(() => ({ body: '{"Items":[]}' }));

    expect((await lab(['signups'], url)).out).toBe('Nobody has signed up yet.\n');
    expect((await lab(['signups', '--status', 'pending'], url)).out).toBe('Nobody is pending.\n');
    expect((await lab(['signups', '--json'], url)).out).toBe('[]\n');
  });

  it('explains a missing table, a server that is not there and a bad choice', async () => {
    const error = {
      __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException',
      message: 'no table',
    };
    const url = await start(() => ({ status: 400, body: JSON.stringify(error) }));
    expect(await lab(['signups'], url)).toMatchObject({
      exitCode: 1,
      err: 'lab signups: there is no table signups yet\n',
    });

    const unused = await findUnusedUrl();
    expect(await lab(['signups'], unused)).toMatchObject({
      exitCode: 1,
      err: `lab signups: aws-local (DynamoDB) is not running at ${unused}; start the lab with: npm start\n`,
    });
    expect(await lab(['signups', '--status', 'lost'], unused)).toMatchObject({ exitCode: 2 });
  });
});

const identity = `<GetCallerIdentityResponse><GetCallerIdentityResult>
  <Arn>arn:aws-cn:iam::123456789012:user/test</Arn><UserId>test</UserId><Account>123456789012</Account>
  </GetCallerIdentityResult></GetCallerIdentityResponse>`;

describe('lab subscriptions', () => {
  const member = (protocol: string, endpoint: string, arn: string): string => {
    return `<member><Protocol>${protocol}</Protocol><Endpoint>${endpoint}</Endpoint><SubscriptionArn>${arn}</SubscriptionArn></member>`;
  };
  const list = (body: string): FakeAnswer => ({
    body: `<ListSubscriptionsByTopicResponse><ListSubscriptionsByTopicResult>${body}</ListSubscriptionsByTopicResult></ListSubscriptionsByTopicResponse>`,
  });
  const sns = ({ body }: FakeRequest): FakeAnswer => {
    const form = new URLSearchParams(body);
    if (form.get('Action') === 'GetCallerIdentity') return { body: identity };
    if (form.get('TopicArn') !== 'arn:aws-cn:sns:us-east-1:123456789012:signups') return { status: 404 };
    return form.get('NextToken') === null
      ? list(
          `<Subscriptions>${member('sqs', 'arn:q', 'arn:aws:sns:s')}</Subscriptions><NextToken>2</NextToken>`,
        )
      : list(`<Subscriptions>${member('email', 'admin@example.com', 'PendingConfirmation')}</Subscriptions>`);
  };
  const expected = [
    { protocol: 'sqs', endpoint: 'arn:q', status: 'confirmed', subscriptionArn: 'arn:aws:sns:s' },
    {
      protocol: 'email',
      endpoint: 'admin@example.com',
      status: 'pending',
      subscriptionArn: 'PendingConfirmation',
    },
  ];

  it("prints every page of the subscriptions of the caller's topic", async () => {
    expect(JSON.parse((await lab(['subscriptions', '--json'], await start(sns))).out)).toEqual(expected);
  });

  it('shows them as a table', async () => {
    const { out } = await lab(['subscriptions'], await start(sns));

    expect(out).toMatch(/^email +pending +admin@example\.com +PendingConfirmation$/m);
  });

  it('passes on what SNS answers', async () => {
    const refused = `<ErrorResponse><Error><Code>AuthorizationError</Code><Message>not for you</Message></Error></ErrorResponse>`;
    const url = await start((request) => {
      return request.body.includes('GetCallerIdentity') ? { body: identity } : { status: 403, body: refused };
    });

    expect(await lab(['subscriptions'], url)).toMatchObject({
      exitCode: 1,
      err: expect.stringMatching(/^lab subscriptions: SNS answered AuthorizationError\w*: not for you\n$/),
    });
  });
});

describe('lab permission', () => {
  const ACTION = 'sns:Publish';

  async function startIam(iam: FakeIam): Promise<string> {
    return start((request) =>
      request.body.includes('GetCallerIdentity') ? { body: identity } : iam.answer(request),
    );
  }

  const publish = (Resource: string): object => ({
    Sid: 'AnnounceSignup',
    Effect: 'Allow',
    Action: ACTION,
    Resource,
  });
  const other = { Sid: 'Other', Effect: 'Allow', Action: 'sqs:ReceiveMessage', Resource: '*' };
  const policy = (...Statement: object[]): object => ({ Version: '2012-10-17', Statement });

  it('revokes, shows and grants, each time saying what it did', async () => {
    const iam = new FakeIam({ notifier: { notifier: policy(publish('arn:x'), other) } });
    const url = await startIam(iam);

    expect((await lab(['permission', 'show', ACTION], url)).out).toBe(
      'sns:Publish is granted for the role notifier, by statement "AnnounceSignup"\n',
    );
    expect((await lab(['permission', 'revoke', ACTION], url)).out).toBe(
      'Removed statement "AnnounceSignup". Now sns:Publish is revoked for the role notifier.\n',
    );
    expect(iam.policyOf('notifier', 'notifier')).toEqual(policy(other));

    expect((await lab(['permission', 'grant', ACTION], url)).out).toBe(
      'Added statement "AnnounceSignup". Now sns:Publish is granted for the role notifier, by statement "AnnounceSignup".\n',
    );
    const restored = publish('arn:aws-cn:sns:us-east-1:123456789012:signups');
    expect(iam.policyOf('notifier', 'notifier')).toEqual(policy(other, restored));
  });

  it('writes nothing when there is nothing to change', async () => {
    const iam = new FakeIam({ notifier: { notifier: policy(other) } });
    const url = await startIam(iam);
    const { exitCode, out } = await lab(['permission', 'revoke', ACTION], url);

    expect(exitCode).toBe(0);
    expect(out).toBe('sns:Publish is revoked for the role notifier; nothing to change\n');
    expect(iam.writes).toBe(0);
  });

  it('deletes a policy of which nothing is left, and makes it anew', async () => {
    const iam = new FakeIam({ notifier: { notifier: policy(publish('arn:x')) } });
    const url = await startIam(iam);

    expect((await lab(['permission', 'revoke', ACTION], url)).out).toContain('so it is gone');
    expect(iam.policyOf('notifier', 'notifier')).toBeUndefined();
    expect((await lab(['permission', 'show', ACTION], url)).out).toContain('is revoked');
    expect((await lab(['permission', 'revoke', ACTION], url)).out).toContain('nothing to change');

    await lab(['permission', 'grant', ACTION], url);
    expect(iam.policyOf('notifier', 'notifier')).toMatchObject(policy({ Sid: 'AnnounceSignup' }));
  });

  it('takes the names of another stack, and prints JSON', async () => {
    const iam = new FakeIam({ 'Stack-Role': { Default: policy(publish('arn:x')) } });
    const url = await startIam(iam);
    const names = ['--role-name', 'Stack-Role', '--policy-name', 'Default'];
    const { out } = await lab(
      ['permission', 'revoke', ACTION, '--role', 'notifier', ...names, '--json'],
      url,
    );

    expect(JSON.parse(out)).toEqual({
      role: 'Stack-Role',
      policy: 'Default',
      action: ACTION,
      state: 'revoked',
      statements: [],
      changes: ['removed statement "AnnounceSignup"'],
    });
  });

  it('explains a missing role, a pattern it will not rewrite, and what it cannot read', async () => {
    const iam = new FakeIam({
      notifier: { notifier: policy({ Effect: 'Allow', Action: 'sns:*', Resource: '*' }) },
    });
    const url = await startIam(iam);

    expect(await lab(['permission', 'revoke', ACTION], url)).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('statement 1 allows sns:Publish through sns:*'),
    });
    expect(await lab(['permission', 'show', ACTION, '--role-name', 'gone'], url)).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('IAM answered NoSuchEntity'),
    });
    iam.setText('notifier', 'notifier', 'no policy');
    expect((await lab(['permission', 'show', ACTION], url)).err).toContain('the policy document is not JSON');
  });

  it.each([
    [['permission', 'rvoke', ACTION], 'VERB must be show, revoke or grant, not "rvoke"'],
    [
      ['permission', 'revoke', 'Publish'],
      'ACTION must be an action of IAM such as sns:Publish, not "Publish"',
    ],
    [['permission', 'revoke'], 'ACTION is missing'],
  ])('refuses %j', async (args, message) => {
    const { exitCode, err } = await lab(args, 'http://127.0.0.1:1');

    expect(exitCode).toBe(2);
    expect(err).toContain(message);
  });
});
