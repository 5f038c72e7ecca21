import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { STSClient } from '@aws-sdk/client-sts';
import type { ObservedCredentials } from './observed-credentials.js';

// Region and endpoints are not set here on purpose: the SDK reads AWS_REGION and AWS_ENDPOINT_URL* itself, so that
// the same code runs on a laptop and on ECS. Each SDK package is loaded by the service that makes a client of it alone.

/** Time limits of one call; two attempts stay well below the 8 s that signup-api waits for the notifier. */
const LIMITS = {
  maxAttempts: 2,
  // Nothing adds middleware later, and resolving the stack anew for each call is the costliest part of tracing one.
  cacheMiddleware: true,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 2500, throwOnRequestTimeout: true },
};

/** SQS holds a long poll for up to 20 s before it answers. */
const LONG_POLL_LIMITS = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 25_000, throwOnRequestTimeout: true },
};

export async function createDynamoDbClient(credentials: ObservedCredentials): Promise<DynamoDBClient> {
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  return new DynamoDBClient({ ...LIMITS, credentials: credentials.provider });
}

/** One attempt only: SNS may have taken a message whose answer was lost, and a second one would announce it twice. */
export async function createSnsClient(credentials: ObservedCredentials): Promise<SNSClient> {
  const { SNSClient } = await import('@aws-sdk/client-sns');
  return new SNSClient({ ...LIMITS, maxAttempts: 1, credentials: credentials.provider });
}

export async function createSqsClient(credentials: ObservedCredentials): Promise<SQSClient> {
  const { SQSClient } = await import('@aws-sdk/client-sqs');
  return new SQSClient({ ...LONG_POLL_LIMITS, credentials: credentials.provider });
}

export async function createStsClient(credentials: ObservedCredentials): Promise<STSClient> {
  const { STSClient } = await import('@aws-sdk/client-sts');
  return new STSClient({ ...LIMITS, maxAttempts: 1, credentials: credentials.provider });
}
