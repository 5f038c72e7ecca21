import { OtlpFormatError } from '#xray-model';
import protobuf from 'protobufjs/minimal.js';

/** Protobuf wire types. @see https://protobuf.dev/programming-guides/encoding/#structure */
export const WireType = { VARINT: 0, FIXED64: 1, LENGTH_DELIMITED: 2, FIXED32: 5 } as const;
type WireType = (typeof WireType)[keyof typeof WireType];

/** Seven groups of seven bits stay below 2^53. */
const EXACT_VARINT_BYTES = 7;
const MAX_VARINT_BYTES = 10;
const TWO_TO_32 = 4_294_967_296;

/**
 * Reads OTLP's protobuf field by field. On top of protobufjs' reader it checks the wire type of known fields,
 * keeps every nested message within its parent, and knows where in the request it is for error messages.
 */
export class WireReader {
  /** Indexes of the message being read, -1 outside; turned into a path only when something is wrong. */
  resourceIndex = -1;
  scopeIndex = -1;
  spanIndex = -1;
  private readonly reader: protobuf.Reader;
  private readonly buffer: Buffer;

  constructor(bytes: Uint8Array) {
    this.buffer = Buffer.isBuffer(bytes)
      ? bytes
      : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.reader = protobuf.Reader.create(this.buffer);
  }

  get endOfInput(): number {
    return this.buffer.length;
  }

  /** The next field's tag, or 0 at `end`. */
  nextTag(end: number): number {
    const position = this.reader.pos;
    if (position === end) return 0;
    if (position > end) this.fail('a message ends behind its stated length');
    const tag = this.reader.uint32();
    if (tag >>> 3 === 0) this.fail('field number 0 is not allowed');
    return tag;
  }

  skip(tag: number): void {
    this.reader.skipType(tag & 7, 0, tag >>> 3);
  }

  /** Enters a nested message and answers where it ends. */
  messageEnd(tag: number, end: number, field: string): number {
    this.expect(tag, WireType.LENGTH_DELIMITED, field);
    const lengthBytes = this.reader.uint32();
    const messageEnd = this.reader.pos + lengthBytes;
    if (messageEnd > end) this.fail(`${field}: its length exceeds the message around it`);
    return messageEnd;
  }

  text(tag: number, field: string): string {
    this.expect(tag, WireType.LENGTH_DELIMITED, field);
    return this.reader.string();
  }

  /** A copy, so that a small value does not keep the whole request in memory. */
  bytes(tag: number, field: string): Uint8Array {
    this.expect(tag, WireType.LENGTH_DELIMITED, field);
    return Uint8Array.from(this.reader.bytes());
  }

  /** Bytes as lower-case hex digits. */
  hex(tag: number, field: string): string {
    this.expect(tag, WireType.LENGTH_DELIMITED, field);
    const lengthBytes = this.reader.uint32();
    const start = this.reader.pos;
    this.reader.skip(lengthBytes);
    return this.buffer.toString('hex', start, start + lengthBytes);
  }

  bool(tag: number, field: string): boolean {
    this.expect(tag, WireType.VARINT, field);
    return this.reader.bool();
  }

  /** A 32-bit enumeration or count. */
  int32(tag: number, field: string): number {
    this.expect(tag, WireType.VARINT, field);
    return this.reader.int32();
  }

  /** A 64-bit integer: a bigint only where a number is not exact. */
  int64(tag: number, field: string): number | bigint {
    this.expect(tag, WireType.VARINT, field);
    const start = this.reader.pos;
    let value = 0;
    let factor = 1;
    for (let index = 0; index < EXACT_VARINT_BYTES; index += 1) {
      const byte = this.buffer[start + index] ?? 0x80;
      value += (byte & 0x7f) * factor;
      factor *= 0x80;
      if (byte < 0x80) {
        this.reader.pos = start + index + 1;
        return value;
      }
    }
    return this.longInt64();
  }

  double(tag: number, field: string): number {
    this.expect(tag, WireType.FIXED64, field);
    return this.reader.double();
  }

  /** A time in nanoseconds: a bigint only where a number is not exact. */
  exactFixed64(tag: number, field: string): number | bigint {
    const start = this.reader.pos;
    const approximate = this.fixed64(tag, field);
    return Number.isSafeInteger(approximate) ? approximate : this.buffer.readBigUInt64LE(start);
  }

  /** `fixed64` as the nearest double: high · 2³² is exact, so adding the low half rounds once, as `float64(uint64)` does. */
  fixed64(tag: number, field: string): number {
    this.expect(tag, WireType.FIXED64, field);
    const low = this.reader.fixed32();
    return this.reader.fixed32() * TWO_TO_32 + low;
  }

  fail(reason: string): never {
    throw new OtlpFormatError(this.path(), reason);
  }

  path(): string {
    let path = 'ExportTraceServiceRequest';
    if (this.resourceIndex >= 0) path = `resource_spans[${this.resourceIndex}]`;
    if (this.scopeIndex >= 0) path += `.scope_spans[${this.scopeIndex}]`;
    if (this.spanIndex >= 0) path += `.spans[${this.spanIndex}]`;
    return path;
  }

  /** Not by protobufjs' own reader, which gives rounded numbers where its optional `long` is not installed. */
  private longInt64(): number | bigint {
    let value = 0n;
    for (let index = 0; index < MAX_VARINT_BYTES; index += 1) {
      const byte = this.buffer[this.reader.pos];
      if (byte === undefined) this.fail('the body ends within a number');
      this.reader.pos += 1;
      value |= BigInt(byte & 0x7f) << BigInt(7 * index);
      if (byte < 0x80) return toExact(BigInt.asIntN(64, value));
    }
    return this.fail('a number is longer than 64 bits');
  }

  private expect(tag: number, wireType: WireType, field: string): void {
    if ((tag & 7) !== wireType) this.fail(`${field}: wire type ${wireType} expected, ${tag & 7} found`);
  }
}

function toExact(value: bigint): number | bigint {
  const approximate = Number(value);
  return Number.isSafeInteger(approximate) ? approximate : value;
}
