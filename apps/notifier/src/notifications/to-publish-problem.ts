import { problemTypes } from '#contracts';
import type { ProblemType } from '#contracts';
import { ProblemException } from '#nest-http';
import type { PublishError, PublishFailure } from '../topic/publish-error.js';

/** One kind of problem for each reason that a person would mend in a different place, before AWS's own words. */
const PROBLEMS: Readonly<Record<PublishFailure, { type: ProblemType; explanation: string }>> = {
  'not-authorized': { type: problemTypes.notAuthorized, explanation: 'SNS refused' },
  'credentials-expired': {
    type: problemTypes.credentialsExpired,
    explanation: 'They could not be renewed',
  },
  'credentials-missing': { type: problemTypes.credentialsMissing, explanation: 'None could be used' },
  unreachable: { type: problemTypes.topicUnreachable, explanation: 'SNS did not answer' },
  rejected: { type: problemTypes.publishFailed, explanation: 'SNS answered with an error' },
  failed: { type: problemTypes.publishFailed, explanation: 'SNS answered with an error' },
};

export function toPublishProblem(error: PublishError): ProblemException {
  const { type, explanation } = PROBLEMS[error.failure];
  return new ProblemException({ type, detail: `${explanation}: ${error.message}` }, { cause: error });
}
