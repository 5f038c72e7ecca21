import type { Service } from '#xray-model';
import { readListPage } from './list-page.js';
import type { OperationInput } from './operation-input.js';

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
  const { items, next } = readListPage(input, query, { items: services, pageSize: PAGE_SERVICES });
  return { Services: items, ...next };
}
