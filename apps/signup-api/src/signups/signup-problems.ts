import { problemTypes } from '#contracts';
import { ProblemException } from '#nest-http';
import { SignupExistsError, StoreRefusedError, StoreUnavailableError } from './signup.store.js';
import { NotAnnouncedError } from './signups.service.js';

const RETRY_AFTER_SEC = 2;

/**
 * What the API says about a failure of the use case. The cause stays in the exception, for the trace and the log;
 * whatever is not known here is a bug and is returned as it is.
 */
export function toSignupProblem(error: unknown): unknown {
  const cause = { cause: error };
  if (error instanceof SignupExistsError) {
    const title = 'This e-mail address has signed up before';
    return new ProblemException({ type: problemTypes.alreadySignedUp, status: 409, title }, cause);
  }
  if (error instanceof NotAnnouncedError) {
    const title = 'The sign-up is stored and could not be announced';
    const detail = `It will be announced later. Reason: ${error.message}.`;
    return new ProblemException(
      { type: problemTypes.notAnnounced, status: 500, title, detail, id: error.id },
      cause,
    );
  }
  if (error instanceof StoreUnavailableError) {
    const title = 'The table of the sign-ups is not available';
    const detail = `Try again in a moment. Reason: ${error.message}.`;
    const retryAfterSec = RETRY_AFTER_SEC;
    return new ProblemException(
      { type: problemTypes.storeUnavailable, status: 503, title, detail, retryAfterSec },
      cause,
    );
  }
  if (error instanceof StoreRefusedError) {
    const title = 'The table of the sign-ups refused';
    const detail = `Trying again does not help. Reason: ${error.message}.`;
    return new ProblemException({ type: problemTypes.internal, status: 500, title, detail }, cause);
  }
  return error;
}
