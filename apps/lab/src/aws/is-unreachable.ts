/** The error codes of a server that is not there, on any operating system, and of one that went away. */
const UNREACHABLE_CODES = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
];

interface ErrorShape {
  name?: unknown;
  message?: unknown;
  code?: unknown;
  cause?: unknown;
  errors?: unknown;
}

/**
 * Whether a failed request means that nothing answered: refused, not found, or too late. Looks at the shape of the
 * error and of what it wraps, as fetch, happy eyeballs and the SDK each wrap the error of the socket in their own way.
 */
export function isUnreachable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { name, message, code, cause, errors }: ErrorShape = error;
  if (name === 'TimeoutError') return true;
  const text = `${String(code)} ${String(message)}`;
  if (UNREACHABLE_CODES.some((candidate) => text.includes(candidate))) return true;
  return isUnreachable(cause) || (Array.isArray(errors) && errors.some(isUnreachable));
}
