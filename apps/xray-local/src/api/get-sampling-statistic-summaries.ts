import { readListPage } from './list-page.js';
import type { Operation } from './operation.js';

const PAGE_SUMMARIES = 1000;

/** Tells what clients counted in the last hour, by rule and window of ten seconds, the latest first. */
export const getSamplingStatisticSummaries: Operation = (input, { samplingTargets }) => {
  const list = { items: samplingTargets.listSummaries(), pageSize: PAGE_SUMMARIES };
  const { items, next } = readListPage(input, ['GetSamplingStatisticSummaries'], list);
  return { SamplingStatisticSummaries: items, ...next };
};
