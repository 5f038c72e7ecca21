import protobuf from 'protobufjs/minimal.js';

/** The two encodings of OTLP/HTTP; an answer always has its request's. */
export type OtlpFormat = 'protobuf' | 'json';

export const OTLP_CONTENT_TYPE: Readonly<Record<OtlpFormat, string>> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
};

/** Codes of `google.rpc.Status`. @see https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto */
export const RpcCode = {
  INVALID_ARGUMENT: 3,
  NOT_FOUND: 5,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
} as const;
export type RpcCode = (typeof RpcCode)[keyof typeof RpcCode];

export interface PartialSuccess {
  rejectedSpans: number;
  errorMessage: string;
}

const LENGTH_DELIMITED = 2;
const VARINT = 0;

/** Encodes an `ExportTraceServiceResponse`; without rejected spans it is empty, as the protocol asks. */
export function encodeExportAnswer(format: OtlpFormat, partial: PartialSuccess): Buffer {
  const isComplete = partial.rejectedSpans === 0 && partial.errorMessage === '';
  if (format === 'json') {
    if (isComplete) return Buffer.from('{}');
    // 64-bit integers are strings in protobuf's JSON.
    const partialSuccess = {
      rejectedSpans: String(partial.rejectedSpans),
      errorMessage: partial.errorMessage,
    };
    return Buffer.from(JSON.stringify({ partialSuccess }));
  }
  if (isComplete) return Buffer.alloc(0);
  const writer = protobuf.Writer.create();
  writer.uint32(tagOf(1, LENGTH_DELIMITED)).fork();
  writer.uint32(tagOf(1, VARINT)).int64(partial.rejectedSpans);
  writer.uint32(tagOf(2, LENGTH_DELIMITED)).string(partial.errorMessage);
  return Buffer.from(writer.ldelim().finish());
}

/** Encodes a `google.rpc.Status`, the body of every OTLP/HTTP refusal. */
export function encodeRpcStatus(format: OtlpFormat, code: RpcCode, message: string): Buffer {
  if (format === 'json') return Buffer.from(JSON.stringify({ code, message }));
  const writer = protobuf.Writer.create();
  writer.uint32(tagOf(1, VARINT)).int32(code);
  writer.uint32(tagOf(2, LENGTH_DELIMITED)).string(message);
  return Buffer.from(writer.finish());
}

function tagOf(fieldNumber: number, wireType: number): number {
  return (fieldNumber << 3) | wireType;
}
