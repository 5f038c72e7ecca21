import { CredentialsUnusableError } from '../aws/role-credentials.js';
import {
  firstLineOf,
  hasNeverConnected,
  httpStatusOf,
  isDenied,
  isExpiredCredentials,
  isMissingCredentials,
  isUnknownKey,
  isUnreachable,
  nameOf,
} from '../aws/failure-names.js';

export type PublishFailure =
  | 'not-authorized'
  | 'credentials-expired'
  | 'credentials-missing'
  | 'unreachable'
  /** The topic does not take this very message. */
  | 'rejected'
  | 'failed';

/** A sign-up was not published, or nobody knows whether it was. */
export class PublishError extends Error {
  override readonly name = 'PublishError';

  constructor(
    readonly failure: PublishFailure,
    message: string,
    options?: ErrorOptions & { mayBePublished?: boolean },
  ) {
    super(message, options);
    this.mayBePublished = options?.mayBePublished ?? false;
  }

  /** No answer does not mean not done: the topic may have taken the message. */
  readonly mayBePublished: boolean;
}

/** Tells apart why a publish failed, from what the SDK throws. */
export function toPublishError(error: unknown): PublishError {
  if (error instanceof PublishError) return error;
  const failure = failureOf(error);
  const status = httpStatusOf(error);
  const mayBePublished =
    (failure === 'unreachable' && !hasNeverConnected(error)) ||
    (failure === 'failed' && (status ?? 500) >= 500);
  return new PublishError(failure, firstLineOf(error), { cause: error, mayBePublished });
}

function failureOf(error: unknown): PublishFailure {
  if (error instanceof CredentialsUnusableError) {
    return error.state === 'expired' ? 'credentials-expired' : 'credentials-missing';
  }
  if (isDenied(error)) return 'not-authorized';
  if (isExpiredCredentials(error)) return 'credentials-expired';
  if (isUnknownKey(error) || isMissingCredentials(error)) return 'credentials-missing';
  if (isUnreachable(error)) return 'unreachable';
  return nameOf(error).startsWith('InvalidParameter') ? 'rejected' : 'failed';
}
