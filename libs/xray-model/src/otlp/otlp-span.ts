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

/** Something that happened during a span; of these, exceptions become part of a document. */
export interface OtlpEvent {
  /** A bigint where the number would round it: a failed try of an AWS call is told with its microseconds. */
  timeUnixNano: number | bigint;
  name: string;
  attributes: KeyValue[];
}

/** A link to a span of this or another trace; ids are lower-case hex, of 32 and 16 digits. */
export interface OtlpLink {
  traceId: string;
  spanId: string;
  attributes: KeyValue[];
}

/** What made the spans: the service, and the place where it runs. */
export interface OtlpResource {
  attributes: KeyValue[];
}

/** The spans of one resource; the scope is flattened away because the translation never reads it. */
export interface ResourceSpans {
  resource: OtlpResource;
  spans: OtlpSpan[];
}

/** An attribute. */
export interface KeyValue {
  key: string;
  value: AnyValue;
}

/** The value of an attribute, of any of the types that OTLP has. */
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

/** OTLP's status codes of a span. */
export const StatusCode = { UNSET: 0, OK: 1, ERROR: 2 } as const;
/** One of {@link StatusCode}. */
export type StatusCode = (typeof StatusCode)[keyof typeof StatusCode];
