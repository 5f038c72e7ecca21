import { loadEnv } from '#config';
import { describe, expect, it } from '@jest/globals';
import { envSchema } from './env.js';

const required = {
  SIGNUP_TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:signups',
  SIGNUP_QUEUE_URL: 'http://127.0.0.1:4566/000000000000/signups',
};

describe('the environment of the notifier', () => {
  it('needs topic and queue, and has a default for the rest', () => {
    expect(loadEnv(envSchema, required)).toEqual({
      ...required,
      NOTIFIER_PORT: 3001,
      NOTIFIER_HOST: '127.0.0.1',
      SIGNUP_TABLE: 'signups',
      PUBLISH_TIMEOUT_MS: 6000,
      RELAY_INTERVAL_MS: 5000,
      RELAY_PENDING_AFTER_MS: 10_000,
      RELAY_CLAIM_MS: 15_000,
      RELAY_CONFIRM_MS: 60_000,
      CONSUMER_WAIT_SEC: 20,
    });
  });

  it('names both when both are missing', () => {
    const load = (): unknown => loadEnv(envSchema, {});

    expect(load).toThrow(/SIGNUP_TOPIC_ARN: the ARN of the SNS topic is expected/);
    expect(load).toThrow(/SIGNUP_QUEUE_URL: the URL of the SQS queue is expected/);
  });

  it.each([
    ['SIGNUP_TOPIC_ARN', 'signups'],
    ['SIGNUP_TOPIC_ARN', 'arn:aws:sqs:us-east-1:000000000000:signups'],
    ['SIGNUP_QUEUE_URL', 'signups'],
    ['CONSUMER_WAIT_SEC', '21'],
    ['PUBLISH_TIMEOUT_MS', '8000'],
  ])('refuses %s=%s', (name, value) => {
    expect(() => loadEnv(envSchema, { ...required, [name]: value })).toThrow(name);
  });
});
