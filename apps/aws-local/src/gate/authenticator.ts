import type { Account } from '../account.js';
import type { NowMs } from '../clock.js';
import { headerValue, type ApiRequest } from '../protocol/api-message.js';
import { AwsError } from '../protocol/aws-error.js';
import type { ServiceName } from '../protocol/service.js';
import type { SessionStore } from '../sessions/session-store.js';
import { parseAuthorization, type SignatureClaim } from './authorization-header.js';
import { createAdministrator, toRolePrincipal, type Principal } from './principal.js';
import { checkScope, checkSignedAt, verifySignature } from './signature.js';

/** IAM and STS have one endpoint for all regions, signed for this one. */
const GLOBAL_REGION = 'us-east-1';

/** The laptop's own administrator's key. */
export interface AdministratorKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

interface KeyHolder {
  readonly principal: Principal;
  readonly secretAccessKey: string;
}

/** Tells who signed a request, and refuses what AWS refuses, in the same order. */
export class Authenticator {
  readonly #administrator: Principal;

  constructor(
    private readonly account: Account,
    private readonly administratorKey: AdministratorKey,
    private readonly sessions: SessionStore,
    private readonly nowMs: NowMs,
  ) {
    this.#administrator = createAdministrator(account);
  }

  /** @throws {AwsError} when the signature, the key, the token or the time is not right */
  authenticate(request: ApiRequest, service: ServiceName): Principal {
    const claim = parseAuthorization(request);
    const nowMs = this.nowMs();
    checkSignedAt(claim, nowMs);
    const isGlobal = service === 'iam' || service === 'sts';
    const regions = isGlobal ? [this.account.region, GLOBAL_REGION] : [this.account.region];
    checkScope(claim, { service, regions });
    const holder = this.#findHolder(claim, headerValue(request, 'x-amz-security-token'), nowMs);
    verifySignature(request, claim, holder.secretAccessKey);
    return holder.principal;
  }

  #findHolder(claim: SignatureClaim, token: string | undefined, nowMs: number): KeyHolder {
    if (claim.accessKeyId === this.administratorKey.accessKeyId) {
      // A long-term key comes without a token.
      if (token !== undefined) throw invalidToken();
      return { principal: this.#administrator, secretAccessKey: this.administratorKey.secretAccessKey };
    }
    const session = this.sessions.find(claim.accessKeyId);
    if (session === undefined || !session.hasToken(token)) throw invalidToken();
    if (session.expiresAtMs <= nowMs) {
      throw new AwsError('ExpiredToken', 'The security token included in the request is expired');
    }
    return {
      principal: toRolePrincipal(this.account, session),
      secretAccessKey: session.secretAccessKey,
    };
  }
}

function invalidToken(): AwsError {
  return new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid.');
}
