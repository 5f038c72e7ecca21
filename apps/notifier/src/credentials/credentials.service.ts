import type { CredentialsReport } from '#contracts';
import { Inject, Injectable } from '@nestjs/common';
import { REQUEST_ROLE } from '../aws/roles.module.js';
import type { RoleCredentials } from '../aws/role-credentials.js';
import { CLOCK } from '../timing/clock.js';
import type { Clock } from '../timing/clock.js';
import { untilAborted } from '../timing/until-aborted.js';
import { CALLER_IDENTITY } from './caller.identity.js';
import type { CallerIdentity } from './caller.identity.js';

/** The SDK's own limit, one retry included, is just below it. */
const FETCH_TIMEOUT_MS = 2500;
const IDENTITY_TIMEOUT_MS = 1000;

/** Tells which credentials the next publish would use, and nothing that could be used in their stead. */
@Injectable()
export class CredentialsService {
  private role: { keyId: string; arn: string } | undefined;

  constructor(
    @Inject(REQUEST_ROLE) private readonly credentials: RoleCredentials,
    @Inject(CALLER_IDENTITY) private readonly identity: CallerIdentity,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Fetches credentials when a publish would have to, so that the report tells what a publish would meet. */
  async report(): Promise<CredentialsReport> {
    const keyId = await untilAborted(this.clock.timeout(FETCH_TIMEOUT_MS), this.credentials.resolve())
      // That they could not be had is what the report then says.
      .catch(() => undefined);
    const role = keyId === undefined ? null : await this.findRole(keyId);
    const { expiresAt, lastRefreshedAt, ...status } = this.credentials.status();
    return {
      ...status,
      role,
      expiresAt: expiresAt?.toISOString() ?? null,
      lastRefreshedAt: lastRefreshedAt?.toISOString() ?? null,
    };
  }

  /** A role does not change for as long as the key does not. */
  private async findRole(keyId: string): Promise<string | null> {
    if (this.role?.keyId === keyId) return this.role.arn;
    try {
      const arn = await this.identity.whoAmI(this.clock.timeout(IDENTITY_TIMEOUT_MS));
      this.role = { keyId, arn };
      return arn;
    } catch {
      return null;
    }
  }
}
