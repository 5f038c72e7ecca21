import { describe, expect, it } from '@jest/globals';
import { createReadinessCheck } from './readiness-check.js';

const check = (fields: {
  state?: 'valid' | 'expired' | 'missing';
  lastError?: string;
  isReading?: boolean;
}): Promise<void> => {
  const status = {
    source: 'container' as const,
    expiresAt: null,
    lastRefreshedAt: null,
    state: fields.state ?? 'valid',
    lastError: fields.lastError ?? null,
  };
  return createReadinessCheck({ status: () => status }, { isReading: () => fields.isReading ?? true })();
};

describe('the readiness of the notifier', () => {
  it('is given with credentials and a queue that can be read', async () => {
    await expect(check({})).resolves.toBeUndefined();
  });

  it('does not end because a refresh failed while the credentials are valid', async () => {
    await expect(check({ lastError: 'connect ECONNREFUSED' })).resolves.toBeUndefined();
  });

  it.each([
    [{ state: 'missing' as const, lastError: 'connect ECONNREFUSED' }, /credentials are missing: connect/],
    [{ state: 'expired' as const }, /credentials are expired/],
    [{ isReading: false }, /the queue cannot be read/],
  ])('is refused with %j', async (fields, reason) => {
    await expect(check(fields)).rejects.toThrow(reason);
  });
});
