import type { SignupState } from '#contracts';
import { SignupExistsError } from '../src/signups/signup.store.js';
import type { NewSignup, SignupStore } from '../src/signups/signup.store.js';

/** Keeps sign-ups in memory; `failure`, once set, is what every call ends with. */
export class FakeSignupStore implements SignupStore {
  readonly added: NewSignup[] = [];
  readonly notifiedAt = new Map<string, Date>();
  failure: Error | undefined;

  async add(signup: NewSignup): Promise<void> {
    this.failIfTold();
    if (this.added.some(({ email }) => email === signup.email)) throw new SignupExistsError('it exists');
    this.added.push(signup);
  }

  async findById(id: string): Promise<SignupState | undefined> {
    this.failIfTold();
    const signup = this.added.find((candidate) => candidate.id === id);
    if (!signup) return undefined;
    const createdAt = signup.createdAt.toISOString();
    const notifiedAt = this.notifiedAt.get(id)?.toISOString();
    if (notifiedAt !== undefined) return { id, status: 'notified', createdAt, notifiedAt };
    return { id, status: 'pending', createdAt, pendingSince: createdAt };
  }

  async ping(): Promise<void> {
    this.failIfTold();
  }

  reset(): void {
    this.added.length = 0;
    this.notifiedAt.clear();
    this.failure = undefined;
  }

  private failIfTold(): void {
    if (this.failure) throw this.failure;
  }
}
