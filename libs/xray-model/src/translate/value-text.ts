import type { AnyValue } from '../otlp/otlp-span.js';
import type { JsonValue } from '../segment/segment-document.js';
import { integerText } from './attribute-value.js';
import { hasNonFiniteNumber, setOwn, toBase64, toJsonValue } from './json-value.js';
import type { TranslationFaults } from './json-value.js';

/** Any value as text: arrays and maps as JSON with sorted keys ('' when JSON cannot say it), bytes as base64. */
export function toValueText(value: AnyValue): string {
  switch (value.kind) {
    case 'string':
      return value.value;
    case 'bool':
    case 'double':
      return String(value.value);
    case 'int':
      return integerText(value.value);
    case 'bytes':
      return toBase64(value.value);
    case 'array':
    case 'map':
      return toSortedJson(value);
    case 'empty':
      return '';
  }
}

const LINE_SEPARATORS = /[\u2028\u2029]/g;

function toSortedJson(value: AnyValue): string {
  const faults: TranslationFaults = {};
  const json = toJsonValue(value, faults);
  if (faults.reason !== undefined || hasNonFiniteNumber(json)) return '';
  const text = JSON.stringify(json, (_key, item: JsonValue) => sortKeys(item));
  return text.replaceAll(LINE_SEPARATORS, (separator) => `\\u${separator.charCodeAt(0).toString(16)}`);
}

function sortKeys(item: JsonValue): JsonValue {
  if (typeof item !== 'object' || item === null || Array.isArray(item) || Object.isFrozen(item)) return item;
  const sorted: Record<string, JsonValue> = {};
  for (const key of Object.keys(item).sort()) setOwn(sorted, key, item[key] ?? null);
  return sorted;
}
