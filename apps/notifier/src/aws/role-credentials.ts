import type { ObservedCredentials } from '#aws-clients';
import { firstLineOf, isExpiredCredentials, isUnknownKey } from './failure-names.js';

type Credentials = Pick<ObservedCredentials, 'provider' | 'discard' | 'status'>;

/** The role's credentials have expired, or there are none, and no others could be had. */
export class CredentialsUnusableError extends Error {
  override readonly name = 'CredentialsUnusableError';

  constructor(
    readonly state: 'expired' | 'missing',
    message: string,
    options: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Credentials of the role that the notifier runs as, for calls that should outlive them. */
export class RoleCredentials {
  /**
   * @param aroundFetch runs each fetch; `withoutTracing` for work that should not show it
   */
  constructor(
    private readonly credentials: Credentials,
    private readonly aroundFetch: <T>(fetch: () => T) => T = (fetch) => fetch(),
  ) {}

  status(): ReturnType<Credentials['status']> {
    return this.credentials.status();
  }

  /**
   * Fetches the credentials, if they are not there or about to expire, before the call and not inside of it: so a
   * fetch is seen beside the call that needed it. When AWS refuses them as expired or unknown, fetches new ones
   * and makes the call once more.
   *
   * @throws {CredentialsUnusableError} none could be had
   */
  async use<T>(call: () => Promise<T>): Promise<T> {
    const usedKeyId = await this.resolve();
    try {
      return await call();
    } catch (error) {
      if (!isExpiredCredentials(error) && !isUnknownKey(error)) throw error;
      await this.replace(usedKeyId, error);
      return call();
    }
  }

  /**
   * Makes sure that there are credentials.
   *
   * @returns their access key id
   * @throws {CredentialsUnusableError}
   */
  async resolve(): Promise<string> {
    try {
      return (await this.aroundFetch(() => this.credentials.provider())).accessKeyId;
    } catch (error) {
      const state = this.status().state === 'expired' ? 'expired' : 'missing';
      throw new CredentialsUnusableError(state, firstLineOf(error), { cause: error });
    }
  }

  /** Calls that are refused at the same time must not each throw away what the first of them fetched. */
  private async replace(refusedKeyId: string, refusal: unknown): Promise<void> {
    try {
      if ((await this.resolve()) !== refusedKeyId) return;
      this.credentials.discard();
      await this.resolve();
    } catch (error) {
      const state = isExpiredCredentials(refusal) ? 'expired' : 'missing';
      throw new CredentialsUnusableError(state, firstLineOf(error), { cause: error });
    }
  }
}
