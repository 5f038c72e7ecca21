import type { SignupEvent } from '#contracts';

/** Port: tells the rest of the world that somebody signed up. */
export interface SignupAnnouncer {
  /** @throws {AnnouncementError} it was not announced, or nobody knows whether it was */
  announce(event: SignupEvent): Promise<void>;
}

export const SIGNUP_ANNOUNCER = Symbol('SIGNUP_ANNOUNCER');

/** The message is a short reason that may be shown to a caller: no ARN, no address, no secret. */
export class AnnouncementError extends Error {
  override readonly name = 'AnnouncementError';
}
