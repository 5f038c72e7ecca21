import { z } from 'zod';

/**
 * An error answer, `application/problem+json`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export const problemSchema = z.object({
  type: z.string().meta({ description: 'A URN that names the kind of problem; programs decide by it.' }),
  title: z
    .string()
    .meta({ description: 'The kind of problem in words; the same for every one of its kind.' }),
  status: z.int().meta({ description: 'The HTTP status of the answer.', minimum: 400, maximum: 599 }),
  detail: z.string().optional().meta({ description: 'What happened this time.' }),
  instance: z.string().optional().meta({ description: 'The path that was asked for, without its query.' }),
  traceId: z
    .string()
    .optional()
    .meta({ description: "The trace in X-Ray's form; absent where the request was not traced." }),
  errors: z
    .array(z.object({ field: z.string(), reason: z.string() }))
    .optional()
    .meta({ description: 'One entry for each field that was refused.' }),
  id: z
    .string()
    .optional()
    .meta({ description: 'The id of a sign-up that was stored although the request failed.' }),
});
export type Problem = z.infer<typeof problemSchema>;

/** The URN of each kind of problem that either service answers with. */
export const problemTypes = {
  invalidRequest: 'urn:signup-lab:problem:invalid-request',
  notFound: 'urn:signup-lab:problem:not-found',
  methodNotAllowed: 'urn:signup-lab:problem:method-not-allowed',
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
