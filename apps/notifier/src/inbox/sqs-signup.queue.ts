import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import type { OnApplicationShutdown } from '@nestjs/common';
import { withoutTracing } from '#telemetry';
import type { RoleCredentials } from '../aws/role-credentials.js';
import type { Clock } from '../timing/clock.js';
import type { QueueMessage, SignupQueue } from './signup.queue.js';

/**
 * Longer than handling a message may take (two attempts at the table and the deletion), and short, because a
 * message that could not be handled is back only after it. Given with each receive, so that the queue's own
 * setting does not matter and no permission to change it later is needed.
 */
const VISIBILITY_TIMEOUT_SEC = 10;
/** The client's own limit is made for long polls. */
const DELETE_TIMEOUT_MS = 3000;
const ANSWER_TIMEOUT_MS = 3000;

export class SqsSignupQueue implements SignupQueue, OnApplicationShutdown {
  readonly name: string;

  constructor(
    private readonly client: SQSClient,
    private readonly credentials: RoleCredentials,
    private readonly queueUrl: string,
    private readonly clock: Clock,
  ) {
    this.name = queueUrl.slice(queueUrl.lastIndexOf('/') + 1);
  }

  async receive(
    options: { maxMessages: number; waitSec: number },
    signal: AbortSignal,
  ): Promise<QueueMessage[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: this.queueUrl,
      MaxNumberOfMessages: options.maxMessages,
      WaitTimeSeconds: options.waitSec,
      VisibilityTimeout: VISIBILITY_TIMEOUT_SEC,
      MessageAttributeNames: ['All'],
    });
    const limit = this.clock.timeout(options.waitSec * 1000 + ANSWER_TIMEOUT_MS);
    // Untraced: most polls find nothing, and each would be a trace of its own.
    const output = await withoutTracing(() =>
      this.credentials.use(() =>
        this.client.send(command, { abortSignal: AbortSignal.any([signal, limit]) }),
      ),
    );
    return (output.Messages ?? []).map(toQueueMessage);
  }

  async delete(message: QueueMessage): Promise<void> {
    const command = new DeleteMessageCommand({ QueueUrl: this.queueUrl, ReceiptHandle: message.receipt });
    const limit = this.clock.timeout(DELETE_TIMEOUT_MS);
    await this.credentials.use(() => this.client.send(command, { abortSignal: limit }));
  }

  onApplicationShutdown(): void {
    this.client.destroy();
  }
}

function toQueueMessage(message: Message): QueueMessage {
  const attributes = Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [
    name,
    value.StringValue ?? '',
  ]);
  return {
    id: message.MessageId ?? '',
    body: message.Body ?? '',
    attributes: Object.fromEntries(attributes) as Record<string, string>,
    receipt: message.ReceiptHandle ?? '',
  };
}
