import { compileTrace } from '#xray-model';
import type { Operation } from './operation.js';
import { readPageToken } from './page-token.js';
import { requireTraces } from './trace-ids-input.js';

/** Gives whole traces back, each with its documents nested and the inferred ones added. */
export const batchGetTraces: Operation = (input, { store }) => {
  const { found, unknownIds } = requireTraces(input, store);
  // Paginated by the model; but five traces are one page, so that every token is a foreign one.
  readPageToken(input, ['BatchGetTraces'], () => undefined);
  return {
    Traces: found.map(({ trace, isLimitExceeded }) => {
      const compiled = compileTrace(trace);
      return { ...compiled, LimitExceeded: compiled.LimitExceeded || isLimitExceeded };
    }),
    UnprocessedTraceIds: unknownIds,
  };
};
