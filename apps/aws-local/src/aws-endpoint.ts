import { randomUUID } from 'node:crypto';
import type { PreparedCall, ServiceCall } from './aws-services.js';
import type { Authenticator } from './gate/authenticator.js';
import { parseAuthorization } from './gate/authorization-header.js';
import type { Authorizer } from './gate/authorizer.js';
import type { DenialLog } from './gate/denial-log.js';
import type { Principal } from './gate/principal.js';
import type { Log } from './json-log.js';
import { headerValue, type ApiRequest, type ApiResponse } from './protocol/api-message.js';
import { AwsError } from './protocol/aws-error.js';
import { identifyCall, type CallIdentity } from './protocol/identify-call.js';
import { renderError } from './protocol/render-response.js';
import { isServiceName, QUERY_APIS, type ServiceName, type Wire } from './protocol/service.js';

/** The status, in the query protocol, of every refusal of a caller and of no other error. */
const DENIED = 403;

/** What the endpoint is made of. */
export interface AwsEndpointParts {
  readonly authenticator: Authenticator;
  readonly authorizer: Authorizer;
  readonly services: Readonly<Record<ServiceName, (call: ServiceCall) => PreparedCall>>;
  readonly denials: DenialLog;
  readonly log: Log;
}

/** What of a call is known when it fails. */
interface CallTrace {
  readonly wire: Wire;
  readonly requestId: string;
  readonly operation: string;
  principal: Principal | undefined;
}

/** All emulated services behind one address: tells them apart, checks the caller, performs the call. */
export class AwsEndpoint {
  constructor(private readonly parts: AwsEndpointParts) {}

  /**
   * Answers a request; whatever goes wrong becomes an answer in the caller's protocol.
   *
   * @param signal fires when the client has gone
   */
  async handle(request: ApiRequest, signal: AbortSignal): Promise<ApiResponse> {
    const identity = identifyCall(request);
    const trace: CallTrace = {
      wire: { protocol: identity.protocol, service: guessService(request, identity) },
      requestId: randomUUID(),
      operation: toLoggedOperation(identity),
      principal: undefined,
    };
    try {
      return await this.#answer(request, identity, { trace, signal });
    } catch (error) {
      return this.#refuse(error, trace);
    }
  }

  /** The answer to a request whose body is too big to be read. */
  refuseTooLarge(request: ApiRequest, limitBytes: number): ApiResponse {
    const identity = identifyCall(request);
    const error = new AwsError('RequestEntityTooLarge', `Request size exceeded ${limitBytes} bytes`);
    const wire = { protocol: identity.protocol, service: guessService(request, identity) };
    return this.#refuse(error, {
      wire,
      requestId: randomUUID(),
      operation: toLoggedOperation(identity),
      principal: undefined,
    });
  }

  async #answer(
    request: ApiRequest,
    identity: CallIdentity,
    { trace, signal }: { trace: CallTrace; signal: AbortSignal },
  ): Promise<ApiResponse> {
    const { authenticator, authorizer, services } = this.parts;
    const service = requireService(request, identity);
    trace.principal = authenticator.authenticate(request, service);
    const call: ServiceCall = {
      request,
      protocol: identity.protocol,
      operation: requireOperation(identity, service),
      form: identity.form,
      principal: trace.principal,
      requestId: trace.requestId,
      host: headerValue(request, 'host') ?? 'localhost',
      signal,
    };
    const prepared = services[service](call);
    authorizer.authorize(trace.principal, prepared.permissions);
    return prepared.perform();
  }

  #refuse(error: unknown, trace: CallTrace): ApiResponse {
    const { wire, requestId, operation, principal } = trace;
    const refusal = error instanceof AwsError ? error : toInternalFailure(error);
    const about = { service: wire.service, operation };
    if (refusal.statusCode >= 500) {
      const cause = refusal.cause instanceof Error ? refusal.cause : refusal;
      this.parts.log('error', refusal.message, { ...about, requestId, cause: cause.stack });
    } else if (refusal.statusCode === DENIED) {
      this.parts.denials.record({
        ...about,
        code: refusal.queryCode,
        caller: principal?.roleName ?? principal?.arn,
      });
    }
    return renderError(refusal, wire, requestId);
  }
}

/** The service that decides the form of an error, as well as a request that may lack everything tells it. */
function guessService(request: ApiRequest, identity: CallIdentity): ServiceName {
  if (identity.service !== undefined) return identity.service;
  if (identity.protocol === 'json') return 'dynamodb';
  // `AWS4-HMAC-SHA256 Credential=KEY/20261123/us-east-1/sns/aws4_request, …`
  const scope = /Credential=[^/]+\/[^/]+\/[^/]+\/([^/]+)\//.exec(headerValue(request, 'authorization') ?? '');
  const scoped = scope?.[1] ?? '';
  return isServiceName(scoped) ? scoped : 'sts';
}

/**
 * The service that a request is for: what its target or version says, else its credential scope.
 *
 * @throws {AwsError} MissingAuthenticationToken, IncompleteSignature; InvalidAction for a service or an API
 *   version that is not here
 */
function requireService(request: ApiRequest, identity: CallIdentity): ServiceName {
  const scoped = parseAuthorization(request).scope.service;
  if (identity.service !== undefined) return identity.service;
  if (isServiceName(scoped) && identity.version === undefined && identity.protocol === 'query') {
    return scoped;
  }
  const asked = identity.version === undefined ? scoped : `${scoped} in version ${identity.version}`;
  throw new AwsError(
    'InvalidAction',
    `This endpoint emulates dynamodb, iam, sns, sqs and sts, and not ${asked}.`,
  );
}

function requireOperation(identity: CallIdentity, service: ServiceName): string {
  const { operation, protocol } = identity;
  const isRightProtocol = protocol === 'json' || Object.hasOwn(QUERY_APIS, service);
  if (!isRightProtocol || operation === undefined || !/^[A-Z][A-Za-z0-9]*$/.test(operation)) {
    throw new AwsError('InvalidAction', `Could not find operation ${operation ?? ''}`);
  }
  return operation;
}

/** Whoever sent it is not known yet, so only what can be an operation goes into the log. */
function toLoggedOperation({ operation = '' }: CallIdentity): string {
  return /^[A-Za-z0-9]{1,64}$/.test(operation) ? operation : '(none)';
}

function toInternalFailure(error: unknown): AwsError {
  return new AwsError('InternalFailure', 'The emulator failed; its log says why.', { cause: error });
}
