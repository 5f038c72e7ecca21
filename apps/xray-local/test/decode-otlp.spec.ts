import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import protobuf from 'protobufjs/minimal.js';
import { OtlpFormatError } from '#xray-model';
import type { AnyValue, OtlpSpan } from '#xray-model';
import { decodeOtlp } from '../src/ingest/decode-otlp.js';
import { decodeOtlpProto } from '../src/ingest/decode-otlp-proto.js';
import { otlpResourceSpans } from './otlp-arbitraries.js';
import { encodeOtlpJson, encodeOtlpProto } from './otlp-encoder.js';

const aSpan: OtlpSpan = {
  traceId: '6553f10000000000000000000000000a',
  spanId: '000000000000000b',
  parentSpanId: '',
  name: 'POST /signup',
  kind: 2,
  startTimeUnixNano: 1_700_000_000_000_000_000,
  endTimeUnixNano: 1_700_000_000_100_000_000,
  attributes: [],
  events: [],
  links: [],
  status: { code: 0, message: '' },
};

function encodeSpan(fields: Partial<OtlpSpan>): Buffer {
  return encodeOtlpProto([{ resource: { attributes: [] }, spans: [{ ...aSpan, ...fields }] }]);
}

function nested(levels: number): AnyValue {
  let value: AnyValue = { kind: 'empty' };
  for (let level = 0; level < levels; level += 1) value = { kind: 'array', values: [value] };
  return value;
}

