import { InvalidRequestError } from './api-error.js';
import { requireInsightId } from './insight-input.js';
import type { Operation } from './operation.js';
import { requireTimeWindow, toWholeSeconds } from './operation-input.js';
import { readPageToken } from './page-token.js';

const MAX_WINDOW_SEC = 6 * 60 * 60;
const MAX_AGE_SEC = 30 * 24 * 60 * 60;

/** Insights are not made here, so none has an impact on any service. */
export const getInsightImpactGraph: Operation = (input, { now }) => {
  const id = requireInsightId(input);
  const window = requireTimeWindow(input);
  if (window.endSec - window.startSec > MAX_WINDOW_SEC) {
    throw new InvalidRequestError('EndTime must be at most six hours after StartTime');
  }
  if (window.startSec < now() / 1000 - MAX_AGE_SEC) {
    throw new InvalidRequestError('StartTime must be at most 30 days ago');
  }
  readPageToken(input, ['GetInsightImpactGraph'], () => undefined);
  const { startSec, endSec } = toWholeSeconds(window);
  return {
    InsightId: id,
    StartTime: window.startSec,
    EndTime: window.endSec,
    ServiceGraphStartTime: startSec,
    ServiceGraphEndTime: endSec,
    Services: [],
  };
};
