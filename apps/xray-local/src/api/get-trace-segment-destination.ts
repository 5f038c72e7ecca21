import type { Operation } from './operation.js';

/** Tells where segments are said to go. */
export const getTraceSegmentDestination: Operation = (_input, { account }) => ({
  Destination: account.segmentDestination,
  Status: 'ACTIVE',
});
