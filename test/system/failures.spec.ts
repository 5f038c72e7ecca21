import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  postSignup,
  signupStatus,
  startTcpProxy,
  startTestStack,
  waitFor,
  type TcpProxy,
  type TestStack,
} from '#testing';

const SESSION_SEC = 3;

async function expectNotifiedLater(stack: TestStack, id: unknown): Promise<void> {
  await waitFor('the late announcement', async () => (await signupStatus(stack, id)) === 'notified', {
    timeoutMs: 30_000,
  });
}

describe('when the notifier is gone', () => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await startTestStack();
  }, 30_000);
  afterAll(() => stack?.stop());

  it('keeps the sign-up, says so, and announces it when the notifier is back', async () => {
    await stack.kill('notifier');

    const { status, body } = await postSignup(stack);
    expect(status).toBe(500);
    expect(body).toMatchObject({ type: 'urn:signup-lab:problem:not-announced', id: expect.any(String) });
    expect(await signupStatus(stack, body['id'])).toBe('pending');

    await stack.restart('notifier');
    await expectNotifiedLater(stack, body['id']);
  }, 60_000);

  it('answers 503 with Retry-After when the table is gone, and works again afterwards', async () => {
    await stack.kill('aws-local');

    const { status, body, headers } = await postSignup(stack);

    expect(status).toBe(503);
    expect(body).toMatchObject({ type: 'urn:signup-lab:problem:store-unavailable' });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    await stack.restart('aws-local');
    await waitFor('the table', async () => (await postSignup(stack)).status === 201, { timeoutMs: 20_000 });
  }, 60_000);
});

describe('when what the notifier needs cannot be reached', () => {
  let stack: TestStack;
  let sns: TcpProxy;
  let credentials: TcpProxy;

  beforeAll(async () => {
    stack = await startTestStack(async ({ addresses, environments }) => {
      sns = await startTcpProxy(addresses.awsLocal);
      credentials = await startTcpProxy(addresses.awsLocal);
      const credentialsUrl = environments.notifier['AWS_CONTAINER_CREDENTIALS_FULL_URI'] ?? '';
      return {
        'aws-local': { AWS_LOCAL_SESSION_SEC: String(SESSION_SEC) },
        notifier: {
          AWS_ENDPOINT_URL_SNS: sns.url,
          AWS_CONTAINER_CREDENTIALS_FULL_URI: credentialsUrl.replace(addresses.awsLocal, credentials.url),
        },
      };
    });
  }, 60_000);
  afterEach(() => {
    sns.become('open');
    credentials.become('open');
  });
  afterAll(async () => {
    await stack?.stop();
    await sns?.close();
    await credentials?.close();
  });

  it('announces later what SNS refused to connect for', async () => {
    sns.become('refused');

    const { status, body } = await postSignup(stack);
    expect(status).toBe(500);

    sns.become('open');
    await expectNotifiedLater(stack, body['id']);
  }, 60_000);

  it('answers in time when SNS accepts and never answers', async () => {
    sns.become('silent');

    const { status, body } = await postSignup(stack);
    expect(status).toBe(500);

    sns.become('open');
    await expectNotifiedLater(stack, body['id']);
  }, 60_000);

  it('loses nothing when the notifier dies between PutItem and Publish', async () => {
    sns.become('silent');
    const before = sns.connectionCount();
    const answer = postSignup(stack);
    await waitFor('the Publish to be under way', () => sns.connectionCount() > before);

    await stack.kill('notifier');

    const { status, body } = await answer;
    expect(status).toBe(500);
    sns.become('open');
    await stack.restart('notifier');
    await expectNotifiedLater(stack, body['id']);
  }, 60_000);

  it('says that credentials are missing when they have expired and none can be fetched', async () => {
    expect((await postSignup(stack)).status).toBe(201);
    credentials.become('refused');
    const report = async (): Promise<Record<string, unknown>> => {
      const response = await fetch(`${stack.addresses.notifier}/credentials`, {
        signal: AbortSignal.timeout(8000),
      });
      return (await response.json()) as Record<string, unknown>;
    };
    await waitFor('the credentials to expire', async () => (await report())['state'] !== 'valid', {
      timeoutMs: 15_000,
    });

    const { status, body } = await postSignup(stack);
    expect(status).toBe(500);
    expect(String(body['detail'])).toMatch(/credentials/i);

    credentials.become('open');
    await expectNotifiedLater(stack, body['id']);
    expect((await report())['state']).toBe('valid');
  }, 90_000);
});
