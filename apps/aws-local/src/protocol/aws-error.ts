/** One kind of failure: its name in either protocol and its usual HTTP status. */
interface ErrorKind {
  /** `<Code>` of the query protocol, and the code in SQS's `x-amzn-query-error`. */
  readonly queryCode: string;
  /** `__type` of the JSON protocol, without its namespace. */
  readonly jsonCode: string;
  readonly statusCode: number;
}

const KINDS = {
  AccessDenied: { queryCode: 'AccessDenied', jsonCode: 'AccessDeniedException', statusCode: 403 },
  ExpiredToken: { queryCode: 'ExpiredToken', jsonCode: 'ExpiredTokenException', statusCode: 403 },
  IncompleteSignature: {
    queryCode: 'IncompleteSignature',
    jsonCode: 'IncompleteSignatureException',
    statusCode: 403,
  },
  InternalFailure: { queryCode: 'InternalFailure', jsonCode: 'InternalFailure', statusCode: 500 },
  InvalidAction: { queryCode: 'InvalidAction', jsonCode: 'UnknownOperationException', statusCode: 400 },
  InvalidClientTokenId: {
    queryCode: 'InvalidClientTokenId',
    jsonCode: 'UnrecognizedClientException',
    statusCode: 403,
  },
  LimitExceeded: { queryCode: 'LimitExceeded', jsonCode: 'LimitExceededException', statusCode: 409 },
  MalformedPolicyDocument: {
    queryCode: 'MalformedPolicyDocument',
    jsonCode: 'MalformedPolicyDocumentException',
    statusCode: 400,
  },
  MissingAuthenticationToken: {
    queryCode: 'MissingAuthenticationToken',
    jsonCode: 'MissingAuthenticationTokenException',
    statusCode: 403,
  },
  MissingParameter: {
    queryCode: 'MissingParameter',
    jsonCode: 'MissingRequiredParameterException',
    statusCode: 400,
  },
  NoSuchEntity: { queryCode: 'NoSuchEntity', jsonCode: 'NoSuchEntityException', statusCode: 404 },
  RequestEntityTooLarge: {
    queryCode: 'RequestEntityTooLarge',
    jsonCode: 'RequestEntityTooLargeException',
    statusCode: 413,
  },
  SerializationException: {
    queryCode: 'MalformedInput',
    jsonCode: 'SerializationException',
    statusCode: 400,
  },
  SignatureDoesNotMatch: {
    queryCode: 'SignatureDoesNotMatch',
    jsonCode: 'InvalidSignatureException',
    statusCode: 403,
  },
  ValidationError: { queryCode: 'ValidationError', jsonCode: 'ValidationException', statusCode: 400 },
} as const satisfies Record<string, ErrorKind>;

/** The failures that the gate and the small services of this emulator answer with. */
export type AwsErrorName = keyof typeof KINDS;

/** A refusal in AWS's words; `renderError` gives it the form of the caller's protocol. */
export class AwsError extends Error {
  override readonly name = 'AwsError';

  constructor(
    readonly kind: AwsErrorName,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  get queryCode(): string {
    return KINDS[this.kind].queryCode;
  }

  get jsonCode(): string {
    return KINDS[this.kind].jsonCode;
  }

  get statusCode(): number {
    return KINDS[this.kind].statusCode;
  }
}
