import { z } from 'zod';

/** The answer of the notifier's `GET /credentials`: which credentials it works with, never a secret. */
export const credentialsReportSchema = z.object({
  /** Where the SDK found them. */
  source: z.enum([
    'container',
    'environment',
    'profile',
    'sso',
    'web-identity',
    'instance',
    'process',
    'unknown',
  ]),
  /** The ARN the credentials act as, or null where it could not be asked for. */
  role: z.string().nullable(),
  /** Null for credentials that do not expire. */
  expiresAt: z.iso.datetime().nullable(),
  lastRefreshedAt: z.iso.datetime().nullable(),
  state: z.enum(['valid', 'expired', 'missing']),
  /** Why the last attempt to fetch credentials failed; null when it succeeded. */
  lastError: z.string().nullable(),
});
export type CredentialsReport = z.infer<typeof credentialsReportSchema>;
