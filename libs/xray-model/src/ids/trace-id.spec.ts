import { describe, expect, it } from '@jest/globals';
import {
  isXRayTraceId,
  toOtelTraceId,
  toXRayTraceId,
  traceIdEpochSec,
  TraceIdFormatError,
} from './trace-id.js';

const XRAY = '1-58406520-a006649127e371903a2de979';
const OTEL = '58406520a006649127e371903a2de979';

describe('a trace id', () => {
  it.each([XRAY, OTEL, XRAY.toUpperCase(), OTEL.toUpperCase()])(
    'is converted to both forms from %s',
    (id) => {
      expect(toXRayTraceId(id)).toBe(XRAY);
      expect(toOtelTraceId(id)).toBe(OTEL);
      expect(traceIdEpochSec(id)).toBe(1480615200);
    },
  );

  it.each([
    '',
    '1-58406520',
    `2${XRAY.slice(1)}`,
    `${OTEL}0`,
    OTEL.slice(1),
    OTEL.replace('a', 'g'),
    `${XRAY}\n`,
  ])('is not %j', (text) => {
    expect(isXRayTraceId(text)).toBe(false);
    expect(() => toXRayTraceId(text)).toThrow(TraceIdFormatError);
    expect(() => toOtelTraceId(text)).toThrow(expect.objectContaining({ traceId: text }));
    expect(() => traceIdEpochSec(text)).toThrow(TraceIdFormatError);
  });

  it('is recognised in the X-Ray form only', () => {
    expect(isXRayTraceId(XRAY)).toBe(true);
    expect(isXRayTraceId(OTEL)).toBe(false);
  });
});
