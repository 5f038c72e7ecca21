import { toArn, type Account } from '../account.js';
import type { Permission } from '../gate/permission.js';
import { toText, type JsonObject } from '../protocol/api-message.js';
import { toQueueName } from './queue-url.js';

/** What an SQS call needs: the action on its queue, the same for a batch as for one message. */
export function sqsPermissions(account: Account, operation: string, input: JsonObject): Permission[] {
  const action = operation.replace(/Batch$/, '');
  const queueName = findQueueName(input);
  // A denial shows the action in small letters, and an ARN without a name where a call has no one queue.
  return [
    {
      action: `sqs:${action}`,
      resource: queueName === undefined ? '*' : toArn(account, 'sqs', queueName),
      shownAction: `sqs:${action.toLowerCase()}`,
      shownResource: toArn(account, 'sqs', queueName ?? ''),
    },
  ];
}

function findQueueName(input: JsonObject): string | undefined {
  const { QueueUrl: queueUrl, QueueName: queueName } = input;
  if (queueUrl !== undefined) return toQueueName(toText(queueUrl));
  return queueName === undefined ? undefined : toText(queueName);
}
