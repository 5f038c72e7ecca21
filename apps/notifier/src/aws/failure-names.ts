/** The SDK's errors, and those of the connection below it, tell their kind by `name` or by `code`. */
const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired']);
/** AWS does not know the key: a session that has been revoked, or one of a local AWS that was started anew. */
const UNKNOWN_KEY = new Set(['InvalidClientTokenId', 'UnrecognizedClientException', 'InvalidAccessKeyId']);
const NOT_FOUND_LOCALLY = new Set(['CredentialsMissingError', 'CredentialsProviderError', 'ProviderError']);
const UNREACHABLE_CODES = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);
/** `AbortError` and the platform's `TimeoutError` come from our own time limits, the SDK's from its limits. */
const UNREACHABLE_NAMES = new Set(['AbortError', 'RequestTimeout', 'TimeoutError']);
/** The request has not left this machine: nothing can have been done by it. */
const NEVER_CONNECTED = new Set(['EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND']);
const MAX_CAUSES = 4;

export const isExpiredCredentials = (error: unknown): boolean => EXPIRED.has(nameOf(error));

export const isUnknownKey = (error: unknown): boolean => UNKNOWN_KEY.has(nameOf(error));

export const isMissingCredentials = (error: unknown): boolean => NOT_FOUND_LOCALLY.has(nameOf(error));

/** SNS says `AuthorizationError` where the other services say `AccessDenied…`. */
export function isDenied(error: unknown): boolean {
  const name = nameOf(error);
  return name.startsWith('AuthorizationError') || name.startsWith('AccessDenied');
}

export function isUnreachable(error: unknown): boolean {
  return UNREACHABLE_NAMES.has(nameOf(error)) || codesOf(error).some((code) => UNREACHABLE_CODES.has(code));
}

export function hasNeverConnected(error: unknown): boolean {
  return codesOf(error).some((code) => NEVER_CONNECTED.has(code));
}

/** The HTTP status that AWS answered with; undefined when there was no answer. */
export function httpStatusOf(error: unknown): number | undefined {
  const metadata = (error as { $metadata?: { httpStatusCode?: unknown } } | undefined)?.$metadata;
  return typeof metadata?.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}

/**
 * The first line of an error's message.
 *
 * The first only, because a refused signature is explained in further lines that repeat the request's headers,
 * the session token among them.
 */
export function firstLineOf(error: unknown): string {
  const message = textOf(error, 'message') ?? String(error);
  const line = message.split('\n', 1)[0]?.trim();
  // A connection that fails on every address of a host is an AggregateError without a message.
  return line || codesOf(error)[0] || nameOf(error) || 'no reason given';
}

export function nameOf(error: unknown): string {
  return textOf(error, 'name') ?? '';
}

function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let current = error, depth = 0; current && depth < MAX_CAUSES; depth += 1) {
    const code = textOf(current, 'code');
    if (code !== undefined) codes.push(code);
    current = (current as { cause?: unknown }).cause;
  }
  return codes;
}

/** Not by `instanceof Error`, because errors that come from another realm, such as a test's, are not. */
function textOf(error: unknown, property: 'code' | 'message' | 'name'): string | undefined {
  const value = (error as Record<string, unknown> | null | undefined)?.[property];
  return typeof value === 'string' ? value : undefined;
}
