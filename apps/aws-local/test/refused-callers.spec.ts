import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { ListTopicsCommand } from '@aws-sdk/client-sns';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ADMINISTRATOR, RunningAwsLocal, type ClientOptions, type Keys } from './running-aws-local.js';

let running: RunningAwsLocal;

beforeAll(async () => {
  running = await RunningAwsLocal.start();
});

beforeEach(() => {
  running.clockOffsetMs = 0;
});

afterAll(() => running.stop());

/** One harmless call of each service. */
const CALLS = {
  dynamodb: (keys: Keys, options?: ClientOptions) =>
    running.dynamoDb(keys, options).send(new ListTablesCommand({})),
  sqs: (keys: Keys, options?: ClientOptions) => running.sqs(keys, options).send(new ListQueuesCommand({})),
  sns: (keys: Keys, options?: ClientOptions) => running.sns(keys, options).send(new ListTopicsCommand({})),
  iam: (keys: Keys, options?: ClientOptions) =>
    running.iam(keys, options).send(new ListRolePoliciesCommand({ RoleName: 'notifier' })),
  sts: (keys: Keys, options?: ClientOptions) =>
    running.sts(keys, options).send(new GetCallerIdentityCommand({})),
};

type Service = keyof typeof CALLS;

interface Refusal {
  name: string;
  message: string;
  code: string | undefined;
  statusCode: number | undefined;
  attempts: number | undefined;
}

async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const error = (await call.then(
    () => new Error('was not refused'),
    (reason: unknown) => reason,
  )) as Error & { Code?: string; $metadata?: { httpStatusCode?: number; attempts?: number } };
  return {
    name: error.name,
    message: error.message,
    code: error.Code,
    statusCode: error.$metadata?.httpStatusCode,
    attempts: error.$metadata?.attempts,
  };
}

/** How clients name a refusal: DynamoDB's by the JSON type, SQS's by the code of its old protocol beside it. */
function expected(service: Service, names: { query: string; json: string }): Partial<Refusal> {
  return service === 'dynamodb'
    ? { name: names.json, statusCode: 400, attempts: 1 }
    : { name: names.query, code: names.query, statusCode: 403, attempts: 1 };
}

describe.each(Object.keys(CALLS) as Service[])('%s', (service) => {
  it('answers a signed call of the administrator', async () => {
    await expect(CALLS[service](ADMINISTRATOR)).resolves.toBeDefined();
  });

  it('refuses a signature made with another secret', async () => {
    const refusal = await refusalOf(CALLS[service]({ ...ADMINISTRATOR, secretAccessKey: 'other' }));

    expect(refusal).toMatchObject(
      expected(service, { query: 'SignatureDoesNotMatch', json: 'InvalidSignatureException' }),
    );
    expect(refusal.message).toMatch(/^The request signature we calculated does not match the signature you/);
  });

  it('refuses a key it has never seen', async () => {
    const refusal = await refusalOf(
      CALLS[service]({ ...ADMINISTRATOR, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }),
    );

    expect(refusal).toMatchObject({
      ...expected(service, { query: 'InvalidClientTokenId', json: 'UnrecognizedClientException' }),
      message: 'The security token included in the request is invalid.',
    });
  });

  it('refuses the credentials of a role once they have expired', async () => {
    const keys = await running.keysOf('notifier');
    running.clockOffsetMs = 121_000;

    expect(await refusalOf(CALLS[service](keys))).toMatchObject({
      ...expected(service, { query: 'ExpiredToken', json: 'ExpiredTokenException' }),
      message: 'The security token included in the request is expired',
    });
  });

  it.each([
    ['without its token', undefined],
    ['with another token', 'IQoJb3JpZ2luX2VjOTHER'],
  ])('refuses a temporary key %s', async (_, token) => {
    const { accessKeyId, secretAccessKey } = await running.keysOf('notifier');
    const keys = { accessKeyId, secretAccessKey, ...(token === undefined ? {} : { sessionToken: token }) };

    expect(await refusalOf(CALLS[service](keys))).toMatchObject(
      expected(service, { query: 'InvalidClientTokenId', json: 'UnrecognizedClientException' }),
    );
  });

  it.each([
    [-16, /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)$/],
    [
      16,
      /^Signature not yet current: \d{8}T\d{6}Z is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 15 min\.\)$/,
    ],
  ])('refuses a clock that is %i minutes off', async (minutes, message) => {
    const options = { systemClockOffset: minutes * 60_000 };

    const refusal = await refusalOf(CALLS[service](ADMINISTRATOR, options));

    expect(refusal).toMatchObject(
      expected(service, { query: 'SignatureDoesNotMatch', json: 'InvalidSignatureException' }),
    );
    expect(refusal.message).toMatch(message);
  });

  it.each([-14, 14])('accepts a clock that is %i minutes off', async (minutes) => {
    const options = { systemClockOffset: minutes * 60_000 };

    await expect(CALLS[service](ADMINISTRATOR, options)).resolves.toBeDefined();
  });

  it('refuses a signature for another region', async () => {
    const refusal = await refusalOf(CALLS[service](ADMINISTRATOR, { region: 'eu-west-1' }));

    expect(refusal).toMatchObject(
      expected(service, { query: 'SignatureDoesNotMatch', json: 'InvalidSignatureException' }),
    );
    expect(refusal.message).toBe("Credential should be scoped to a valid region, not 'eu-west-1'. ");
  });
});

describe('the log', () => {
  it('counts refusals by code, operation and role, and holds no key, token or id', async () => {
    const keys = await running.keysOf('notifier');
    await refusalOf(CALLS.sqs(keys));
    await refusalOf(CALLS.sqs(keys));
    const text = JSON.stringify(running.logLines);

    expect(running.logLines).toContainEqual({
      level: 'warn',
      msg: 'request refused',
      code: 'AccessDenied',
      service: 'sqs',
      operation: 'ListQueues',
      caller: 'notifier',
      count: 1,
    });
    for (const secret of [
      keys.accessKeyId,
      keys.secretAccessKey,
      keys.sessionToken,
      ...Object.values(running.credentialsIds),
    ]) {
      expect(text).not.toContain(secret);
    }
  });
});
