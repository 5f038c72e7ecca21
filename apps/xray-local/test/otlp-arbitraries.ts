import fc from 'fast-check';
import type { AnyValue, KeyValue, OtlpSpan, ResourceSpans, SpanKind, StatusCode } from '#xray-model';

const HEX_DIGITS = Array.from({ length: 16 }, (_, digit) => digit.toString(16));

const hex = (digits: number): fc.Arbitrary<string> =>
  fc
    .string({ unit: fc.constantFrom(...HEX_DIGITS), minLength: digits, maxLength: digits })
    .filter((id) => /[^0]/.test(id));

const nanos = fc.nat(2 ** 31).map((microseconds) => 1_700_000_000_000_000_000 + microseconds * 1000);

const integer: fc.Arbitrary<number | bigint> = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc
    .bigInt(-(2n ** 63n), 2n ** 63n - 1n)
    .map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value)),
);

const anyValue = fc.letrec<{ value: AnyValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.record({ kind: fc.constant('string' as const), value: fc.string({ unit: 'grapheme' }) }),
    fc.record({ kind: fc.constant('bool' as const), value: fc.boolean() }),
    fc.record({ kind: fc.constant('int' as const), value: integer }),
    // -0 is no JSON number that comes back as -0.
    fc.record({ kind: fc.constant('double' as const), value: fc.double().map((value) => value + 0) }),
    fc.record({ kind: fc.constant('bytes' as const), value: fc.uint8Array({ maxLength: 20 }) }),
    fc.record({ kind: fc.constant('empty' as const) }),
    fc.record({ kind: fc.constant('array' as const), values: fc.array(tie('value'), { maxLength: 4 }) }),
    fc.record({
      kind: fc.constant('map' as const),
      entries: fc.array(fc.record({ key: fc.string(), value: tie('value') }), { maxLength: 4 }),
    }),
  ),
})).value;

const attributes: fc.Arbitrary<KeyValue[]> = fc.array(fc.record({ key: fc.string(), value: anyValue }), {
  maxLength: 6,
});

const span: fc.Arbitrary<OtlpSpan> = fc.record({
  traceId: hex(32),
  spanId: hex(16),
  parentSpanId: fc.oneof(fc.constant(''), hex(16)),
  name: fc.string({ unit: 'grapheme' }),
  kind: fc.integer({ min: 0, max: 5 }).map((kind) => kind as SpanKind),
  startTimeUnixNano: nanos,
  endTimeUnixNano: nanos,
  attributes,
  events: fc.array(
    fc.record({ timeUnixNano: fc.bigInt(2n ** 60n, 2n ** 61n), name: fc.string(), attributes }),
    { maxLength: 3 },
  ),
  links: fc.array(fc.record({ traceId: hex(32), spanId: hex(16), attributes }), { maxLength: 3 }),
  status: fc.record({
    code: fc.integer({ min: 0, max: 2 }).map((code) => code as StatusCode),
    message: fc.string({ unit: 'grapheme' }),
  }),
});

/** Requests as the protocol allows them, with odd values of every kind. */
export const otlpResourceSpans: fc.Arbitrary<ResourceSpans[]> = fc.array(
  fc.record({ resource: fc.record({ attributes }), spans: fc.array(span, { maxLength: 4 }) }),
  { maxLength: 3 },
);
