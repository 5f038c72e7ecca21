import type { OtlpLink } from '../otlp/otlp-span.js';
import type { SegmentLink } from '../segment/segment-document.js';
import { toDocumentTraceId, isEmptyId } from './document-ids.js';
import { toJsonObject } from './json-value.js';
import type { TranslationFaults } from './json-value.js';

export function buildLinks(links: readonly OtlpLink[], faults: TranslationFaults): SegmentLink[] {
  return links.map(({ traceId, spanId, attributes }) => ({
    trace_id: toDocumentTraceId(traceId),
    id: isEmptyId(spanId) ? '' : spanId,
    ...(attributes.length > 0 && { attributes: toJsonObject(attributes, faults) }),
  }));
}
