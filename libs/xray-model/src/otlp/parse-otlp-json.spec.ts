import { describe, expect, it } from '@jest/globals';
import { OtlpFormatError } from './otlp-format-error.js';
import type { AnyValue, OtlpSpan } from './otlp-span.js';
import { parseOtlpJson } from './parse-otlp-json.js';

const TRACE_ID = '5b8efff798038103d269b633813fc60c';
const SPAN_ID = 'eee19b7ec3c1b174';

function requestOf(span: object, resource?: object): object {
  return {
    resourceSpans: [{ resource, scopeSpans: [{ spans: [{ traceId: TRACE_ID, spanId: SPAN_ID, ...span }] }] }],
  };
}

function parseSpan(span: object): OtlpSpan {
  const { resourceSpans, rejectedSpans } = parseOtlpJson(requestOf(span));
  expect(rejectedSpans).toEqual([]);
  return resourceSpans[0]!.spans[0]!;
}

function parseValue(value: object | null): AnyValue {
  return parseSpan({ attributes: [{ key: 'k', value }] }).attributes[0]!.value;
}

/** The path of the error. */
function errorOf(request: string | object): string {
  try {
    parseOtlpJson(request);
  } catch (error) {
    if (error instanceof OtlpFormatError) return error.message;
  }
  return 'no error';
}

describe('an export request', () => {
  it('is read with all that the translation needs, and its scopes are flattened', () => {
    const span = {
      traceId: TRACE_ID.toUpperCase(),
      spanId: SPAN_ID,
      parentSpanId: 'EEE19B7EC3C1B173',
      name: 'I am a span',
      kind: 2,
      startTimeUnixNano: '1544712660000000000',
      endTimeUnixNano: '1544712661000000000',
      attributes: [{ key: 'my.span.attr', value: { stringValue: 'some value' } }],
      events: [
        {
          timeUnixNano: '1544712660123456789',
          name: 'exception',
          attributes: [{ key: 'a', value: { boolValue: true } }],
        },
      ],
      links: [{ traceId: TRACE_ID, spanId: SPAN_ID, attributes: [] }],
      status: { code: 2, message: 'It broke' },
      traceState: 'ignored',
      flags: 257,
      unknown: {},
    };
    const scopes = [{ scope: { name: 's' }, spans: [span] }, { spans: [{ ...span, name: 'second' }] }, {}];
    const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'my.service' } }] };

    const { resourceSpans, rejectedSpans } = parseOtlpJson(
      JSON.stringify({ resourceSpans: [{ resource, scopeSpans: scopes }] }),
    );

    expect(rejectedSpans).toEqual([]);
    expect(resourceSpans).toHaveLength(1);
    expect(resourceSpans[0]?.resource.attributes).toEqual([
      { key: 'service.name', value: { kind: 'string', value: 'my.service' } },
    ]);
    expect(resourceSpans[0]?.spans.map(({ name }) => name)).toEqual(['I am a span', 'second']);
    expect(resourceSpans[0]?.spans[0]).toEqual({
      traceId: TRACE_ID,
      spanId: SPAN_ID,
      parentSpanId: 'eee19b7ec3c1b173',
      name: 'I am a span',
      kind: 2,
      startTimeUnixNano: 1544712660000000000,
      endTimeUnixNano: 1544712661000000000,
      attributes: [{ key: 'my.span.attr', value: { kind: 'string', value: 'some value' } }],
      events: [
        {
          timeUnixNano: 1544712660123456789n,
          name: 'exception',
          attributes: [{ key: 'a', value: { kind: 'bool', value: true } }],
        },
      ],
      links: [{ traceId: TRACE_ID, spanId: SPAN_ID, attributes: [] }],
      status: { code: 2, message: 'It broke' },
    });
  });

  it('may leave everything out but the ids, or have null for it', () => {
    const empty: OtlpSpan = {
      traceId: TRACE_ID,
      spanId: SPAN_ID,
      parentSpanId: '',
      name: '',
      kind: 0,
      startTimeUnixNano: 0,
      endTimeUnixNano: 0,
      attributes: [],
      events: [],
      links: [],
      status: { code: 0, message: '' },
    };
    const nulls = {
      parentSpanId: null,
      name: null,
      kind: null,
      startTimeUnixNano: null,
      attributes: null,
      status: null,
    };

    expect(parseSpan({})).toEqual(empty);
    expect(parseSpan(nulls)).toEqual(empty);
    expect(parseOtlpJson('{}')).toEqual({ resourceSpans: [], rejectedSpans: [] });
    expect(parseOtlpJson({ resourceSpans: [{}] }).resourceSpans).toEqual([
      { resource: { attributes: [] }, spans: [] },
    ]);
  });

  it('may name its fields as the protocol does', () => {
    const request = {
      resource_spans: [
        { scope_spans: [{ spans: [{ trace_id: TRACE_ID, span_id: SPAN_ID, start_time_unix_nano: 5 }] }] },
      ],
    };

    expect(parseOtlpJson(request).resourceSpans[0]?.spans[0]).toMatchObject({
      traceId: TRACE_ID,
      startTimeUnixNano: 5,
    });
  });
});

