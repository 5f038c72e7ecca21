import type { KeyValue } from '../otlp/otlp-span.js';
import type { AnnotationValue, JsonValue } from '../segment/segment-document.js';
import { isAnnotationValue, toAnnotationKey, toAnnotationValue } from './annotation.js';
import { toJsonValue } from './json-value.js';
import type { TranslationFaults } from './json-value.js';

export const RESOURCE_KEY_PREFIX = 'otel.resource.';

/** What segments, but not subsegments, store of their resource. */
export interface ResourceRecord {
  annotations: Record<string, AnnotationValue>;
  metadata: Record<string, JsonValue>;
  faults: TranslationFaults;
}

/** @param indexedKeys the keys, prefixed, that become annotations where they can; the rest becomes metadata */
export function buildResourceRecord(
  attributes: readonly KeyValue[],
  indexedKeys: ReadonlySet<string> | 'all',
): ResourceRecord {
  const record: ResourceRecord = { annotations: {}, metadata: {}, faults: {} };
  for (const { key, value } of attributes) {
    const prefixedKey = RESOURCE_KEY_PREFIX + key;
    const isIndexed = indexedKeys === 'all' || indexedKeys.has(prefixedKey);
    if (isIndexed && isAnnotationValue(value)) {
      record.annotations[toAnnotationKey(prefixedKey)] = toAnnotationValue(value, record.faults);
      continue;
    }
    const json = toJsonValue(value, record.faults);
    if (json !== undefined) record.metadata[prefixedKey] = json;
  }
  return record;
}
