import type { Operation } from './operation.js';
import { optionalChoice, optionalMembers, optionalText } from './operation-input.js';

const MAX_KEY_ID_CHARACTERS = 2048;

/** Keeps the choice. Segments stay in this program's store all the same. */
export const updateTraceSegmentDestination: Operation = (input, { account }) => {
  const destination = optionalChoice(input, 'Destination', ['XRay', 'CloudWatchLogs']);
  const logs = optionalMembers(input, 'CloudWatchLogsConfiguration') ?? {};
  optionalText(logs, 'CloudWatchLogsConfiguration.SpansLogGroupKmsKeyId', MAX_KEY_ID_CHARACTERS);
  const isChanged = destination !== undefined && destination !== account.segmentDestination;
  if (destination !== undefined) account.segmentDestination = destination;
  return { Destination: account.segmentDestination, Status: isChanged ? 'PENDING' : 'ACTIVE' };
};
