/**
 * A decoded OTLP span, the same whether it came as protobuf or JSON. Attribute values keep OTLP's own types,
 * because the rules of translation depend on them (an integer written as a string is not an integer).
 *
 * @see https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto
 */
export interface OtlpSpan {
  /** 32 lower-case hex digits. */
  traceId: string;
  /** 16 lower-case hex digits. */
  spanId: string;
  /** 16 lower-case hex digits, or '' for a root. */
  parentSpanId: string;
  name: string;
  kind: SpanKind;
  /** Nanoseconds since the epoch, rounded to the nearest double as `float64(uint64)` does. */
  startTimeUnixNano: number;
  endTimeUnixNano: number;
  attributes: KeyValue[];
  events: OtlpEvent[];
  links: OtlpLink[];
  status: { code: StatusCode; message: string };
}

export interface OtlpEvent {
  /** A bigint where the number would round it: a failed try of an AWS call is told with its microseconds. */
  timeUnixNano: number | bigint;
  name: string;
  attributes: KeyValue[];
}

export interface OtlpLink {
  traceId: string;
  spanId: string;
  attributes: KeyValue[];
}

export interface OtlpResource {
  attributes: KeyValue[];
}

/** The spans of one resource; the scope is flattened away because the translation never reads it. */
export interface ResourceSpans {
  resource: OtlpResource;
  spans: OtlpSpan[];
}

export interface KeyValue {
  key: string;
  value: AnyValue;
}

export type AnyValue =
  | { kind: 'string'; value: string }
  | { kind: 'bool'; value: boolean }
  /** A bigint only where the integer is not exact as a number. */
  | { kind: 'int'; value: number | bigint }
  | { kind: 'double'; value: number }
  | { kind: 'bytes'; value: Uint8Array }
  | { kind: 'array'; values: AnyValue[] }
  | { kind: 'map'; entries: KeyValue[] }
  | { kind: 'empty' };

/** OTLP's numbers. */
export const SpanKind = {
  UNSPECIFIED: 0,
  INTERNAL: 1,
  SERVER: 2,
  CLIENT: 3,
  PRODUCER: 4,
  CONSUMER: 5,
} as const;
export type SpanKind = (typeof SpanKind)[keyof typeof SpanKind];

export const StatusCode = { UNSET: 0, OK: 1, ERROR: 2 } as const;
export type StatusCode = (typeof StatusCode)[keyof typeof StatusCode];
