import protobuf from 'protobufjs/minimal.js';
import type { AnyValue, KeyValue, OtlpSpan, ResourceSpans } from '#xray-model';

/** Written from the `.proto` files alone, to check the decoders against something else than themselves. */
export function encodeOtlpProto(resourceSpans: readonly ResourceSpans[]): Buffer<ArrayBuffer> {
  const writer = protobuf.Writer.create();
  for (const { resource, spans } of resourceSpans) {
    message(writer, 1, () => {
      message(writer, 1, () => attributes(writer, 1, resource.attributes));
      message(writer, 2, () => {
        message(writer, 1, () => text(writer, 1, 'a scope'));
        for (const span of spans) message(writer, 2, () => encodeSpan(writer, span));
      });
      text(writer, 3, 'https://opentelemetry.io/schemas/1.30.0');
    });
  }
  return Buffer.from(writer.finish());
}

function encodeSpan(writer: protobuf.Writer, span: OtlpSpan): void {
  bytes(writer, 1, Buffer.from(span.traceId, 'hex'));
  bytes(writer, 2, Buffer.from(span.spanId, 'hex'));
  text(writer, 3, 'state=1');
  if (span.parentSpanId !== '') bytes(writer, 4, Buffer.from(span.parentSpanId, 'hex'));
  text(writer, 5, span.name);
  writer.uint32(tag(6, 0)).int32(span.kind);
  fixed64(writer, 7, span.startTimeUnixNano);
  fixed64(writer, 8, span.endTimeUnixNano);
  attributes(writer, 9, span.attributes);
  writer.uint32(tag(10, 0)).uint32(3);
  for (const event of span.events) {
    message(writer, 11, () => {
      fixed64(writer, 1, event.timeUnixNano);
      text(writer, 2, event.name);
      attributes(writer, 3, event.attributes);
    });
  }
  for (const link of span.links) {
    message(writer, 13, () => {
      bytes(writer, 1, Buffer.from(link.traceId, 'hex'));
      bytes(writer, 2, Buffer.from(link.spanId, 'hex'));
      attributes(writer, 4, link.attributes);
      writer.uint32(tag(6, 5)).fixed32(1);
    });
  }
  message(writer, 15, () => {
    text(writer, 2, span.status.message);
    writer.uint32(tag(3, 0)).int32(span.status.code);
  });
  writer.uint32(tag(16, 5)).fixed32(0x101);
  // A field of some later version.
  text(writer, 9999, 'unknown');
}

function attributes(writer: protobuf.Writer, field: number, keyValues: readonly KeyValue[]): void {
  for (const { key, value } of keyValues) {
    message(writer, field, () => {
      text(writer, 1, key);
      message(writer, 2, () => encodeAnyValue(writer, value));
    });
  }
}

function encodeAnyValue(writer: protobuf.Writer, value: AnyValue): void {
  switch (value.kind) {
    case 'string':
      return text(writer, 1, value.value);
    case 'bool':
      return void writer.uint32(tag(2, 0)).bool(value.value);
    case 'int':
      return varint64(writer.uint32(tag(3, 0)), value.value);
    case 'double':
      return void writer.uint32(tag(4, 1)).double(value.value);
    case 'array':
      return message(writer, 5, () => {
        for (const item of value.values) message(writer, 1, () => encodeAnyValue(writer, item));
      });
    case 'map':
      return message(writer, 6, () => attributes(writer, 1, value.entries));
    case 'bytes':
      return bytes(writer, 7, value.value);
    case 'empty':
  }
}

function tag(field: number, wireType: number): number {
  return ((field << 3) | wireType) >>> 0;
}

function message(writer: protobuf.Writer, field: number, write: () => void): void {
  writer.uint32(tag(field, 2)).fork();
  write();
  writer.ldelim();
}

function text(writer: protobuf.Writer, field: number, value: string): void {
  writer.uint32(tag(field, 2)).string(value);
}

function bytes(writer: protobuf.Writer, field: number, value: Uint8Array): void {
  writer.uint32(tag(field, 2)).bytes(value);
}

function fixed64(writer: protobuf.Writer, field: number, value: number | bigint): void {
  const unsigned = BigInt(value);
  writer
    .uint32(tag(field, 1))
    .fixed32(Number(unsigned & 0xffff_ffffn))
    .fixed32(Number(unsigned >> 32n));
}

/** By hand: protobufjs is exact with 64 bits only where `long` is installed. */
function varint64(writer: protobuf.Writer, value: number | bigint): void {
  let rest = BigInt.asUintN(64, BigInt(value));
  const encoded: number[] = [];
  for (; rest > 0x7fn; rest >>= 7n) encoded.push(Number(rest & 0x7fn) | 0x80);
  encoded.push(Number(rest));
  writer.raw(Uint8Array.from(encoded));
}

/** The same request in OTLP's JSON. */
export function encodeOtlpJson(resourceSpans: readonly ResourceSpans[]): string {
  return JSON.stringify({
    resourceSpans: resourceSpans.map(({ resource, spans }) => ({
      resource: { attributes: resource.attributes.map(toJsonKeyValue) },
      scopeSpans: [{ scope: { name: 'a scope' }, spans: spans.map(toJsonSpan) }],
    })),
  });
}

function toJsonSpan(span: OtlpSpan): object {
  return {
    ...span,
    ...(span.parentSpanId === '' ? { parentSpanId: undefined } : {}),
    startTimeUnixNano: BigInt(span.startTimeUnixNano).toString(),
    endTimeUnixNano: BigInt(span.endTimeUnixNano).toString(),
    attributes: span.attributes.map(toJsonKeyValue),
    events: span.events.map((event) => ({
      ...event,
      timeUnixNano: BigInt(event.timeUnixNano).toString(),
      attributes: event.attributes.map(toJsonKeyValue),
    })),
    links: span.links.map((link) => ({ ...link, attributes: link.attributes.map(toJsonKeyValue) })),
    unknownField: 1,
  };
}

function toJsonKeyValue({ key, value }: KeyValue): object {
  return { key, value: toJsonValue(value) };
}

function toJsonValue(value: AnyValue): object {
  switch (value.kind) {
    case 'string':
      return { stringValue: value.value };
    case 'bool':
      return { boolValue: value.value };
    case 'int':
      return { intValue: value.value.toString() };
    case 'double':
      return { doubleValue: Number.isFinite(value.value) ? value.value : String(value.value) };
    case 'array':
      return { arrayValue: { values: value.values.map(toJsonValue) } };
    case 'map':
      return { kvlistValue: { values: value.entries.map(toJsonKeyValue) } };
    case 'bytes':
      return { bytesValue: Buffer.from(value.value).toString('base64') };
    case 'empty':
      return {};
  }
}
