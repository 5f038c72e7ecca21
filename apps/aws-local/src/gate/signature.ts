import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ApiRequest } from '../protocol/api-message.js';
import { AwsError } from '../protocol/aws-error.js';
import type { SignatureClaim } from './authorization-header.js';
import { buildCanonicalRequest, sha256Hex } from './canonical-request.js';

const TERMINATOR = 'aws4_request';
const MAX_SKEW_MIN = 15;

/**
 * Checks the time of signing against the clock, 15 minutes either way, as SNS, SQS, IAM, STS and DynamoDB do.
 *
 * @throws {AwsError} IncompleteSignature for an unreadable date, SignatureDoesNotMatch when it is too far off
 */
export function checkSignedAt(claim: SignatureClaim, nowMs: number): void {
  const signedAtMs = parseBasicDate(claim.signedAt);
  const oldestMs = nowMs - MAX_SKEW_MIN * 60_000;
  if (signedAtMs < oldestMs) {
    throw new AwsError(
      'SignatureDoesNotMatch',
      `Signature expired: ${claim.signedAt} is now earlier than ${toBasicDate(oldestMs)} ` +
        `(${toBasicDate(nowMs)} - ${MAX_SKEW_MIN} min.)`,
    );
  }
  const newestMs = nowMs + MAX_SKEW_MIN * 60_000;
  if (signedAtMs > newestMs) {
    throw new AwsError(
      'SignatureDoesNotMatch',
      `Signature not yet current: ${claim.signedAt} is still later than ${toBasicDate(newestMs)} ` +
        `(${toBasicDate(nowMs)} + ${MAX_SKEW_MIN} min.)`,
    );
  }
}

/**
 * Checks that the credential is scoped to this service, one of its regions and the day of signing.
 *
 * @throws {AwsError} SignatureDoesNotMatch naming everything that is wrong, as AWS does
 */
export function checkScope(
  claim: SignatureClaim,
  expected: { service: string; regions: readonly string[] },
): void {
  const { date, region, service, terminator } = claim.scope;
  const problems: string[] = [];
  if (!expected.regions.includes(region)) {
    problems.push(`Credential should be scoped to a valid region, not '${region}'. `);
  }
  if (service !== expected.service) {
    problems.push(`Credential should be scoped to correct service: '${expected.service}'. `);
  }
  if (terminator !== TERMINATOR) {
    problems.push(
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${terminator}'. `,
    );
  }
  if (date !== claim.signedAt.slice(0, 8)) {
    problems.push(
      'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: ' +
        `'${date}' != '${claim.signedAt.slice(0, 8)}', from '${claim.signedAt}'.`,
    );
  }
  if (!claim.signedHeaders.includes('host')) {
    problems.push("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  if (problems.length > 0) throw new AwsError('SignatureDoesNotMatch', problems.join(''));
}

/**
 * Verifies the signature in constant time.
 *
 * The message does not quote the canonical request, although some AWS services do: it holds the session
 * token, and error messages end up in traces.
 *
 * @throws {AwsError} SignatureDoesNotMatch
 */
export function verifySignature(request: ApiRequest, claim: SignatureClaim, secretAccessKey: string): void {
  const expected = computeSignature(request, claim, secretAccessKey);
  const given = Buffer.from(claim.signature, 'utf8');
  const wanted = Buffer.from(expected, 'utf8');
  if (given.length === wanted.length && timingSafeEqual(given, wanted)) return;
  throw new AwsError(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. ' +
      'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  );
}

function computeSignature(request: ApiRequest, claim: SignatureClaim, secretAccessKey: string): string {
  const { date, region, service, terminator } = claim.scope;
  const stringToSign = [
    'AWS4-HMAC-SHA256',
    claim.signedAt,
    [date, region, service, terminator].join('/'),
    sha256Hex(buildCanonicalRequest(request, claim.signedHeaders)),
  ].join('\n');
  const key = [date, region, service, terminator].reduce<Buffer | string>(
    (parent, part) => hmac(parent, part),
    `AWS4${secretAccessKey}`,
  );
  return hmac(key, stringToSign).toString('hex');
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** Milliseconds of a date such as `20261123T101500Z`. */
function parseBasicDate(text: string): number {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  const [, year, month, day, hour, minute, second] = parts ?? [];
  const timeMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(timeMs)) {
    throw new AwsError(
      'IncompleteSignature',
      `Date must be in ISO-8601 'basic format'. Got '${text}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  }
  return timeMs;
}

function toBasicDate(timeMs: number): string {
  return new Date(timeMs).toISOString().replace(/[-:]|\.\d{3}/g, '');
}
