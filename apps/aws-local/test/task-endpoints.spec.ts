import { request as httpRequest } from 'node:http';
import { devNull } from 'node:os';
import { env } from 'node:process';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { awsEcsDetector } from '@opentelemetry/resource-detector-aws';
import { RunningAwsLocal, SESSION_LIFETIME_MS } from './running-aws-local.js';

const TOKEN = 'Bearer of-this-test';

let running: RunningAwsLocal;

beforeAll(async () => {
  running = await RunningAwsLocal.start({ ecsPort: 0, allowedHosts: ['Ecs-Endpoints'] });
});

beforeEach(() => {
  running.clockOffsetMs = 0;
});

afterAll(() => running.stop());

function credentialsUrl(base = running.address): string {
  return `${base}/v2/credentials/${running.credentialsIds.notifier}`;
}

/** Some clients read their addresses from the environment alone. */
async function withEnvironment<T>(
  variables: Record<string, string | undefined>,
  use: () => Promise<T>,
): Promise<T> {
  const before = Object.fromEntries(Object.keys(variables).map((name) => [name, env[name]]));
  setEnvironment(variables);
  try {
    return await use();
  } finally {
    setEnvironment(before);
  }
}

function setEnvironment(variables: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete env[name];
    else env[name] = value;
  }
}

/** `fetch` does not let one choose the Host header. */
function statusWithHost(url: string, host: string): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  httpRequest(url, { headers: { host } }, (response) => {
    response.resume();
    resolve(response.statusCode);
  })
    .on('error', reject)
    .end();
  return promise;
}

describe('container credentials', () => {
  it('have the form that SDKs read', async () => {
    const credentials = await running.credentials('notifier');

    expect(credentials).toEqual({
      RoleArn: 'arn:aws:iam::000000000000:role/notifier',
      AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
      SecretAccessKey: expect.stringMatching(/^[A-Za-z0-9/+]{40}$/),
      Token: expect.stringMatching(/^IQoJb3JpZ2luX2Vj.{200,}/),
      Expiration: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
    });
  });

  it('are found by the SDK, which then signs with them', async () => {
    const sts = new STSClient({ region: 'us-east-1', endpoint: running.address, maxAttempts: 1 });
    const variables = {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: credentialsUrl(),
      AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: undefined,
      // What the person at the keyboard has would come before the container's credentials.
      AWS_ACCESS_KEY_ID: undefined,
      AWS_PROFILE: undefined,
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
    };

    const { Arn: arn } = await withEnvironment(variables, () => sts.send(new GetCallerIdentityCommand({})));
    sts.destroy();

    expect(arn).toMatch(/assumed-role\/notifier\//);
  });

  it('stay the same until half of their time is over; the old ones still work until they expire', async () => {
    const first = await running.credentials('notifier');
    running.clockOffsetMs = SESSION_LIFETIME_MS / 2 - 5000;
    const early = await running.credentials('notifier');
    running.clockOffsetMs = SESSION_LIFETIME_MS / 2 + 1000;
    const late = await running.credentials('notifier');
    const identityOf = (body: typeof first) =>
      running
        .sts({
          accessKeyId: body.AccessKeyId,
          secretAccessKey: body.SecretAccessKey,
          sessionToken: body.Token,
        })
        .send(new GetCallerIdentityCommand({}));

    expect(early).toEqual(first);
    expect(late.AccessKeyId).not.toBe(first.AccessKeyId);
    expect((await identityOf(first)).Arn).toBe((await identityOf(late)).Arn);
    running.clockOffsetMs = SESSION_LIFETIME_MS + 2000;
    await expect(identityOf(first)).rejects.toMatchObject({ name: 'ExpiredToken' });
    await expect(identityOf(late)).resolves.toHaveProperty('Account', '000000000000');
  });

  it('of an expired session are an unknown key when nobody remembers it any more', async () => {
    const keys = await running.keysOf('notifier');
    const identify = () => running.sts(keys).send(new GetCallerIdentityCommand({}));
    running.clockOffsetMs = SESSION_LIFETIME_MS + 3_590_000;
    await running.credentials('notifier');
    const options = { systemClockOffset: running.clockOffsetMs };
    const identifyLate = () => running.sts(keys, options).send(new GetCallerIdentityCommand({}));

    await expect(identify()).rejects.toThrow('Signature expired');
    await expect(identifyLate()).rejects.toMatchObject({ name: 'ExpiredToken' });
    running.clockOffsetMs += 2 * SESSION_LIFETIME_MS;
    await running.credentials('notifier');
    await expect(identifyLate()).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  });

  it('are refused for an id that no task has', async () => {
    const response = await fetch(`${running.address}/v2/credentials/unknown`);

    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      code: 'InvalidIdInRequest',
      message: 'CredentialsV2Request: Credentials not found',
      HTTPErrorCode: 400,
    });
  });

  it.each(['rebound.example.com', '10.0.0.1', 'localhost.example.com', '@'])(
    'are refused under the host name "%s"',
    async (host) => {
      expect(await statusWithHost(credentialsUrl(), host)).toBe(403);
    },
  );

  it.each(['localhost:4566', '169.254.170.2', '[::1]:80', 'ecs-endpoints:80'])(
    'are given under the host name %s',
    async (host) => {
      expect(await statusWithHost(credentialsUrl(), host)).toBe(200);
    },
  );
});

