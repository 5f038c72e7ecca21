import { toText, type JsonObject } from '../protocol/api-message.js';
import type { SqsStore } from './fauxqs-parts.js';

const MAX_WAIT_SEC = 20;

interface Answer {
  readonly statusCode: number;
  readonly body: JsonObject;
}

interface Receiving<A extends Answer> {
  /** One `ReceiveMessage` that answers at once. */
  readonly perform: (input: JsonObject) => Promise<A>;
  /** Fires when the client has gone: nothing is received for it from then on. */
  readonly signal: AbortSignal;
  /** The process stops; those who wait are woken and answered as they are. */
  readonly isStopping: () => boolean;
}

/**
 * Receives messages, waiting for the first one as long as the request or the queue says.
 *
 * fauxqs can wait itself, but then takes the message off the queue even if the client has gone meanwhile, and
 * nobody sees it until its visibility timeout is over.
 */
export async function receiveWithLongPoll<A extends Answer>(
  sqsStore: SqsStore,
  input: JsonObject,
  { perform, signal, isStopping }: Receiving<A>,
): Promise<A> {
  const queue = sqsStore.getQueue(toText(input['QueueUrl']));
  const waitSec = Number(input['WaitTimeSeconds'] ?? queue?.attributes['ReceiveMessageWaitTimeSeconds'] ?? 0);
  // A wait that SQS does not take is fauxqs's to refuse.
  if (queue === undefined || !(waitSec > 0 && waitSec <= MAX_WAIT_SEC)) return perform(input);
  const atOnce = { ...input, WaitTimeSeconds: 0 };
  const deadlineMs = Date.now() + waitSec * 1000;
  for (;;) {
    const answer = await perform(atOnce);
    const remainingMs = deadlineMs - Date.now();
    if (answer.statusCode !== 200 || hasMessages(answer.body)) return answer;
    if (remainingMs <= 0 || signal.aborted || isStopping()) return answer;
    await waitUnlessAborted(queue.waitForMessages(remainingMs / 1000), signal);
    if (signal.aborted) return answer;
  }
}

async function waitUnlessAborted(wait: Promise<void>, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const onAbort = (): void => resolve();
  signal.addEventListener('abort', onAbort, { once: true });
  await Promise.race([wait, promise]);
  signal.removeEventListener('abort', onAbort);
}

function hasMessages(output: JsonObject): boolean {
  const messages = output['Messages'];
  return Array.isArray(messages) && messages.length > 0;
}
