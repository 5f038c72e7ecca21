/** Why there is no answer: nothing listens, it took too long, the request is wrong, or the server failed. */
export type XrayRequestProblem = 'unreachable' | 'timeout' | 'refused' | 'failed';

/** A call of the X-Ray API had no good answer; the message is for people. */
export class XrayRequestError extends Error {
  override readonly name = 'XrayRequestError';

  constructor(
    readonly problem: XrayRequestProblem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
