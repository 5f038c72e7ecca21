import type { Service } from '#xray-model';
import type { OperationInput } from './operation-input.js';
import { createPageToken, readPageToken } from './page-token.js';

const PAGE_SERVICES = 1000;

export interface ServicePage {
  Services: Service[];
  NextToken?: string;
}

/** Cuts the page that `NextToken` asks for out of a graph; edges may refer to services of another page. */
export function readServicePage(
  input: OperationInput,
  query: readonly unknown[],
  services: Service[],
): ServicePage {
  const start = readPageToken(input, query, parseOffset) ?? 0;
  const end = start + PAGE_SERVICES;
  const page: ServicePage = { Services: services.slice(start, end) };
  if (end < services.length) page.NextToken = createPageToken(query, end);
  return page;
}

function parseOffset(position: unknown): number | undefined {
  return typeof position === 'number' && Number.isSafeInteger(position) && position >= 0
    ? position
    : undefined;
}
