import { requireInsightId } from './insight-input.js';
import type { Operation } from './operation.js';
import { optionalNumber } from './operation-input.js';
import { readPageToken } from './page-token.js';

/** Insights are not made here, so nothing happened in any. */
export const getInsightEvents: Operation = (input) => {
  requireInsightId(input);
  optionalNumber(input, 'MaxResults', { min: 1, max: 50, isWhole: true });
  readPageToken(input, ['GetInsightEvents'], () => undefined);
  return { InsightEvents: [] };
};
