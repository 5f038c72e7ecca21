import { InvalidRequestError } from './api-error.js';
import { requireInsightId } from './insight-input.js';
import type { Operation } from './operation.js';

/** Insights are not made here, so none has that id. */
export const getInsight: Operation = (input) => {
  throw new InvalidRequestError(`InsightId: there is no insight ${requireInsightId(input)}`);
};
