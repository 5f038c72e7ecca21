import type { SignupEvent } from '#contracts';

/** Port: the topic that sign-ups are announced on. */
export interface SignupTopic {
  /**
   * @returns the id that the topic gave to the message
   * @throws {PublishError}
   */
  publish(event: SignupEvent, signal: AbortSignal): Promise<string>;
}

/** For requests: each of their calls is to be seen in the request's trace, the fetch of credentials too. */
export const REQUEST_TOPIC = Symbol('REQUEST_TOPIC');
/** For the relay, whose credentials are fetched outside of any trace. */
export const RELAY_TOPIC = Symbol('RELAY_TOPIC');
