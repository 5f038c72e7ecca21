import type { Account } from '../account.js';
import { toText, type JsonObject } from '../protocol/api-message.js';

/** The queue's name: the last part of its URL's path. */
export function toQueueName(queueUrl: string): string {
  const path = queueUrl.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/[?#].*$/, '');
  return path.split('/').findLast((part) => part !== '') ?? '';
}

/**
 * Names the queue of a request in the one way that the gate has checked: fauxqs reads a region from some host
 * names and would then look for another queue.
 */
export function toEngineQueueUrl(account: Account, input: JsonObject): JsonObject {
  const queueUrl = input['QueueUrl'];
  if (typeof queueUrl !== 'string') return input;
  return { ...input, QueueUrl: `http://localhost/${account.accountId}/${toQueueName(queueUrl)}` };
}

/** Shows queue URLs with the host that the caller used, whichever it was when the queue was made. */
export function toAnsweredQueueUrls(output: JsonObject, host: string): JsonObject {
  const toCallersUrl = (queueUrl: unknown): string => {
    const path = toText(queueUrl).replace(/^[a-z]+:\/\/[^/]*/i, '');
    return `http://${host}${path}`;
  };
  const { QueueUrl: queueUrl, QueueUrls: queueUrls } = output;
  return {
    ...output,
    ...(queueUrl === undefined ? {} : { QueueUrl: toCallersUrl(queueUrl) }),
    ...(Array.isArray(queueUrls) ? { QueueUrls: queueUrls.map(toCallersUrl) } : {}),
  };
}
