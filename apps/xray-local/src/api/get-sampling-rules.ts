import { readListPage } from './list-page.js';
import type { Operation } from './operation.js';

const PAGE_RULES = 50;

/** Lists the sampling rules in the order in which they are tried. */
export const getSamplingRules: Operation = (input, { samplingRules }) => {
  const list = { items: samplingRules.list(), pageSize: PAGE_RULES };
  const { items, next } = readListPage(input, ['GetSamplingRules'], list);
  return { SamplingRuleRecords: items, ...next };
};
