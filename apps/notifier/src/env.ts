import { durationMs, portNumber } from '#config';
import { z } from 'zod';

/** What the notifier reads itself; `AWS_*` and `OTEL_*` are read by the SDKs. */
export const envSchema = z.object({
  NOTIFIER_PORT: portNumber(3001),
  NOTIFIER_HOST: z.string().default('127.0.0.1'),
  /** The table's name. */
  SIGNUP_TABLE: z.string().default('signups'),
  SIGNUP_TOPIC_ARN: z
    .string({ error: 'the ARN of the SNS topic is expected' })
    .regex(/^arn:[^:]+:sns:[^:]+:\d{12}:.+$/, { error: 'the ARN of an SNS topic is expected' }),
  SIGNUP_QUEUE_URL: z.url({ protocol: /^https?$/, error: 'the URL of the SQS queue is expected' }),
  /** How long a publish may take in all: fetching credentials and a second attempt included. */
  PUBLISH_TIMEOUT_MS: durationMs(6000, { minMs: 10, maxMs: 7500 }),
  /** How often the relay looks for sign-ups that were left behind. */
  RELAY_INTERVAL_MS: durationMs(5000, { minMs: 10, maxMs: 60_000 }),
  /** From when on a sign-up counts as left behind; longer than any announcement that can still be under way. */
  RELAY_PENDING_AFTER_MS: durationMs(10_000, { minMs: 0, maxMs: 3_600_000 }),
  /** How long a relay keeps others away from a sign-up that it is publishing. */
  RELAY_CLAIM_MS: durationMs(15_000, { minMs: 100, maxMs: 600_000 }),
  /** How long a relayed sign-up may wait in the queue before its message is taken for lost and published again. */
  RELAY_CONFIRM_MS: durationMs(60_000, { minMs: 100, maxMs: 3_600_000 }),
  /** How long SQS holds a poll of the empty queue. */
  CONSUMER_WAIT_SEC: z.coerce
    .number({ error: 'a number of seconds is expected' })
    .int()
    .min(1)
    .max(20)
    .default(20),
});
export type NotifierEnv = Readonly<z.infer<typeof envSchema>>;
