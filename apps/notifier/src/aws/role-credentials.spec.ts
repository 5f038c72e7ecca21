import { describe, expect, it } from '@jest/globals';
import { RoleCredentials, CredentialsUnusableError } from './role-credentials.js';

function awsError(name: string): Error {
  return Object.assign(new Error(`${name} happened`), { name });
}

function setUp() {
  const fetches = { count: 0, failure: undefined as Error | undefined };
  let keyId: string | undefined;
  let state: 'valid' | 'expired' | 'missing' = 'missing';
  let fetching: Promise<string> | undefined;
  const fetchKeyId = async (): Promise<string> => {
    await Promise.resolve();
    fetching = undefined;
    if (fetches.failure) throw fetches.failure;
    fetches.count += 1;
    state = 'valid';
    return (keyId = `KEY${fetches.count}`);
  };
  const credentials = {
    provider: async () => ({
      accessKeyId: keyId ?? (await (fetching ??= fetchKeyId())),
      secretAccessKey: 'secret',
    }),
    discard: () => {
      keyId = undefined;
      state = 'missing';
    },
    status: () => ({
      source: 'container' as const,
      expiresAt: null,
      lastRefreshedAt: null,
      state,
      lastError: null,
    }),
  };
  const expire = (): void => {
    keyId = undefined;
    state = 'expired';
  };
  return { fetches, credentials, expire, role: new RoleCredentials(credentials) };
}

describe('RoleCredentials', () => {
  it('has credentials before the call begins', async () => {
    const { fetches, role } = setUp();

    const fetchesAtCall = await role.use(async () => fetches.count);

    expect(fetchesAtCall).toBe(1);
  });

  it.each(['ExpiredToken', 'ExpiredTokenException', 'InvalidClientTokenId', 'UnrecognizedClientException'])(
    'fetches new ones and calls once more after %s',
    async (name) => {
      const { fetches, role } = setUp();
      const outcomes = [Promise.reject(awsError(name)), Promise.resolve('done')];

      const result = await role.use(() => outcomes.shift() ?? Promise.reject(new Error('a third call')));

      expect({ result, fetches: fetches.count }).toEqual({ result: 'done', fetches: 2 });
    },
  );

  it('does not try a third time', async () => {
    const { fetches, role } = setUp();
    let calls = 0;

    const using = role.use(async () => {
      calls += 1;
      throw awsError('ExpiredToken');
    });

    await expect(using).rejects.toThrow('ExpiredToken happened');
    expect({ calls, fetches: fetches.count }).toEqual({ calls: 2, fetches: 2 });
  });

  it('does not try again after any other error', async () => {
    const { fetches, role } = setUp();

    const using = role.use(() => Promise.reject(awsError('AuthorizationErrorException')));

    await expect(using).rejects.toThrow('AuthorizationErrorException happened');
    expect(fetches.count).toBe(1);
  });

  it('fetches once for calls that are refused together', async () => {
    const { fetches, role } = setUp();
    const call = (): (() => Promise<void>) => {
      let isRefused = true;
      return async () => {
        const wasRefused = isRefused;
        isRefused = false;
        if (wasRefused) throw awsError('ExpiredToken');
      };
    };

    await Promise.all([role.use(call()), role.use(call()), role.use(call())]);

    expect(fetches.count).toBe(2);
  });

  it('says that they are missing when there are none', async () => {
    const { fetches, role } = setUp();
    fetches.failure = new Error('no AWS credentials: connect ECONNREFUSED');

    const using = role.use(async () => 'never');

    await expect(using).rejects.toThrow(CredentialsUnusableError);
    await expect(using).rejects.toMatchObject({
      state: 'missing',
      message: 'no AWS credentials: connect ECONNREFUSED',
    });
  });

  it('says that they have expired when they cannot be refreshed', async () => {
    const { fetches, role, expire } = setUp();
    await role.resolve();
    expire();
    fetches.failure = new Error('connect ECONNREFUSED');

    await expect(role.resolve()).rejects.toMatchObject({ state: 'expired' });
  });

  it('says that they have expired when AWS said so and no new ones can be had', async () => {
    const { fetches, role } = setUp();
    await role.resolve();

    const using = role.use(async () => {
      fetches.failure = new Error('connect ECONNREFUSED');
      throw awsError('ExpiredToken');
    });

    await expect(using).rejects.toMatchObject({ state: 'expired', message: 'connect ECONNREFUSED' });
  });

  it('runs every fetch the way it is told to', async () => {
    const { credentials } = setUp();
    let isInside = false;
    const seen: boolean[] = [];
    const provider = async (): ReturnType<typeof credentials.provider> => {
      seen.push(isInside);
      return credentials.provider();
    };
    const role = new RoleCredentials({ ...credentials, provider }, (fetch) => {
      isInside = true;
      const result = fetch();
      isInside = false;
      return result;
    });

    await role.use(async () => undefined);

    expect(seen).toEqual([true]);
  });
});
