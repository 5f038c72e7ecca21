import { StoreRefusedError, StoreUnavailableError } from './signup.store.js';

/** What the SDK puts on the errors it throws; none of it is on every one. */
interface SdkError extends Error {
  code?: string;
  $metadata?: { httpStatusCode?: number };
  $response?: { statusCode?: number };
}

/** From Node, when there is no table to talk to. */
const NETWORK_CODES = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/** Names of errors that pass by themselves: too slow, too many, or no usable credentials just now. */
const PASSING_ERRORS = new Map([
  ['AbortError', 'it did not answer in time'],
  ['TimeoutError', 'it did not answer in time'],
  ['RequestTimeout', 'it did not answer in time'],
  ['ProvisionedThroughputExceededException', 'it is throttled'],
  ['RequestLimitExceeded', 'it is throttled'],
  ['ThrottlingException', 'it is throttled'],
  ['CredentialsMissingError', 'there are no credentials to ask it with'],
  ['CredentialsProviderError', 'there are no credentials to ask it with'],
  ['ExpiredTokenException', 'the credentials to ask it with have expired'],
  ['UnrecognizedClientException', 'the credentials to ask it with are not known'],
]);

/** Refusals that somebody has to mend, in words that may be shown: AWS's own carry ARNs. */
const REFUSALS = new Map([
  ['AccessDeniedException', 'signup-api is not allowed to use it'],
  ['ResourceNotFoundException', 'it does not exist'],
  ['InvalidSignatureException', 'the signature was not accepted'],
]);

/**
 * Sorts what a DynamoDB call failed with into {@link StoreUnavailableError} (later may be better) and
 * {@link StoreRefusedError} (later is no better). Anything else is returned as it is: it is a bug of ours.
 */
export function explainDynamoError(error: unknown): unknown {
  const { name = '', code, $metadata, $response } = (error ?? {}) as Partial<SdkError>;
  const status = $metadata?.httpStatusCode ?? $response?.statusCode;
  const passing = PASSING_ERRORS.get(name) ?? explainOutage(code, status);
  if (passing) return new StoreUnavailableError(passing, { cause: error });
  if (status === undefined) return error;
  return new StoreRefusedError(`${REFUSALS.get(name) ?? 'it refused the request'} (${name})`, {
    cause: error,
  });
}

function explainOutage(code: string | undefined, status: number | undefined): string | undefined {
  if (code !== undefined && NETWORK_CODES.has(code)) return 'it cannot be reached';
  if (status !== undefined && status >= 500) return `it answered ${status}`;
  return undefined;
}
