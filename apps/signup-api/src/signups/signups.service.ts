import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { SignupRequest, SignupState } from '#contracts';
import { currentTraceHeader } from '#telemetry';
import { AnnouncementError, SIGNUP_ANNOUNCER } from './signup.announcer.js';
import type { SignupAnnouncer } from './signup.announcer.js';
import { SIGNUP_STORE } from './signup.store.js';
import type { SignupStore } from './signup.store.js';

/** The sign-up is stored, and the notifier's relay will announce it later. */
export class NotAnnouncedError extends Error {
  override readonly name = 'NotAnnouncedError';

  constructor(
    readonly id: string,
    cause: unknown,
  ) {
    super(cause instanceof AnnouncementError ? cause.message : 'announcing failed', { cause });
  }
}

@Injectable()
export class SignupsService {
  constructor(
    @Inject(SIGNUP_STORE) private readonly store: SignupStore,
    @Inject(SIGNUP_ANNOUNCER) private readonly announcer: SignupAnnouncer,
  ) {}

  /**
   * Stores first and announces then, so that whatever fails in between leaves a sign-up that can be found and
   * announced later, and never an announcement of something that is not stored.
   *
   * @returns the new sign-up's id
   * @throws {SignupExistsError} and whatever else {@link SignupStore.add} throws
   * @throws {NotAnnouncedError} it is stored all the same
   */
  async signUp(request: SignupRequest): Promise<string> {
    const id = randomUUID();
    const createdAt = new Date();
    // The address is the table's key, by which the notifier finds the item again: one spelling everywhere.
    const signup = { ...request, email: request.email.toLowerCase(), id };
    await this.store.add({ ...signup, createdAt, traceHeader: currentTraceHeader() });
    try {
      await this.announcer.announce({
        type: 'signup.created.v1',
        ...signup,
        createdAt: createdAt.toISOString(),
      });
    } catch (error) {
      throw new NotAnnouncedError(id, error);
    }
    return id;
  }

  find(id: string): Promise<SignupState | undefined> {
    return this.store.findById(id);
  }
}
