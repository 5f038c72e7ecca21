import { defaultProvider } from '@aws-sdk/credential-provider-node';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@aws-sdk/types';
import { toCredentialsSource, type CredentialsSource } from './credentials-source.js';

/** No usable credentials: none are configured, or the place they come from did not give any. */
export class CredentialsMissingError extends Error {
  override readonly name = 'CredentialsMissingError';
}

/** What may be told about credentials; never a secret. */
export interface CredentialsStatus {
  source: CredentialsSource;
  /** Null for credentials that do not expire, and before the first fetch. */
  expiresAt: Date | null;
  lastRefreshedAt: Date | null;
  state: 'valid' | 'expired' | 'missing';
  /** Why the last fetch failed; null when it did not. */
  lastError: string | null;
}

export interface ObservedCredentials {
  /** To be handed to SDK clients, which ask it before each call. */
  provider: AwsCredentialIdentityProvider;
  /** Drops the credentials in use, because the service refused them as expired; the next call fetches new ones. */
  discard(): void;
  status(): CredentialsStatus;
}

/** Refresh this long before the end, or at half of a shorter life. */
const REFRESH_BEFORE_EXPIRY_MS = 5 * 60_000;
const FETCH_TIMEOUT_MS = 1000;
const FETCH_RETRIES = 1;

type FetchCredentials = () => Promise<AwsCredentialIdentity>;

/**
 * Wraps the SDK's own chain (environment, profile, SSO, container, instance) in a cache that can be looked at.
 *
 * Refreshes in the call that finds them nearly expired: when less than five minutes are left, or less than half
 * of a life that is shorter than ten minutes. Calls that come meanwhile share the one fetch. When a refresh fails,
 * credentials that are still valid go on being used.
 *
 * @param fetchCredentials where new ones come from; the SDK's chain unless a test gives another
 */
export function createCredentials(
  fetchCredentials: FetchCredentials = sdkChain(),
  nowMs: () => number = Date.now,
): ObservedCredentials {
  const cache = new CredentialsCache(fetchCredentials, nowMs);
  // `memoized` keeps the SDK from putting a cache of its own, with other rules, in front of this one.
  const provider = Object.assign(() => cache.get(), { memoized: true });
  return {
    provider,
    discard: () => cache.discard(),
    status: () => cache.status(),
  };
}

function sdkChain(): FetchCredentials {
  const chain = defaultProvider({ maxRetries: FETCH_RETRIES, timeout: FETCH_TIMEOUT_MS });
  return () => chain({ forceRefresh: true });
}

class CredentialsCache {
  private current: AwsCredentialIdentity | undefined;
  private refreshDueMs = 0;
  private lastRefreshedAt: Date | null = null;
  private lastError: string | null = null;
  private fetching: Promise<AwsCredentialIdentity> | undefined;

  constructor(
    private readonly fetchCredentials: FetchCredentials,
    private readonly nowMs: () => number,
  ) {}

  async get(): Promise<AwsCredentialIdentity> {
    if (this.current && this.nowMs() < this.refreshDueMs) return this.current;
    this.fetching ??= this.refresh().finally(() => (this.fetching = undefined));
    return this.fetching;
  }

  discard(): void {
    this.current = undefined;
    this.refreshDueMs = 0;
  }

  status(): CredentialsStatus {
    return {
      source: toCredentialsSource(this.current),
      expiresAt: this.current?.expiration ?? null,
      lastRefreshedAt: this.lastRefreshedAt,
      state: this.state(),
      lastError: this.lastError,
    };
  }

  private state(): CredentialsStatus['state'] {
    if (!this.current) return 'missing';
    return this.isExpired(this.current) ? 'expired' : 'valid';
  }

  private async refresh(): Promise<AwsCredentialIdentity> {
    const previous = this.current;
    try {
      const fresh = await this.fetchCredentials();
      this.keep(fresh);
      return fresh;
    } catch (error) {
      this.lastError = error instanceof Error ? error.message : String(error);
      if (previous && !this.isExpired(previous)) return previous;
      throw new CredentialsMissingError(`no AWS credentials: ${this.lastError}`, { cause: error });
    }
  }

  private keep(fresh: AwsCredentialIdentity): void {
    const nowMs = this.nowMs();
    const expiresMs = fresh.expiration?.getTime() ?? Number.POSITIVE_INFINITY;
    const marginMs = Math.min(REFRESH_BEFORE_EXPIRY_MS, (expiresMs - nowMs) / 2);
    this.current = fresh;
    this.refreshDueMs = expiresMs - marginMs;
    this.lastRefreshedAt = new Date(nowMs);
    this.lastError = null;
  }

  private isExpired(credentials: AwsCredentialIdentity): boolean {
    return credentials.expiration !== undefined && credentials.expiration.getTime() <= this.nowMs();
  }
}
