import type { AnyValue, KeyValue } from '#xray-model';
import type { WireReader } from './wire-reader.js';

/** How deep arrays and maps may nest; below protobuf's customary 100, and far above what an SDK writes. */
export const MAX_VALUE_DEPTH = 64;

/** `opentelemetry.proto.common.v1.KeyValue`. */
export function decodeKeyValue(reader: WireReader, end: number, depth = 0): KeyValue {
  let key = '';
  let value: AnyValue = { kind: 'empty' };
  for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
    switch (tag >>> 3) {
      case 1:
        key = reader.text(tag, 'key');
        break;
      case 2:
        value = decodeAnyValue(reader, reader.messageEnd(tag, end, 'value'), depth);
        break;
      default:
        reader.skip(tag);
    }
  }
  return { key, value };
}

/** `opentelemetry.proto.common.v1.AnyValue`; of several set fields the last one counts, as for every oneof. */
export function decodeAnyValue(reader: WireReader, end: number, depth: number): AnyValue {
  if (depth > MAX_VALUE_DEPTH) reader.fail(`value: nested deeper than ${MAX_VALUE_DEPTH} levels`);
  let value: AnyValue = { kind: 'empty' };
  for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
    value = decodeOneOf(reader, tag, end, depth) ?? value;
  }
  return value;
}

function decodeOneOf(reader: WireReader, tag: number, end: number, depth: number): AnyValue | undefined {
  switch (tag >>> 3) {
    case 1:
      return { kind: 'string', value: reader.text(tag, 'string_value') };
    case 2:
      return { kind: 'bool', value: reader.bool(tag, 'bool_value') };
    case 3:
      return { kind: 'int', value: reader.int64(tag, 'int_value') };
    case 4:
      return { kind: 'double', value: reader.double(tag, 'double_value') };
    case 5:
      return decodeArray(reader, reader.messageEnd(tag, end, 'array_value'), depth + 1);
    case 6:
      return decodeMap(reader, reader.messageEnd(tag, end, 'kvlist_value'), depth + 1);
    case 7:
      return { kind: 'bytes', value: reader.bytes(tag, 'bytes_value') };
    default:
      reader.skip(tag);
      return undefined;
  }
}

function decodeArray(reader: WireReader, end: number, depth: number): AnyValue {
  const values: AnyValue[] = [];
  for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
    if (tag >>> 3 === 1) values.push(decodeAnyValue(reader, reader.messageEnd(tag, end, 'values'), depth));
    else reader.skip(tag);
  }
  return { kind: 'array', values };
}

function decodeMap(reader: WireReader, end: number, depth: number): AnyValue {
  const entries: KeyValue[] = [];
  for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
    if (tag >>> 3 === 1) entries.push(decodeKeyValue(reader, reader.messageEnd(tag, end, 'values'), depth));
    else reader.skip(tag);
  }
  return { kind: 'map', entries };
}