describe('container credentials with an authorization token', () => {
  let guarded: RunningAwsLocal;

  beforeAll(async () => {
    guarded = await RunningAwsLocal.start({
      tasks: [
        { service: 'a', role: 'notifier', credentialsId: 'id-of-this-test', authorizationToken: TOKEN },
      ],
    });
  });

  afterAll(() => guarded.stop());

  it.each([
    [200, { authorization: TOKEN }],
    [401, { authorization: `${TOKEN}x` }],
    [401, {}],
  ])('answer %i to the headers %j', async (status, headers) => {
    const response = await fetch(`${guarded.address}/v2/credentials/id-of-this-test`, {
      headers: headers as Record<string, string>,
    });

    expect(response.status).toBe(status);
  });
});

describe('task metadata', () => {
  it('is read by the ECS detector of OpenTelemetry as a Fargate task', async () => {
    const task = running.awsLocal.tasks.find(({ service }) => service === 'notifier');

    const url = `${running.address}/v4/notifier`;
    const attributes = await withEnvironment({ ECS_CONTAINER_METADATA_URI_V4: url }, async () => {
      const detected = Object.entries(awsEcsDetector.detect().attributes ?? {});
      const values = await Promise.all(detected.map(async ([name, value]) => [name, await value] as const));
      return Object.fromEntries(values);
    });

    expect(attributes).toMatchObject({
      'cloud.provider': 'aws',
      'cloud.platform': 'aws_ecs',
      'cloud.account.id': '000000000000',
      'cloud.region': 'us-east-1',
      'cloud.availability_zone': 'us-east-1a',
      'aws.ecs.launchtype': 'fargate',
      'aws.ecs.cluster.arn': 'arn:aws:ecs:us-east-1:000000000000:cluster/signup-lab',
      'aws.ecs.task.arn': `arn:aws:ecs:us-east-1:000000000000:task/signup-lab/${task?.taskId}`,
      'aws.ecs.task.family': 'signup-lab-notifier',
      'aws.ecs.task.revision': '1',
      'aws.log.group.names': ['/ecs/signup-lab-notifier'],
    });
    expect(attributes['aws.ecs.container.arn']).toMatch(
      new RegExp(`^arn:aws:ecs:us-east-1:000000000000:container/signup-lab/${task?.taskId}/[0-9a-f-]{36}$`),
    );
  });

  it('says that task and container run normally', async () => {
    const response = await fetch(`${running.address}/v4/signup-api/task`);

    const task = (await response.json()) as { Containers: unknown[] };
    expect(task).toMatchObject({
      Family: 'signup-lab-signup-api',
      KnownStatus: 'RUNNING',
      LaunchType: 'FARGATE',
    });
    expect(task.Containers).toEqual([expect.objectContaining({ Type: 'NORMAL', KnownStatus: 'RUNNING' })]);
  });

  it('is not there for an unknown service, nor under a foreign host name', async () => {
    expect((await fetch(`${running.address}/v4/other/task`)).status).toBe(404);
    expect(await statusWithHost(`${running.address}/v4/notifier`, 'example.com')).toBe(403);
  });
});

describe('the second listener', () => {
  it('serves credentials, metadata and health, and nothing of the AWS services', async () => {
    const address = running.awsLocal.ecsAddress!;

    const statuses = await Promise.all([
      fetch(credentialsUrl(address)),
      fetch(`${address}/v4/notifier/task`),
      fetch(`${address}/health`),
      fetch(address, { method: 'POST', body: 'Action=GetCallerIdentity' }),
    ]).then((responses) => responses.map((response) => response.status));

    expect(statuses).toEqual([200, 200, 200, 404]);
  });
});
