import type { AnyValue, KeyValue } from '../otlp/otlp-span.js';
import type { JsonValue } from '../segment/segment-document.js';

/** Far deeper than any decoder lets through, and far from what `JSON.stringify` can still walk. */
const MAX_DEPTH = 1000;

/** Collects why a span may have no document. */
export interface TranslationFaults {
  reason?: string;
  /** One has been seen; it stands in the way only if nothing has replaced it, see {@link hasNonFiniteNumber}. */
  hasNonFiniteNumber?: boolean;
}

/** A value as JSON; undefined for an empty one. */
export function toJsonValue(value: AnyValue, faults: TranslationFaults, depth = 0): JsonValue | undefined {
  switch (value.kind) {
    case 'string':
    case 'bool':
      return value.value;
    case 'int':
      return toJsonInteger(value.value);
    case 'double':
      return toJsonDouble(value.value, faults);
    case 'bytes':
      // The collector keeps no empty byte string: it becomes a nil slice, and that null.
      return value.value.length === 0 ? null : toBase64(value.value);
    case 'array':
      if (isTooDeep(depth, faults)) return null;
      return value.values.map((item) => toJsonValue(item, faults, depth + 1) ?? null);
    case 'map':
      if (isTooDeep(depth, faults)) return null;
      return toJsonObject(value.entries, faults, depth + 1);
    case 'empty':
      return undefined;
  }
}

/** Of several entries with one key the last counts; empty values become null. */
export function toJsonObject(
  entries: readonly KeyValue[],
  faults: TranslationFaults,
  depth = 0,
): Record<string, JsonValue> {
  const object: Record<string, JsonValue> = {};
  for (const { key, value } of entries) setOwn(object, key, toJsonValue(value, faults, depth) ?? null);
  return object;
}

export function toJsonDouble(value: number, faults: TranslationFaults): number {
  if (!Number.isFinite(value)) faults.hasNonFiniteNumber = true;
  return value;
}

/** Looks for a number that JSON has no word for. `JSON.stringify` would write null, where the exporter gives up. */
export function hasNonFiniteNumber(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasNonFiniteNumber);
}

/** `JSON.rawJSON` of ES2026: a value that `JSON.stringify` writes as the given text. */
type RawJson = (text: string) => JsonValue;

/**
 * An integer that `JSON.stringify` writes with all its digits. One that a number cannot hold exactly becomes a
 * `JSON.rawJSON` value; an engine without that gets the nearest number.
 */
export function toJsonInteger(value: number | bigint): JsonValue {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  const exact = BigInt(value);
  if (BigInt.asIntN(54, exact) === exact) return Number(exact);
  const { rawJSON } = JSON as { rawJSON?: RawJson };
  return rawJSON === undefined ? Number(exact) : rawJSON(exact.toString());
}

/** Sets a property of the object's own, also one called `__proto__`. */
export function setOwn<T>(object: Record<string, T>, key: string, value: T): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[key] = value;
  }
}

export function hasKeys(object: object): boolean {
  for (const _key in object) return true;
  return false;
}

/**
 * Reads a text that must be a JSON object. A number too large for a double, or nesting too deep to be written
 * again, makes it unreadable.
 *
 * @returns null for the text `null`, undefined for anything else
 */
export function parseJsonObject(text: string): Record<string, JsonValue> | null | undefined {
  let parsed: JsonValue;
  try {
    parsed = JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
  if (parsed === null) return null;
  if (typeof parsed !== 'object' || Array.isArray(parsed)) return undefined;
  const faults: TranslationFaults = {};
  const checked = toWellFormed(parsed, faults, 0) as Record<string, JsonValue>;
  return faults.reason === undefined && !hasNonFiniteNumber(checked) ? checked : undefined;
}

/** Half a surrogate pair, which only an escape in JSON can produce, becomes U+FFFD. */
function toWellFormed(value: JsonValue, faults: TranslationFaults, depth: number): JsonValue {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value !== 'object' || value === null) return value;
  if (isTooDeep(depth, faults)) return null;
  if (Array.isArray(value)) return value.map((item) => toWellFormed(item, faults, depth + 1));
  const object: Record<string, JsonValue> = {};
  for (const key of Object.keys(value)) {
    setOwn(object, key.toWellFormed(), toWellFormed(value[key] ?? null, faults, depth + 1));
  }
  return object;
}

function isTooDeep(depth: number, faults: TranslationFaults): boolean {
  if (depth < MAX_DEPTH) return false;
  faults.reason ??= `a value is nested deeper than ${MAX_DEPTH} levels`;
  return true;
}

const BASE64_CHUNK_BYTES = 0x6000;

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  // A multiple of 3, so that the pieces join without padding between them.
  for (let start = 0; start < bytes.length; start += BASE64_CHUNK_BYTES) {
    text += btoa(String.fromCharCode(...bytes.subarray(start, start + BASE64_CHUNK_BYTES)));
  }
  return text;
}
