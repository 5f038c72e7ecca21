import { problemTypes, type ProblemType } from './problem.js';

/** What is the same for all problems of one type. */
export interface ProblemKind {
  status: number;
  title: string;
  /** What it means to the caller, for the documentation. */
  meaning: string;
  /** Sent as `Retry-After`: the trouble is expected to pass. */
  retryAfterSec?: number;
}

/** Every kind of problem that either service answers with. */
export const problemKinds: Readonly<Record<ProblemType, ProblemKind>> = {
  [problemTypes.invalidRequest]: {
    status: 400,
    title: 'The request is not valid',
    meaning: 'The body cannot be read, or a field is missing or wrong; `errors` names each one.',
  },
  [problemTypes.notFound]: {
    status: 404,
    title: 'There is nothing here',
    meaning: 'The service has no such path, or nothing by this name or id.',
  },
  [problemTypes.methodNotAllowed]: {
    status: 405,
    title: 'This path does not take this method',
    meaning: 'The path is there; `Allow` lists the methods that it takes.',
  },
  [problemTypes.payloadTooLarge]: {
    status: 413,
    title: 'The body is too large',
    meaning: 'A body has at most 64 KiB.',
  },
  [problemTypes.unsupportedMediaType]: {
    status: 415,
    title: 'This content type is not understood',
    meaning: 'A body is JSON or a form.',
  },
  [problemTypes.internal]: {
    status: 500,
    title: 'The service failed',
    meaning: 'Trying again does not help: the service, or what it works with, has to be mended.',
  },
  [problemTypes.notReady]: {
    status: 503,
    title: 'Not ready',
    meaning: 'The process lives, and what it needs cannot be reached.',
    retryAfterSec: 1,
  },
  [problemTypes.alreadySignedUp]: {
    status: 409,
    title: 'This e-mail address has signed up before',
    meaning: 'Nothing was changed.',
  },
  [problemTypes.notAnnounced]: {
    status: 500,
    title: 'The sign-up is stored and could not be announced',
    meaning: 'It will be announced later; signing up again answers 409. `id` says which one it is.',
  },
  [problemTypes.storeUnavailable]: {
    status: 503,
    title: 'The table of the sign-ups is not available',
    meaning: 'The table cannot be reached or is overloaded; nothing was stored.',
    retryAfterSec: 2,
  },
  [problemTypes.notAuthorized]: {
    status: 502,
    title: 'The notifier may not publish to the topic',
    meaning: "SNS refused, because the notifier's role lacks `sns:Publish`.",
  },
  [problemTypes.credentialsExpired]: {
    status: 503,
    title: "The notifier's credentials have expired",
    meaning: 'They could not be renewed: the endpoint that they come from does not answer.',
    // Credentials come back by themselves, as soon as the place they come from answers again.
    retryAfterSec: 5,
  },
  [problemTypes.credentialsMissing]: {
    status: 503,
    title: 'The notifier has no usable credentials',
    meaning: 'None could be fetched, or AWS does not know those that were.',
    retryAfterSec: 5,
  },
  [problemTypes.topicUnreachable]: {
    status: 504,
    title: 'The topic could not be reached',
    meaning: 'SNS did not answer in time; the message may have been published all the same.',
  },
  [problemTypes.publishFailed]: {
    status: 502,
    title: 'The topic did not take the notification',
    meaning: 'SNS answered with an error.',
  },
};
