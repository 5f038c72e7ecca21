import type { SignupRequest, SignupState } from '#contracts';

/** A sign-up as it is first stored: not yet announced. */
export interface NewSignup extends SignupRequest {
  id: string;
  createdAt: Date;
  /** `Root=…;Parent=…;Sampled=…` of the request that made it; undefined when that was not traced. */
  traceHeader: string | undefined;
}

/** Port: where sign-ups are kept. */
export interface SignupStore {
  /**
   * Keeps a sign-up unless its e-mail address is known already; adding the same one (by `id`) twice changes nothing.
   *
   * @throws {SignupExistsError} somebody signed up with this address before
   * @throws {StoreUnavailableError} the store cannot be reached at the moment
   * @throws {StoreRefusedError} the store is there and does not let us
   */
  add(signup: NewSignup): Promise<void>;

  /**
   * @returns undefined when there is none (yet: reading may lag behind adding by a moment)
   * @throws {StoreUnavailableError}
   * @throws {StoreRefusedError}
   */
  findById(id: string): Promise<SignupState | undefined>;

  /** Asks the store for a sign of life; rejects when it gives none within a second. */
  ping(): Promise<void>;
}

export const SIGNUP_STORE = Symbol('SIGNUP_STORE');

export class SignupExistsError extends Error {
  override readonly name = 'SignupExistsError';
}

/** Trying again later can help: the store is unreachable, overloaded, or has no credentials to be asked with. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}

/** Trying again does not help: a permission or the table is missing, or the request is wrong. */
export class StoreRefusedError extends Error {
  override readonly name = 'StoreRefusedError';
}
