import type { SignupEvent } from '#contracts';
import type { SignupAnnouncer } from '../src/signups/signup.announcer.js';

/** Remembers what was announced; `failure`, once set, is what every announcement ends with. */
export class FakeSignupAnnouncer implements SignupAnnouncer {
  readonly announced: SignupEvent[] = [];
  failure: Error | undefined;

  async announce(event: SignupEvent): Promise<void> {
    if (this.failure) throw this.failure;
    this.announced.push(event);
  }

  reset(): void {
    this.announced.length = 0;
    this.failure = undefined;
  }
}
