import { z } from 'zod';
import { durationMs, portNumber } from '#config';

/** What signup-api reads itself; `AWS_*` and `OTEL_*` are read by the SDKs. */
export const envSchema = z.object({
  SIGNUP_API_PORT: portNumber(3000),
  SIGNUP_API_HOST: z.string().default('127.0.0.1'),
  SIGNUP_TABLE: z
    .string()
    .regex(/^[\w.-]{3,255}$/, { error: "a table's name is expected" })
    .default('signups'),
  NOTIFIER_URL: httpUrl('http://127.0.0.1:3001'),
  /** How long an announcement may take before the sign-up is answered as not announced. */
  NOTIFIER_TIMEOUT_MS: durationMs(8000, { minMs: 1, maxMs: 60_000 }),
  /** The console that the page links to, here or in an account. */
  SERVICE_MAP_URL: httpUrl('http://localhost:2000/'),
});
export type SignupApiEnv = Readonly<z.infer<typeof envSchema>>;

function httpUrl(defaultUrl: string): z.ZodDefault<z.ZodURL> {
  return z.url({ protocol: /^https?$/, error: 'an http or https URL is expected' }).default(defaultUrl);
}