describe('kinds and codes', () => {
  it.each([
    [1, 1],
    [5, 5],
    [6, 0],
    [-1, 0],
    ['SPAN_KIND_INTERNAL', 1],
    ['SPAN_KIND_SERVER', 2],
    ['SPAN_KIND_CLIENT', 3],
    ['SPAN_KIND_PRODUCER', 4],
    ['SPAN_KIND_CONSUMER', 5],
    ['SPAN_KIND_UNSPECIFIED', 0],
  ])('read kind %s as %d', (kind, expected) => {
    expect(parseSpan({ kind }).kind).toBe(expected);
  });

  it.each([
    [1, 1],
    [2, 2],
    [3, 0],
    ['STATUS_CODE_OK', 1],
    ['STATUS_CODE_ERROR', 2],
    ['STATUS_CODE_UNSET', 0],
  ])('read status %s as %d', (code, expected) => {
    expect(parseSpan({ status: { code } }).status.code).toBe(expected);
  });
});

describe('values', () => {
  it.each([
    [{ stringValue: 'x' }, { kind: 'string', value: 'x' }],
    [{ stringValue: 'half \ud800' }, { kind: 'string', value: 'half \ufffd' }],
    [{ boolValue: false }, { kind: 'bool', value: false }],
    [{ intValue: '42' }, { kind: 'int', value: 42 }],
    [{ intValue: 42 }, { kind: 'int', value: 42 }],
    [{ intValue: '+42' }, { kind: 'int', value: 42 }],
    [{ intValue: '-9223372036854775808' }, { kind: 'int', value: -9223372036854775808n }],
    [{ int_value: '9223372036854775807' }, { kind: 'int', value: 9223372036854775807n }],
    [{ doubleValue: 1.5 }, { kind: 'double', value: 1.5 }],
    [{ doubleValue: 7 }, { kind: 'double', value: 7 }],
    [{ doubleValue: '-1.5e3' }, { kind: 'double', value: -1500 }],
    [{ doubleValue: 'NaN' }, { kind: 'double', value: Number.NaN }],
    [{ doubleValue: '-Infinity' }, { kind: 'double', value: -Infinity }],
    [{ bytesValue: 'AQID/+8=' }, { kind: 'bytes', value: Uint8Array.of(1, 2, 3, 0xff, 0xef) }],
    [{ bytesValue: 'AQID_-8' }, { kind: 'bytes', value: Uint8Array.of(1, 2, 3, 0xff, 0xef) }],
    [{ bytesValue: '' }, { kind: 'bytes', value: new Uint8Array() }],
    [
      { arrayValue: { values: [{ intValue: 1 }, {}] } },
      { kind: 'array', values: [{ kind: 'int', value: 1 }, { kind: 'empty' }] },
    ],
    [{ arrayValue: {} }, { kind: 'array', values: [] }],
    [
      { kvlistValue: { values: [{ key: 'a', value: { boolValue: true } }, { key: 'b' }] } },
      {
        kind: 'map',
        entries: [
          { key: 'a', value: { kind: 'bool', value: true } },
          { key: 'b', value: { kind: 'empty' } },
        ],
      },
    ],
    [{}, { kind: 'empty' }],
    [null, { kind: 'empty' }],
    [{ laterValue: 1 }, { kind: 'empty' }],
    [{ stringValue: null }, { kind: 'empty' }],
    [
      { stringValue: 'x', intValue: 1 },
      { kind: 'int', value: 1 },
    ],
  ] as [object | null, AnyValue][])('read %j', (value, expected) => {
    expect(parseValue(value)).toEqual(expected);
  });

  it('read integers in the text exactly, and nothing else differently', () => {
    const text = JSON.stringify(
      requestOf({
        name: 'a "12345678901234567890" \\',
        attributes: [
          { key: ': 12345678901234567890', value: { intValue: 'INT' } },
          { key: 'd', value: { doubleValue: 'DOUBLE' } },
        ],
      }),
    );

    const { resourceSpans } = parseOtlpJson(
      text.replace('"INT"', ' -9223372036854775807 ').replace('"DOUBLE"', '1.12345678901234567890'),
    );

    expect(resourceSpans[0]?.spans[0]).toMatchObject({
      name: 'a "12345678901234567890" \\',
      attributes: [
        { key: ': 12345678901234567890', value: { kind: 'int', value: -9223372036854775807n } },
        { key: 'd', value: { kind: 'double', value: 1.1234567890123457 } },
      ],
    });
  });

  it('may nest 64 deep', () => {
    let value: object = {};
    for (let depth = 0; depth < 64; depth++) value = { arrayValue: { values: [value] } };

    expect(parseValue(value).kind).toBe('array');
    expect(() => parseValue({ arrayValue: { values: [value] } })).toThrow(/nested deeper than 64 levels$/);
  });
});

