import { findGroup } from './group-input.js';
import { InvalidRequestError } from './api-error.js';
import type { Operation } from './operation.js';
import { optionalNumber, requireTextList, requireTimeWindow } from './operation-input.js';
import { readPageToken } from './page-token.js';

const STATES: readonly string[] = ['ACTIVE', 'CLOSED'];

/** Insights are not made here, so there are none to list. */
export const getInsightSummaries: Operation = (input, { groups }) => {
  requireTimeWindow(input);
  findGroup(input, groups);
  optionalNumber(input, 'MaxResults', { min: 1, max: 100, isWhole: true });
  const limits = { minItems: 0, maxItems: 1 };
  const states = input['States'] === undefined ? [] : requireTextList(input, 'States', limits);
  const unknown = states.find((state) => !STATES.includes(state));
  if (unknown !== undefined) throw new InvalidRequestError(`States must have ${STATES.join(' or ')} alone`);
  readPageToken(input, ['GetInsightSummaries'], () => undefined);
  return { InsightSummaries: [] };
};
