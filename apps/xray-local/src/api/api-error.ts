/** An answer other than 200, in X-Ray's words. */
export class XrayApiError extends Error {
  override readonly name: string = 'XrayApiError';

  constructor(
    /** AWS's name of the error, as `x-amzn-errortype` carries it. */
    readonly code: string,
    readonly status: number,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The request is missing something, or has something that cannot be. The message names the field and the reason. */
export class InvalidRequestError extends XrayApiError {
  override readonly name = 'InvalidRequestError';

  constructor(message: string, options?: ErrorOptions) {
    super('InvalidRequestException', 400, message, options);
  }
}
