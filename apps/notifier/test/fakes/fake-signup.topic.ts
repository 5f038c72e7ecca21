import type { SignupEvent } from '#contracts';
import type { SignupTopic } from '../../src/topic/signup.topic.js';

/** A topic that keeps what it is given. */
export class FakeSignupTopic implements SignupTopic {
  readonly published: SignupEvent[] = [];
  attempts = 0;
  /** What the next publish comes to; the default takes the message. */
  behave: (event: SignupEvent, signal: AbortSignal) => Promise<void> | void = () => undefined;

  async publish(event: SignupEvent, signal: AbortSignal): Promise<string> {
    this.attempts += 1;
    await this.behave(event, signal);
    this.published.push(event);
    return `message-${this.published.length}`;
  }
}

/** Settles only when the signal is aborted, with the signal's reason. */
export function hang(signal: AbortSignal): Promise<void> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
