import { describe, expect, it } from '@jest/globals';
import { loadEnv } from '#config';
import { envSchema } from './env.js';

describe('the environment', () => {
  it('needs nothing on a laptop', () => {
    expect(loadEnv(envSchema, {})).toEqual({
      SIGNUP_API_PORT: 3000,
      SIGNUP_API_HOST: '127.0.0.1',
      SIGNUP_TABLE: 'signups',
      NOTIFIER_URL: 'http://127.0.0.1:3001',
      NOTIFIER_TIMEOUT_MS: 8000,
      SERVICE_MAP_URL: 'http://localhost:2000/',
    });
  });

  it('names every variable that is wrong', () => {
    const load = (): unknown =>
      loadEnv(envSchema, {
        NOTIFIER_URL: 'notifier:3001',
        SERVICE_MAP_URL: 'javascript:alert(1)',
        SIGNUP_TABLE: 'a b',
      });

    expect(load).toThrow(/NOTIFIER_URL: .*SERVICE_MAP_URL: /s);
    expect(load).toThrow(/SIGNUP_TABLE: /);
  });

  it.each(['http://notifier:3001', 'https://notifier.internal/base'])('takes %s for the notifier', (url) => {
    expect(loadEnv(envSchema, { NOTIFIER_URL: url }).NOTIFIER_URL).toBe(url);
  });
});
