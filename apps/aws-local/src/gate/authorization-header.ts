import { createHash } from 'node:crypto';
import { headerValue, type ApiRequest } from '../protocol/api-message.js';
import { AwsError } from '../protocol/aws-error.js';

const ALGORITHM = 'AWS4-HMAC-SHA256';
const PARAMETERS = ['Credential', 'Signature', 'SignedHeaders'] as const;

/** The parts of a credential scope, e.g. `20261123/us-east-1/sns/aws4_request`. */
export interface CredentialScope {
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly terminator: string;
}

/** A parsed `Authorization` header of Signature Version 4, with the time that was signed. */
export interface SignatureClaim {
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** Time of signing in ISO 8601's basic format, e.g. `20261123T101500Z`. */
  readonly signedAt: string;
}

/**
 * Reads what the `Authorization` header claims.
 *
 * @throws {AwsError} MissingAuthenticationToken without a Signature Version 4 header; IncompleteSignature when
 *   a part of it is missing or unreadable
 */
export function parseAuthorization(request: ApiRequest): SignatureClaim {
  const header = headerValue(request, 'authorization')?.trim() ?? '';
  const [algorithm = '', ...rest] = header.split(/\s+/);
  if (!algorithm.startsWith('AWS4-')) {
    throw new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token');
  }
  if (algorithm !== ALGORITHM) throw incomplete(`Unsupported AWS 'algorithm': '${algorithm}'. `, header);
  const parameters = parseParameters(rest.join(''), header);
  const signedAt = headerValue(request, 'x-amz-date') ?? headerValue(request, 'date');
  requireAll(parameters, signedAt, header);
  const { accessKeyId, scope } = parseCredential(parameters.get('Credential') ?? '');
  return {
    accessKeyId,
    scope,
    signedHeaders: (parameters.get('SignedHeaders') ?? '').split(';'),
    signature: parameters.get('Signature') ?? '',
    signedAt: signedAt ?? '',
  };
}

function parseParameters(text: string, header: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of text.split(',').filter((part) => part !== '')) {
    const equals = pair.indexOf('=');
    if (equals < 0) {
      throw new AwsError(
        'IncompleteSignature',
        'Invalid key=value pair (missing equal-sign) in Authorization header ' +
          `(hashed with SHA-256 and encoded with Base64): '${toDigest(header)}'.`,
      );
    }
    parameters.set(pair.slice(0, equals), pair.slice(equals + 1));
  }
  return parameters;
}

function requireAll(parameters: Map<string, string>, signedAt: string | undefined, header: string): void {
  const problems = PARAMETERS.filter((name) => !parameters.get(name)).map(
    (name) => `Authorization header requires '${name}' parameter. `,
  );
  if (!signedAt) {
    problems.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
  }
  if (problems.length > 0) throw incomplete(problems.join(''), header);
}

function parseCredential(credential: string): { accessKeyId: string; scope: CredentialScope } {
  const parts = credential.split('/');
  const [accessKeyId, date, region, service, terminator] = parts;
  if (parts.length !== 5 || !accessKeyId || !date || !region || !service || !terminator) {
    throw new AwsError(
      'IncompleteSignature',
      'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, ' +
        `got '${credential}'`,
    );
  }
  return { accessKeyId, scope: { date, region, service, terminator } };
}

function incomplete(problem: string, header: string): AwsError {
  return new AwsError(
    'IncompleteSignature',
    `${problem}(Hashed with SHA-256 and encoded with Base64) Authorization=${toDigest(header)}`,
  );
}

function toDigest(header: string): string {
  return createHash('sha256').update(header).digest('base64');
}
