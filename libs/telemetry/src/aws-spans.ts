import { AwsInstrumentation } from '@opentelemetry/instrumentation-aws-sdk';

/**
 * Spans for AWS SDK calls that fill the `aws` block of their subsegment.
 *
 * The exporter reads `aws.region`, `aws.request_id` and `aws.queue_url`; the instrumentation writes
 * `cloud.region`, `aws.request.id` (and none when a call fails) and no queue URL.
 */
export function createAwsInstrumentation(): AwsInstrumentation {
  return new AwsInstrumentation({
    // The fetch of credentials happens inside the first call, and is one of the things to be seen.
    suppressInternalInstrumentation: false,
    preRequestHook: (span, { request }) => {
      if (request.region) span.setAttribute('aws.region', request.region);
      const queueUrl: unknown = request.commandInput['QueueUrl'];
      if (typeof queueUrl === 'string') span.setAttribute('aws.queue_url', queueUrl);
    },
    responseHook: (span, { response }) => {
      if (response.requestId) span.setAttribute('aws.request_id', response.requestId);
    },
    exceptionHook: (span, _request, error) => {
      const requestId = requestIdOf(error);
      if (requestId) span.setAttribute('aws.request_id', requestId);
    },
  });
}

function requestIdOf(error: unknown): string | undefined {
  const metadata = (error as { $metadata?: { requestId?: unknown } } | undefined)?.$metadata;
  return typeof metadata?.requestId === 'string' ? metadata.requestId : undefined;
}
