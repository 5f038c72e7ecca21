import type { AwsCredentialIdentity } from '@aws-sdk/types';
import { describe, expect, it } from '@jest/globals';
import { createCredentials, CredentialsMissingError } from './observed-credentials.js';

const START_MS = Date.parse('2026-01-01T00:00:00Z');

function setUp(lifeSec: number | undefined) {
  const clock = { nowMs: START_MS };
  const fetches: { failure?: Error; count: number } = { count: 0 };
  const credentials = createCredentials(
    async () => {
      fetches.count += 1;
      if (fetches.failure) throw fetches.failure;
      const identity: AwsCredentialIdentity & { $source: object } = {
        accessKeyId: `ASIA${fetches.count}`,
        secretAccessKey: 'secret',
        $source: { CREDENTIALS_HTTP: 'z' },
      };
      return lifeSec === undefined
        ? identity
        : { ...identity, expiration: new Date(clock.nowMs + lifeSec * 1000) };
    },
    () => clock.nowMs,
  );
  const keyId = async (): Promise<string> => (await credentials.provider()).accessKeyId;
  return { clock, fetches, credentials, keyId };
}

describe('createCredentials', () => {
  it('fetches on the first use and keeps what it got', async () => {
    const { fetches, keyId } = setUp(3600);

    expect([await keyId(), await keyId()]).toEqual(['ASIA1', 'ASIA1']);
    expect(fetches.count).toBe(1);
  });

  it('refreshes five minutes before the end of an hour', async () => {
    const { clock, keyId } = setUp(3600);
    await keyId();

    clock.nowMs = START_MS + 54 * 60_000;
    expect(await keyId()).toBe('ASIA1');
    clock.nowMs = START_MS + 55 * 60_000;
    expect(await keyId()).toBe('ASIA2');
  });

  it('refreshes at half of a short life', async () => {
    const { clock, keyId } = setUp(120);
    await keyId();

    clock.nowMs = START_MS + 59_999;
    expect(await keyId()).toBe('ASIA1');
    clock.nowMs = START_MS + 60_000;
    expect(await keyId()).toBe('ASIA2');
  });

  it('fetches once for calls that come together', async () => {
    const { fetches, keyId } = setUp(120);

    await Promise.all([keyId(), keyId(), keyId()]);

    expect(fetches.count).toBe(1);
  });

  it('never refreshes credentials without an end', async () => {
    const { clock, fetches, keyId } = setUp(undefined);
    await keyId();

    clock.nowMs += 365 * 86_400_000;
    await keyId();

    expect(fetches.count).toBe(1);
  });

  it('goes on with valid credentials when a refresh fails, and says so', async () => {
    const { clock, fetches, credentials, keyId } = setUp(120);
    await keyId();
    fetches.failure = new Error('connect ECONNREFUSED');

    clock.nowMs = START_MS + 90_000;

    expect(await keyId()).toBe('ASIA1');
    expect(credentials.status()).toMatchObject({ state: 'valid', lastError: 'connect ECONNREFUSED' });
  });

  it('throws CredentialsMissingError when they are expired and none can be fetched', async () => {
    const { clock, fetches, credentials, keyId } = setUp(120);
    await keyId();
    fetches.failure = new Error('connect ECONNREFUSED');

    clock.nowMs = START_MS + 120_000;

    await expect(keyId()).rejects.toThrow(CredentialsMissingError);
    expect(credentials.status().state).toBe('expired');
  });

  it('fetches new ones after the service refused the present ones', async () => {
    const { credentials, keyId } = setUp(3600);
    await keyId();

    credentials.discard();

    expect(credentials.status().state).toBe('missing');
    expect(await keyId()).toBe('ASIA2');
  });

  it('reports source and times and no secret', async () => {
    const { credentials, keyId } = setUp(120);
    expect(credentials.status()).toMatchObject({
      state: 'missing',
      source: 'unknown',
      lastRefreshedAt: null,
    });
    await keyId();

    const status = credentials.status();

    expect(status).toEqual({
      source: 'container',
      expiresAt: new Date(START_MS + 120_000),
      lastRefreshedAt: new Date(START_MS),
      state: 'valid',
      lastError: null,
    });
    expect(JSON.stringify(status)).not.toContain('ASIA');
  });
});
