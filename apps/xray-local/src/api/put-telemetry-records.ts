import type { Operation } from './operation.js';
import type { OperationInput } from './operation-input.js';
import {
  COUNT,
  optionalMembers,
  optionalNumber,
  optionalText,
  requireMembersList,
  requireTimeSec,
} from './operation-input.js';

const MAX_RECORDS = 100;
const TEXT_LIMITS = { EC2InstanceId: 20, Hostname: 255, ResourceARN: 500 };
const CONNECTION_ERRORS = [
  'TimeoutCount',
  'ConnectionRefusedCount',
  'HTTPCode4XXCount',
  'HTTPCode5XXCount',
  'UnknownHostCount',
  'OtherCount',
];

/** Counts what daemons and collectors tell about themselves. */
export const putTelemetryRecords: Operation = (input, { telemetry }) => {
  const records = requireMembersList(input, 'TelemetryRecords', MAX_RECORDS).map(readRecord);
  for (const [name, maxLength] of Object.entries(TEXT_LIMITS)) optionalText(input, name, maxLength);
  for (const record of records) telemetry.add(record);
  return {};
};

function readRecord({ path, members }: { path: string; members: OperationInput }) {
  requireTimeSec(members, `${path}.Timestamp`);
  const count = (name: string): number => optionalNumber(members, `${path}.${name}`, COUNT) ?? 0;
  return {
    segmentsReceived: count('SegmentsReceivedCount'),
    segmentsSent: count('SegmentsSentCount'),
    segmentsSpilledOver: count('SegmentsSpilloverCount'),
    segmentsRejected: count('SegmentsRejectedCount'),
    backendConnectionErrors: sumConnectionErrors(members, `${path}.BackendConnectionErrors`),
  };
}

function sumConnectionErrors(record: OperationInput, name: string): number {
  const errors = optionalMembers(record, name) ?? {};
  return CONNECTION_ERRORS.reduce(
    (sum, key) => sum + (optionalNumber(errors, `${name}.${key}`, COUNT) ?? 0),
    0,
  );
}
