import { toXRayTraceId, TraceIdFormatError } from '#xray-model';

/** The trace id of a link, in X-Ray's form; undefined for what is none. */
export function readTraceId(text: string): string | undefined {
  try {
    return toXRayTraceId(text.trim());
  } catch (error) {
    if (error instanceof TraceIdFormatError) return undefined;
    throw error;
  }
}
