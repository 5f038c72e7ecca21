const EPOCH_DIGITS = 8;
const TRACE_ID_DIGITS = 32;
const ZERO_SPAN_ID = '0000000000000000';

/** An id that a decoder has checked, in X-Ray's form. */
export function toDocumentTraceId(otelTraceId: string): string {
  const digits = otelTraceId === '' ? '0'.repeat(TRACE_ID_DIGITS) : otelTraceId;
  return `1-${digits.slice(0, EPOCH_DIGITS)}-${digits.slice(EPOCH_DIGITS)}`;
}

/** OTLP's two ways to say that there is no span. */
export function isEmptyId(spanId: string): boolean {
  return spanId === '' || spanId === ZERO_SPAN_ID;
}

/** A new id of 16 hex digits. */
export function createSegmentId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