describe('a span whose ids cannot be', () => {
  it.each([
    [{ traceId: '' }, 'traceId: must be there and not all zeros'],
    [{ traceId: '0'.repeat(32) }, 'traceId: must be there and not all zeros'],
    [{ spanId: undefined }, 'spanId: must be there and not all zeros'],
    [{ traceId: 'xyz' }, 'traceId: expected 32 hex digits, got "xyz"'],
    [{ traceId: 'g'.repeat(32) }, `traceId: expected 32 hex digits, got "${'g'.repeat(32)}"`],
    [{ traceId: 'a'.repeat(900) }, `traceId: expected 32 hex digits, got "${'a'.repeat(40)}"`],
    [{ parentSpanId: 'abc' }, 'parentSpanId: expected 16 hex digits, got "abc"'],
    [{ links: [{ spanId: 'abc' }] }, 'links[0].spanId: expected 16 hex digits, got "abc"'],
  ])('is set aside with %j', (ids, reason) => {
    const good = { traceId: TRACE_ID, spanId: SPAN_ID };
    const request = { resourceSpans: [{ scopeSpans: [{}, { spans: [good, { ...good, ...ids }] }] }] };

    const { resourceSpans, rejectedSpans } = parseOtlpJson(request);

    expect(resourceSpans[0]?.spans).toHaveLength(1);
    expect(rejectedSpans).toEqual([{ path: 'resourceSpans[0].scopeSpans[1].spans[1]', reason }]);
  });

  it('may have a parent of zeros, which is none', () => {
    expect(parseSpan({ parentSpanId: '0'.repeat(16) }).parentSpanId).toBe('');
  });
});

