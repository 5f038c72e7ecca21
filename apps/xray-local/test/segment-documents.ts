import type { SegmentDocument } from '#xray-model';

export const BASE_SEC = 1_700_000_000;

/** A trace id whose first part says `epochSec`, or random-looking digits when it is given as text. */
export function aTraceId(number: number, epoch: number | string = BASE_SEC): string {
  const first = typeof epoch === 'number' ? epoch.toString(16).padStart(8, '0') : epoch;
  return `1-${first}-${number.toString(16).padStart(24, '0')}`;
}

/** A complete segment of 100 ms; `number` makes its ids. */
export function aSegment(number: number, fields: Partial<SegmentDocument> = {}): SegmentDocument {
  const startSec = fields.start_time ?? BASE_SEC;
  return {
    name: 'signup-api',
    id: number.toString(16).padStart(16, '0'),
    trace_id: aTraceId(number),
    start_time: startSec,
    end_time: startSec + 0.1,
    ...fields,
  };
}
