import type { JsonObject, JsonReader } from './json-reader.js';
import type { AnyValue, KeyValue } from './otlp-span.js';

/** How deep arrays and maps may nest; below protobuf's customary 100, and far above what an SDK writes. */
const MAX_VALUE_DEPTH = 64;

export function parseAttributes(reader: JsonReader, object: JsonObject, name = 'attributes'): KeyValue[] {
  return parseEntries(reader, object, name, 0);
}

function parseEntries(reader: JsonReader, object: JsonObject, name: string, depth: number): KeyValue[] {
  return reader.items(object, name, (entry) => ({
    key: reader.text(entry, 'key'),
    value: reader.field(entry, 'value', (value) => parseAnyValue(reader, reader.toObject(value), depth)),
  }));
}

/** Of several set fields the last one counts, as for every `oneof`; none is an empty value. */
function parseAnyValue(reader: JsonReader, object: JsonObject, depth: number): AnyValue {
  if (depth > MAX_VALUE_DEPTH) reader.fail(`nested deeper than ${MAX_VALUE_DEPTH} levels`);
  let parsed: AnyValue = { kind: 'empty' };
  for (const name of Object.keys(object)) {
    parsed = reader.field(object, name, (value) => parseOneOf(reader, name, value, depth)) ?? parsed;
  }
  return parsed;
}

function parseOneOf(reader: JsonReader, name: string, value: unknown, depth: number): AnyValue | undefined {
  if (value === undefined) return undefined;
  switch (name) {
    case 'stringValue':
    case 'string_value':
      return { kind: 'string', value: reader.toText(value) };
    case 'boolValue':
    case 'bool_value':
      return { kind: 'bool', value: reader.toBool(value) };
    case 'intValue':
    case 'int_value':
      return { kind: 'int', value: reader.toInt64(value) };
    case 'doubleValue':
    case 'double_value':
      return { kind: 'double', value: reader.toDouble(value) };
    case 'bytesValue':
    case 'bytes_value':
      return { kind: 'bytes', value: reader.toBytes(value) };
    case 'arrayValue':
    case 'array_value':
      return { kind: 'array', values: parseValues(reader, reader.toObject(value), depth + 1) };
    case 'kvlistValue':
    case 'kvlist_value':
      return { kind: 'map', entries: parseEntries(reader, reader.toObject(value), 'values', depth + 1) };
    default:
      return undefined;
  }
}

function parseValues(reader: JsonReader, object: JsonObject, depth: number): AnyValue[] {
  return reader.items(object, 'values', (item) => parseAnyValue(reader, item, depth));
}
