import { z } from 'zod';

/**
 * An error answer, `application/problem+json`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export const problemSchema = z.object({
  /** A URN that names the kind of problem; programs decide by it. */
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  /** The path that was asked for. */
  instance: z.string().optional(),
  /** In X-Ray's form; absent where the request was not traced. */
  traceId: z.string().optional(),
  /** One entry per field that was refused. */
  errors: z.array(z.object({ field: z.string(), reason: z.string() })).optional(),
  /** The id of a sign-up that was stored although the request failed. */
  id: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** The kinds of problem both services know, as the last part of their URN. */
export const problemTypes = {
  invalidRequest: 'urn:signup-lab:problem:invalid-request',
  notFound: 'urn:signup-lab:problem:not-found',
  payloadTooLarge: 'urn:signup-lab:problem:payload-too-large',
  unsupportedMediaType: 'urn:signup-lab:problem:unsupported-media-type',
  internal: 'urn:signup-lab:problem:internal',
  notReady: 'urn:signup-lab:problem:not-ready',
  // signup-api
  alreadySignedUp: 'urn:signup-lab:problem:already-signed-up',
  notAnnounced: 'urn:signup-lab:problem:not-announced',
  storeUnavailable: 'urn:signup-lab:problem:store-unavailable',
  // notifier
  notAuthorized: 'urn:signup-lab:problem:not-authorized-to-publish',
  credentialsExpired: 'urn:signup-lab:problem:credentials-expired',
  credentialsMissing: 'urn:signup-lab:problem:credentials-missing',
  topicUnreachable: 'urn:signup-lab:problem:topic-unreachable',
  publishFailed: 'urn:signup-lab:problem:publish-failed',
} as const;
export type ProblemType = (typeof problemTypes)[keyof typeof problemTypes];
