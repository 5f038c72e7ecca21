import type { SignupEvent } from '#contracts';

/** A sign-up that has not been announced, as far as the table knows. */
export interface PendingSignup {
  event: SignupEvent;
  /** `Root=…;Parent=…;Sampled=…` of the request that made it; undefined when that was not traced. */
  traceHeader: string | undefined;
}

/** Whose turn it is to publish a pending sign-up, and until when. */
export interface Claim {
  email: string;
  until: Date;
}

/** Port: the table of sign-ups, as far as the notifier needs it. */
export interface SignupTable {
  /**
   * Marks a sign-up as notified; doing it twice changes nothing.
   *
   * @returns `unknown` when there is no such sign-up
   */
  markNotified(signup: { email: string; id: string }, at: Date): Promise<'notified' | 'unknown'>;

  /** Sign-ups pending since before a time that nobody has a claim on, in no order. */
  findPending(search: PendingSearch, signal: AbortSignal): Promise<PendingSignup[]>;

  /**
   * Takes the right to publish a pending sign-up.
   *
   * @returns undefined when it is not pending any more, or somebody else has the right
   */
  claim(
    signup: { email: string; id: string },
    period: { now: Date; until: Date },
  ): Promise<Claim | undefined>;

  /** Makes a claim end at another time; does nothing when the claim or the sign-up's being pending has ended. */
  moveEnd(claim: Claim, until: Date): Promise<void>;

  /** Gives a claim back; does nothing when it has ended. */
  release(claim: Claim): Promise<void>;
}

export interface PendingSearch {
  pendingBefore: Date;
  /** Claims that ended before this time do not count. */
  now: Date;
  limit: number;
}

export const SIGNUP_TABLE = Symbol('SIGNUP_TABLE');
