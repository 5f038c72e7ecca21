import { readListPage } from './list-page.js';
import type { Operation } from './operation.js';

const PAGE_GROUPS = 50;

/** Lists the groups, the default one first. */
export const getGroups: Operation = (input, { groups }) => {
  const { items, next } = readListPage(input, ['GetGroups'], { items: groups.list(), pageSize: PAGE_GROUPS });
  return { Groups: items, ...next };
};
