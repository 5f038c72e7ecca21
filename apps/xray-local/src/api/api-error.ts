/** An answer other than 200, in X-Ray's words. */
export class XrayApiError extends Error {
  override readonly name: string = 'XrayApiError';
  /** Members that this error has besides its message. */
  readonly members: Readonly<Record<string, string>>;

  constructor(
    /** AWS's name of the error, as `x-amzn-errortype` carries it. */
    readonly code: string,
    readonly status: number,
    message: string,
    options: ErrorOptions & { members?: Readonly<Record<string, string>> } = {},
  ) {
    super(message, options);
    this.members = options.members ?? {};
  }
}

/** The request is missing something, or has something that cannot be. The message names the field and the reason. */
export class InvalidRequestError extends XrayApiError {
  override readonly name = 'InvalidRequestError';

  constructor(message: string, options?: ErrorOptions) {
    super('InvalidRequestException', 400, message, options);
  }
}

/** What the request is about does not exist. */
export class ResourceNotFoundError extends XrayApiError {
  override readonly name = 'ResourceNotFoundError';

  constructor(message: string, resourceName: string) {
    super('ResourceNotFoundException', 404, message, { members: { ResourceName: resourceName } });
  }
}
