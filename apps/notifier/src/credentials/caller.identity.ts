/** Port: asks AWS whom it takes us for. */
export interface CallerIdentity {
  /** @returns the ARN that the credentials act as */
  whoAmI(signal: AbortSignal): Promise<string>;
}

export const CALLER_IDENTITY = Symbol('CALLER_IDENTITY');
