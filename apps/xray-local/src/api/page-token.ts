import { createHash } from 'node:crypto';
import { InvalidRequestError } from './api-error.js';
import { optionalText } from './operation-input.js';
import type { OperationInput } from './operation-input.js';

const MAX_TOKEN_CHARACTERS = 1024;
const FINGERPRINT_CHARACTERS = 16;

/**
 * Makes `NextToken`: opaque to clients, and of use only with the query that it came from, as a token of another
 * query would silently skip results.
 */
export function createPageToken(query: readonly unknown[], position: unknown): string {
  const content = { query: fingerprint(query), position };
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

/**
 * Reads `NextToken` of a request.
 *
 * @param parsePosition gives the position in its own type, or undefined when it is none
 * @throws {InvalidRequestError} the token is not one of this query
 */
export function readPageToken<P>(
  input: OperationInput,
  query: readonly unknown[],
  parsePosition: (position: unknown) => P | undefined,
): P | undefined {
  const token = optionalText(input, 'NextToken', MAX_TOKEN_CHARACTERS);
  if (token === undefined || token === '') return undefined;
  const content = parseTokenContent(token);
  const position = content?.['query'] === fingerprint(query) ? parsePosition(content['position']) : undefined;
  if (position === undefined) throw new InvalidRequestError('NextToken is not a token of this query');
  return position;
}

function parseTokenContent(token: string): OperationInput | undefined {
  try {
    const content: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    return typeof content === 'object' && content !== null ? (content as OperationInput) : undefined;
  } catch {
    return undefined;
  }
}

function fingerprint(query: readonly unknown[]): string {
  return createHash('sha256')
    .update(JSON.stringify(query))
    .digest('base64url')
    .slice(0, FINGERPRINT_CHARACTERS);
}
