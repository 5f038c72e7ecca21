import { problemTypes } from '#contracts';
import type { ProblemType } from '#contracts';
import { ProblemException } from '#nest-http';
import type { PublishError, PublishFailure } from '../topic/publish-error.js';

interface PublishProblem {
  type: ProblemType;
  status: 502 | 503 | 504;
  title: string;
  /** What comes before AWS's own words. */
  explanation: string;
  retryAfterSec?: number;
}

/** Credentials come back by themselves, as soon as the place they come from answers again. */
const CREDENTIALS_RETRY_SEC = 5;

const publishFailed: PublishProblem = {
  type: problemTypes.publishFailed,
  status: 502,
  title: 'The topic did not take the notification',
  explanation: 'SNS answered with an error',
};

/** One kind of problem for each reason that a person would mend in a different place. */
const PROBLEMS: Readonly<Record<PublishFailure, PublishProblem>> = {
  'not-authorized': {
    type: problemTypes.notAuthorized,
    status: 502,
    title: 'The notifier may not publish to the topic',
    explanation: 'SNS refused',
  },
  'credentials-expired': {
    type: problemTypes.credentialsExpired,
    status: 503,
    title: "The notifier's credentials have expired",
    explanation: 'They could not be renewed',
    retryAfterSec: CREDENTIALS_RETRY_SEC,
  },
  'credentials-missing': {
    type: problemTypes.credentialsMissing,
    status: 503,
    title: 'The notifier has no usable credentials',
    explanation: 'None could be used',
    retryAfterSec: CREDENTIALS_RETRY_SEC,
  },
  unreachable: {
    type: problemTypes.topicUnreachable,
    status: 504,
    title: 'The topic could not be reached',
    explanation: 'SNS did not answer',
  },
  rejected: publishFailed,
  failed: publishFailed,
};

export function toPublishProblem(error: PublishError): ProblemException {
  const { explanation, ...problem } = PROBLEMS[error.failure];
  return new ProblemException({ ...problem, detail: `${explanation}: ${error.message}` }, { cause: error });
}
