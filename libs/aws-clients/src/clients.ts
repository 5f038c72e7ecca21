import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import type { ObservedCredentials } from './observed-credentials.js';

// Region and endpoints are not set here on purpose: the SDK reads AWS_REGION and AWS_ENDPOINT_URL* itself, so that
// the same code runs on a laptop and on ECS.

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

export function createDynamoDbClient(credentials: ObservedCredentials): DynamoDBClient {
  return new DynamoDBClient({ ...LIMITS, credentials: credentials.provider });
}

/** One attempt only: SNS may have taken a message whose answer was lost, and a second one would announce it twice. */
export function createSnsClient(credentials: ObservedCredentials): SNSClient {
  return new SNSClient({ ...LIMITS, maxAttempts: 1, credentials: credentials.provider });
}

export function createSqsClient(credentials: ObservedCredentials): SQSClient {
  return new SQSClient({ ...LONG_POLL_LIMITS, credentials: credentials.provider });
}

export function createStsClient(credentials: ObservedCredentials): STSClient {
  return new STSClient({ ...LIMITS, maxAttempts: 1, credentials: credentials.provider });
}
