/** The command line cannot be understood: one sentence, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command could not do its work for a reason the person can act on: its message, exit code 1. */
export class LabError extends Error {
  override readonly name = 'LabError';
}
