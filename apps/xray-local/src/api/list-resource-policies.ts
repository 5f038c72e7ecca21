import { readListPage } from './list-page.js';
import type { Operation } from './operation.js';

const PAGE_POLICIES = 50;

/** Lists the resource policies. */
export const listResourcePolicies: Operation = (input, { policies }) => {
  const list = { items: policies.list(), pageSize: PAGE_POLICIES };
  const { items, next } = readListPage(input, ['ListResourcePolicies'], list);
  return { ResourcePolicies: items, ...next };
};
