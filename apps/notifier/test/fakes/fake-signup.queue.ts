import type { QueueMessage, SignupQueue } from '../../src/inbox/signup.queue.js';

interface Poll {
  maxMessages: number;
  waitSec: number;
}

/** A queue that holds a poll of no messages until there are some, or until the poll is aborted. */
export class FakeSignupQueue implements SignupQueue {
  readonly name = 'signups';
  readonly polls: Poll[] = [];
  readonly deleted: string[] = [];
  /** Set to make every poll fail. */
  failure: Error | undefined;
  deleteFailure: Error | undefined;
  private waiting: QueueMessage[] = [];
  private wake: () => void = () => undefined;

  send(...messages: QueueMessage[]): void {
    this.waiting.push(...messages);
    this.wake();
  }

  async receive(options: Poll, signal: AbortSignal): Promise<QueueMessage[]> {
    this.polls.push(options);
    if (this.failure) throw this.failure;
    if (this.waiting.length === 0 && options.waitSec > 0) {
      await new Promise<void>((resolve, reject) => {
        this.wake = resolve;
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      });
    }
    return this.waiting.splice(0, options.maxMessages);
  }

  async delete(message: QueueMessage): Promise<void> {
    await Promise.resolve();
    if (this.deleteFailure) throw this.deleteFailure;
    this.deleted.push(message.id);
  }
}
