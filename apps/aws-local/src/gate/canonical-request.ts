import { createHash } from 'node:crypto';
import type { ApiRequest } from '../protocol/api-message.js';

/**
 * The text that a Signature Version 4 signature covers.
 *
 * The payload hash is always computed from the body: a caller that signed another one, or `UNSIGNED-PAYLOAD`
 * (which these services do not take), does not match. That also verifies `x-amz-content-sha256`, which a
 * caller who sends it has signed.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function buildCanonicalRequest(request: ApiRequest, signedHeaders: readonly string[]): string {
  const headers = collectHeaders(request.rawHeaders);
  const canonicalHeaders = signedHeaders.map((name) => `${name}:${headers.get(name)?.join(',') ?? ''}\n`);
  return [
    request.method,
    toCanonicalPath(request.path),
    toCanonicalQuery(request.queryString),
    canonicalHeaders.join(''),
    signedHeaders.join(';'),
    sha256Hex(request.body),
  ].join('\n');
}

/** Lower-case SHA-256 in hexadecimal digits. */
export function sha256Hex(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

function collectHeaders(rawHeaders: readonly string[]): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    // Node reads header bytes as Latin-1; whoever signed them saw UTF-8.
    const text = Buffer.from(rawHeaders[index + 1] ?? '', 'latin1').toString('utf8');
    const value = text.trim().replace(/\s+/g, ' ');
    headers.set(name, [...(headers.get(name) ?? []), value]);
  }
  return headers;
}

/** The path as sent, encoded once more: every service but S3 signs it so. */
function toCanonicalPath(path: string): string {
  return path.split('/').map(encodeRfc3986).join('/') || '/';
}

function toCanonicalQuery(queryString: string): string {
  return queryString
    .split('&')
    .filter((pair) => pair !== '')
    .map(toCanonicalPair)
    .sort(([nameA, valueA], [nameB, valueB]) => compareBytes(nameA, nameB) || compareBytes(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function toCanonicalPair(pair: string): [name: string, value: string] {
  const equals = pair.indexOf('=');
  const name = equals < 0 ? pair : pair.slice(0, equals);
  const value = equals < 0 ? '' : pair.slice(equals + 1);
  return [encodeRfc3986(decodeOrKeep(name)), encodeRfc3986(decodeOrKeep(value))];
}

function decodeOrKeep(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Percent-encodes all but letters, digits, `-`, `.`, `_` and `~`. */
function encodeRfc3986(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function compareBytes(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