describe('a malformed request', () => {
  const span = 'resourceSpans[0].scopeSpans[0].spans[0]';

  it.each([
    [{ spanId: 7 }, `${span}.spanId: expected a string`],
    [{ name: {} }, `${span}.name: expected a string`],
    [{ kind: 'CLIENT' }, `${span}.kind: expected a number or one of SPAN_KIND_UNSPECIFIED`],
    [{ kind: 1.5 }, `${span}.kind: expected a number or a name`],
    [{ kind: true }, `${span}.kind: expected a number or a name`],
    [{ startTimeUnixNano: '-1' }, `${span}.startTimeUnixNano: expected an integer of 64 bits`],
    [
      { startTimeUnixNano: '18446744073709551616' },
      `${span}.startTimeUnixNano: expected an integer of 64 bits`,
    ],
    [{ endTimeUnixNano: '1.5' }, `${span}.endTimeUnixNano: expected an integer`],
    [{ endTimeUnixNano: true }, `${span}.endTimeUnixNano: expected an integer`],
    [{ attributes: {} }, `${span}.attributes: expected an array`],
    [{ attributes: [7] }, `${span}.attributes[0]: expected an object`],
    [{ attributes: [{ key: 'a' }, { key: 7 }] }, `${span}.attributes[1].key: expected a string`],
    [{ attributes: [{ value: 'x' }] }, `${span}.attributes[0].value: expected an object`],
    [
      { attributes: [{ value: { stringValue: 1 } }] },
      `${span}.attributes[0].value.stringValue: expected a string`,
    ],
    [
      { attributes: [{ value: { boolValue: 'true' } }] },
      `${span}.attributes[0].value.boolValue: expected true or false`,
    ],
    [
      { attributes: [{ value: { intValue: 1.5 } }] },
      `${span}.attributes[0].value.intValue: expected an integer`,
    ],
    [
      { attributes: [{ value: { intValue: '9223372036854775808' } }] },
      `${span}.attributes[0].value.intValue: expected an integer of 64 bits`,
    ],
    [
      { attributes: [{ value: { doubleValue: '0x10' } }] },
      `${span}.attributes[0].value.doubleValue: expected a number`,
    ],
    [
      { attributes: [{ value: { doubleValue: true } }] },
      `${span}.attributes[0].value.doubleValue: expected a number`,
    ],
    [
      { attributes: [{ value: { bytesValue: '%' } }] },
      `${span}.attributes[0].value.bytesValue: expected base64`,
    ],
    [
      { attributes: [{ value: { bytesValue: 7 } }] },
      `${span}.attributes[0].value.bytesValue: expected base64`,
    ],
    [
      {
        attributes: [{ value: { arrayValue: { values: [{}, { kvlistValue: { values: [{ key: 1 }] } }] } } }],
      },
      `${span}.attributes[0].value.arrayValue.values[1].kvlistValue.values[0].key: expected a string`,
    ],
    [{ events: [{ timeUnixNano: 'now' }] }, `${span}.events[0].timeUnixNano: expected an integer`],
    [{ links: [{ spanId: 7 }] }, `${span}.links[0].spanId: expected a string`],
    [{ status: [] }, `${span}.status: expected an object`],
    [{ status: { code: 'OK' } }, `${span}.status.code: expected a number or one of STATUS_CODE_UNSET`],
  ])('with %j is refused with the place', (fields, message) => {
    expect(errorOf(requestOf(fields))).toContain(message);
  });

  it.each([
    ['[]', 'expected an object'],
    ['"text"', 'expected an object'],
    ['{"resourceSpans":', 'not JSON: '],
    ['{"resourceSpans": 1234567890123456789, "', 'not JSON: '],
    ['', 'not JSON: '],
    [{ resourceSpans: 'x' }, 'resourceSpans: expected an array'],
    [{ resourceSpans: [{ resource: 'x' }] }, 'resourceSpans[0].resource: expected an object'],
    [
      { resourceSpans: [{}, { scopeSpans: [{ spans: 1 }] }] },
      'resourceSpans[1].scopeSpans[0].spans: expected an array',
    ],
  ])('%j is refused', (request, message) => {
    expect(errorOf(request)).toContain(message);
  });

  it('has the path and the cause in its error', () => {
    expect(() => parseOtlpJson('{')).toThrow(
      expect.objectContaining({ path: '', cause: expect.any(SyntaxError) }),
    );
    expect(() => parseOtlpJson(requestOf({ name: 7 }))).toThrow(
      expect.objectContaining({ path: `${span}.name` }),
    );
  });
});