describe('decodeOtlp', () => {
  it('gives the same spans from protobuf and from JSON', () => {
    fc.assert(
      fc.property(otlpResourceSpans, (resourceSpans) => {
        const fromProto = decodeOtlp('protobuf', encodeOtlpProto(resourceSpans));
        const fromJson = decodeOtlp('json', Buffer.from(encodeOtlpJson(resourceSpans)));

        expect(fromProto).toEqual(fromJson);
        expect(fromProto.resourceSpans.flatMap(({ spans }) => spans).length).toBe(
          resourceSpans.flatMap(({ spans }) => spans).length,
        );
      }),
      { numRuns: 300 },
    );
  });

  it.each<Partial<OtlpSpan>>([
    { traceId: '' },
    { traceId: '0'.repeat(32) },
    { traceId: 'abcd' },
    { traceId: 'a'.repeat(34) },
    { spanId: '' },
    { spanId: '0'.repeat(16) },
    { spanId: 'abcd' },
    { parentSpanId: 'abcd' },
    { links: [{ traceId: 'abcd', spanId: aSpan.spanId, attributes: [] }] },
    { links: [{ traceId: aSpan.traceId, spanId: 'abcd', attributes: [] }] },
  ])('sets a span with %j aside, and keeps the others, from protobuf and from JSON', (ids) => {
    const request = [{ resource: { attributes: [] }, spans: [aSpan, { ...aSpan, ...ids }, aSpan] }];

    const fromProto = decodeOtlp('protobuf', encodeOtlpProto(request));
    const fromJson = decodeOtlp('json', Buffer.from(encodeOtlpJson(request)));

    expect(fromProto.resourceSpans).toEqual(fromJson.resourceSpans);
    expect(fromJson.resourceSpans[0]!.spans).toHaveLength(2);
    expect([fromProto.rejectedSpans.length, fromJson.rejectedSpans.length]).toEqual([1, 1]);
  });

  it('never throws anything but a format error, whatever the bytes', () => {
    const requests = otlpResourceSpans.map(encodeOtlpProto).chain((valid) =>
      fc
        .array(fc.tuple(fc.nat(Math.max(0, valid.length - 1)), fc.nat(255)), { maxLength: 5 })
        .map((changes) => {
          const damaged = Buffer.from(valid);
          for (const [index, byte] of changes) if (index < damaged.length) damaged[index] = byte;
          return damaged;
        }),
    );
    fc.assert(
      fc.property(requests, (bytes) => {
        try {
          decodeOtlpProto(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(OtlpFormatError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('decodeOtlpProto', () => {
  it('keeps 64-bit integers exact, and times as the nearest double', () => {
    const attributes = [{ key: 'big', value: { kind: 'int' as const, value: 9_007_199_254_740_993n } }];

    const startTimeUnixNano = Number(1_700_000_000_123_456_789n);

    const decoded = decodeOtlpProto(encodeSpan({ attributes, startTimeUnixNano }));

    const [span] = decoded.resourceSpans[0]!.spans;
    expect(span!.attributes).toEqual(attributes);
    expect(span!.startTimeUnixNano).toBe(startTimeUnixNano);
  });

  it.each([
    ['a short trace id', { traceId: 'abcd' }, /trace_id: 16 bytes expected, 2 found/],
    ['a trace id of zeros', { traceId: '0'.repeat(32) }, /trace_id: must not be all zeros/],
    ['a missing span id', { spanId: '' }, /span_id: 8 bytes expected, 0 found/],
    ['a span id of zeros', { spanId: '0'.repeat(16) }, /span_id: must not be all zeros/],
    ['a short parent id', { parentSpanId: 'ab' }, /parent_span_id: 8 bytes or none expected, 1 found/],
    ['a short id in a link', { links: [{ traceId: 'ab', spanId: '', attributes: [] }] }, /links/],
  ])('rejects a span with %s and keeps the others', (_case, fields, reason) => {
    const spans = [aSpan, { ...aSpan, ...fields }, aSpan];

    const decoded = decodeOtlpProto(encodeOtlpProto([{ resource: { attributes: [] }, spans }]));

    expect(decoded.resourceSpans[0]!.spans).toHaveLength(2);
    expect(decoded.rejectedSpans).toEqual([
      { path: 'resource_spans[0].scope_spans[0].spans[1]', reason: expect.stringMatching(reason) },
    ]);
  });

  it('takes a parent id of zeros as none', () => {
    const decoded = decodeOtlpProto(encodeSpan({ parentSpanId: '0'.repeat(16) }));

    expect(decoded.resourceSpans[0]!.spans[0]!.parentSpanId).toBe('');
  });

  it('takes kinds and codes of later versions as unspecified', () => {
    const decoded = decodeOtlpProto(
      encodeSpan({ kind: 9 as OtlpSpan['kind'], status: { code: 7 as 0, message: '' } }),
    );

    expect(decoded.resourceSpans[0]!.spans[0]).toMatchObject({ kind: 0, status: { code: 0 } });
  });

  it('takes values nested 64 deep and no deeper', () => {
    const deep = (levels: number): Buffer =>
      encodeSpan({ attributes: [{ key: 'a', value: nested(levels) }] });

    expect(decodeOtlpProto(deep(64)).resourceSpans).toHaveLength(1);
    expect(() => decodeOtlpProto(deep(65))).toThrow(/spans\[0\]: value: nested deeper than 64/);
  });

  it('names the field whose type is wrong', () => {
    const writer = protobuf.Writer.create();
    // resource_spans.scope_spans.spans.name (5) as a varint
    writer.uint32(10).fork().uint32(18).fork().uint32(18).fork().uint32(40).uint32(1);
    const request = writer.ldelim().ldelim().ldelim().finish();

    expect(() => decodeOtlpProto(request)).toThrow(
      /resource_spans\[0\]\.scope_spans\[0\]\.spans\[0\]: name: wire type 2 expected, 0 found/,
    );
  });

  it.each([
    ['ends early', encodeSpan({}).subarray(0, 40)],
    ['is text', Buffer.from('{"resourceSpans":[]}')],
    ['has a message longer than the one around it', Buffer.from([10, 2, 18, 100])],
    ['has a field that reaches over the end of its message', Buffer.from([10, 3, 26, 5, 65, 66, 67, 68, 69])],
    ['has field number 0', Buffer.from([0, 0])],
  ])('refuses a body that %s', (_case, bytes) => {
    expect(() => decodeOtlpProto(bytes)).toThrow(OtlpFormatError);
  });
});
