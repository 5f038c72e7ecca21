import { z } from 'zod';

/** The environment does not fit the schema; the message names every bad variable with its reason. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/**
 * Reads a process's environment into a typed, frozen object.
 *
 * A variable set to an empty string counts as not set, as compose files and `.env` files write it.
 *
 * @param schema one field per variable, coerced and bounded, with defaults where production can have one
 * @throws {EnvironmentError} naming all bad variables at once, so that one start shows everything to mend
 */
export function loadEnv<S extends z.ZodType>(
  schema: S,
  source: Readonly<Record<string, string | undefined>>,
): Readonly<z.infer<S>> {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = schema.safeParse(present);
  if (result.success) return Object.freeze(result.data) as Readonly<z.infer<S>>;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.') || '(all)'}: ${issue.message}`);
  throw new EnvironmentError(`The environment is not usable: ${problems.join('; ')}`);
}

/** A TCP port; 0 lets the system choose a free one. */
export function portNumber(defaultPort: number): z.ZodDefault<z.ZodCoercedNumber> {
  return z.coerce
    .number({ error: 'a port number from 0 to 65535 is expected' })
    .int()
    .min(0)
    .max(65_535)
    .default(defaultPort);
}

/** A duration in whole milliseconds within bounds. */
export function durationMs(
  defaultMs: number,
  bounds: { minMs: number; maxMs: number },
): z.ZodDefault<z.ZodCoercedNumber> {
  return z.coerce
    .number({ error: 'a number of milliseconds is expected' })
    .int()
    .min(bounds.minMs)
    .max(bounds.maxMs)
    .default(defaultMs);
}
