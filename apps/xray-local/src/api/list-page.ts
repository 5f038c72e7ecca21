import type { OperationInput } from './operation-input.js';
import { createPageToken, readPageToken } from './page-token.js';

export interface ListPage<T> {
  items: T[];
  /** `NextToken` of the answer; empty on the last page. */
  next: { NextToken?: string };
}

/**
 * Cuts the page that `NextToken` asks for out of a list.
 *
 * @param query what the list is the answer to; the token is of use with the same one only
 */
export function readListPage<T>(
  input: OperationInput,
  query: readonly unknown[],
  list: { items: readonly T[]; pageSize: number },
): ListPage<T> {
  const start = readPageToken(input, query, parseOffset) ?? 0;
  const end = start + list.pageSize;
  const next = end < list.items.length ? { NextToken: createPageToken(query, end) } : {};
  return { items: list.items.slice(start, end), next };
}

function parseOffset(position: unknown): number | undefined {
  return typeof position === 'number' && Number.isSafeInteger(position) && position >= 0
    ? position
    : undefined;
}
