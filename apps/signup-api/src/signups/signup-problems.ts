import { problemTypes } from '#contracts';
import { ProblemException } from '#nest-http';
import { SignupExistsError, StoreRefusedError, StoreUnavailableError } from './signup.store.js';
import { NotAnnouncedError } from './signups.service.js';

/**
 * What the API says about a failure of the use case. The cause stays in the exception, for the trace and the log;
 * whatever is not known here is a bug and is returned as it is.
 */
export function toSignupProblem(error: unknown): unknown {
  const cause = { cause: error };
  if (error instanceof SignupExistsError) {
    return new ProblemException({ type: problemTypes.alreadySignedUp }, cause);
  }
  if (error instanceof NotAnnouncedError) {
    const detail = `It will be announced later. Reason: ${error.message}.`;
    return new ProblemException({ type: problemTypes.notAnnounced, detail, id: error.id }, cause);
  }
  if (error instanceof StoreUnavailableError) {
    const detail = `Try again in a moment. Reason: ${error.message}.`;
    return new ProblemException({ type: problemTypes.storeUnavailable, detail }, cause);
  }
  if (error instanceof StoreRefusedError) {
    const detail = `The table of the sign-ups refused. Trying again does not help. Reason: ${error.message}.`;
    return new ProblemException({ type: problemTypes.internal, detail }, cause);
  }
  return error;
}
