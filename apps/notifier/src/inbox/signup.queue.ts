/** A message as the queue hands it out. */
export interface QueueMessage {
  id: string;
  /** The topic's envelope, or the event itself where the subscription delivers raw. */
  body: string;
  /** The message's own attributes; filled by raw delivery only. */
  attributes: Readonly<Record<string, string>>;
  /** What the queue wants to see again for the message's deletion. */
  receipt: string;
}

/** Port: the queue behind the topic. */
export interface SignupQueue {
  /** What the queue is called in a trace. */
  readonly name: string;

  /**
   * Waits for messages, for at most `waitSec`. One that is not deleted comes back after a few seconds, and after
   * some returns goes to the dead-letter queue.
   */
  receive(options: { maxMessages: number; waitSec: number }, signal: AbortSignal): Promise<QueueMessage[]>;

  delete(message: QueueMessage): Promise<void>;
}

export const SIGNUP_QUEUE = Symbol('SIGNUP_QUEUE');
