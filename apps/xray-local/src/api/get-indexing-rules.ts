import { readListPage } from './list-page.js';
import type { Operation } from './operation.js';

/** Lists the indexing rules: there is one. */
export const getIndexingRules: Operation = (input, { account }) => {
  const list = { items: [account.indexingRule], pageSize: 1 };
  const { items, next } = readListPage(input, ['GetIndexingRules'], list);
  return { IndexingRules: items, ...next };
};
