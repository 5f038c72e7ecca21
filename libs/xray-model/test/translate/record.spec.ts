import { describe, expect, it } from '@jest/globals';
import type { AnyValue } from '../../src/otlp/otlp-span.js';
import { serializeSegmentDocument } from '../../src/translate/serialize-segment-document.js';
import { aCall, aSpan, attributes, defaultMetadata, translateAll, translateOne } from './spans.js';
import type { PlainAttributes } from './spans.js';

const RESOURCE = { 'service.name': 'signup-api', 'process.pid': 7, tags: ['a'] };

describe('the user', () => {
  it('is enduser.id, which is used up', () => {
    const document = translateOne(aSpan({ attributes: { 'enduser.id': 'u1', step: 1 } }));

    expect(document.user).toBe('u1');
    expect(defaultMetadata(document)).toEqual({ step: 1 });
  });

  it.each(['', 7])('is nobody for %j', (user) => {
    const document = translateOne(aSpan({ attributes: { 'enduser.id': user } }));

    expect(document).not.toHaveProperty('user');
    expect(document).not.toHaveProperty('metadata');
  });
});

describe('annotations', () => {
  it('are the attributes that the configuration names, where they are scalar', () => {
    const plain = { text: 't', int: 1, double: 1.5, flag: false, list: ['x'], other: 'o' };
    const options = { indexedAttributes: ['text', 'int', 'double', 'flag', 'list', 'missing'] };

    const document = translateOne(aCall(plain), { options });

    expect(document.annotations).toEqual({ text: 't', int: 1, double: 1.5, flag: false });
    expect(document.metadata).toEqual({ default: { other: 'o' } });
  });

  it('are none by default', () => {
    expect(translateOne(aCall({ text: 't' }))).not.toHaveProperty('annotations');
  });

  it('are also made of what a block has used up', () => {
    const plain = { 'http.method': 'GET', 'rpc.method': 'PutItem', 'db.system': 'mysql', 'enduser.id': 'u1' };
    const options = { indexedAttributes: ['http.method', 'rpc.method', 'db.system', 'enduser.id'] };

    const document = translateOne(aCall(plain), { options });

    expect(document.annotations).toEqual({
      'http.method': 'GET',
      'rpc.method': 'PutItem',
      'db.system': 'mysql',
    });
    expect(document).toMatchObject({
      user: 'u1',
      aws: { operation: 'PutItem' },
      sql: { database_type: 'mysql' },
    });
  });

  it('are also named by the span itself, in a list that is used up', () => {
    const plain = {
      mine: 1,
      other: 2,
      'http.method': 'GET',
      'aws.xray.annotations': ['mine', 'http.method', 7],
    };

    const document = translateOne(aCall(plain), { options: { indexedAttributes: ['other'] } });

    expect(document.annotations).toEqual({ mine: 1, other: 2 });
    expect(document).not.toHaveProperty('metadata');
  });

  it('are not named by a text, which stays', () => {
    const document = translateOne(aCall({ mine: 1, 'aws.xray.annotations': 'mine' }));

    expect(defaultMetadata(document)).toEqual({ mine: 1, 'aws.xray.annotations': 'mine' });
  });

  it.each([
    ['a.b_c', 'a.b_c'],
    ['Key9', 'Key9'],
    ['a b/c-d', 'a_b_c_d'],
    ['ключ', '____'],
    ['a😀b', 'a_b'],
    ['', ''],
    ['__proto__', '__proto__'],
  ])('have the key %j as %j', (key, expected) => {
    const plain: PlainAttributes = [[key, 'v']];

    const { annotations = {} } = translateOne(aCall(plain), { options: { indexedAttributes: [key] } });

    expect(Object.entries(annotations)).toEqual([[expected, 'v']]);
  });

  it('round an integer beyond 2^53, as X-Ray knows doubles only', () => {
    const plain = { id: { kind: 'int', value: 9007199254740993n } } as const;

    expect(translateOne(aCall(plain), { options: { indexedAttributes: ['id'] } }).annotations).toEqual({
      id: 9007199254740992,
    });
  });
});

describe('the resource of a segment', () => {
  it('is annotated where the prefixed key is indexed and the value scalar', () => {
    const options = {
      indexedAttributes: ['otel.resource.service.name', 'otel.resource.tags', 'process.pid'],
    };

    const document = translateOne(aSpan(), { resource: RESOURCE, options });

    expect(document.annotations).toEqual({ 'otel.resource.service.name': 'signup-api' });
    expect(defaultMetadata(document)).toEqual({
      'otel.resource.process.pid': 7,
      'otel.resource.tags': ['a'],
    });
  });

  it('is annotated by the list of the span', () => {
    const span = aSpan({ attributes: { 'aws.xray.annotations': ['otel.resource.process.pid'] } });
    const options = { indexedAttributes: ['otel.resource.service.name'] };

    const document = translateOne(span, { resource: RESOURCE, options });

    expect(document.annotations).toEqual({
      'otel.resource.service.name': 'signup-api',
      'otel.resource.process.pid': 7,
    });
    expect(defaultMetadata(document)).toEqual({ 'otel.resource.tags': ['a'] });
  });

  it('is not annotated on a subsegment', () => {
    const options = { indexedAttributes: ['otel.resource.service.name'] };

    expect(translateOne(aCall(), { resource: RESOURCE, options })).not.toHaveProperty('annotations');
  });

  it('leaves empty values out', () => {
    expect(translateOne(aSpan(), { resource: { none: { kind: 'empty' } } })).not.toHaveProperty('metadata');
  });
});

describe('indexAllAttributes', () => {
  const options = { indexAllAttributes: true, indexedAttributes: ['http.method'] };

  it('annotates every scalar of the span and of its resource, and loses the rest of the span', () => {
    const plain = {
      text: 't',
      list: ['x'],
      bytes: Uint8Array.of(1),
      'aws.xray.metadata.ns': '{"a":1}',
      'http.method': 'GET',
    };
    const span = aSpan({ attributes: { ...plain, 'aws.xray.annotations': ['text'] } });

    const document = translateOne(span, { resource: RESOURCE, options });

    expect(document.annotations).toEqual({
      text: 't',
      'aws.xray.metadata.ns': '{"a":1}',
      'http.method': 'GET',
      'otel.resource.service.name': 'signup-api',
      'otel.resource.process.pid': 7,
    });
    expect(document.metadata).toEqual({ default: { 'otel.resource.tags': ['a'] } });
  });
});

describe('metadata', () => {
  it('keeps every value as it is', () => {
    const values: Record<string, AnyValue> = {
      bytes: { kind: 'bytes', value: Uint8Array.of(0xff, 0xfe, 1, 2) },
      noBytes: { kind: 'bytes', value: new Uint8Array() },
      none: { kind: 'empty' },
      list: {
        kind: 'array',
        values: [{ kind: 'empty' }, { kind: 'array', values: [] }, { kind: 'bool', value: true }],
      },
      map: {
        kind: 'map',
        entries: [
          { key: 'a', value: { kind: 'empty' } },
          { key: 'b', value: { kind: 'string', value: 'first' } },
          { key: 'b', value: { kind: 'string', value: 'last' } },
          { key: 'c', value: { kind: 'map', entries: [] } },
        ],
      },
    };

    expect(defaultMetadata(translateOne(aCall(values)))).toEqual({
      bytes: '//4BAg==',
      noBytes: null,
      list: [null, [], true],
      map: { a: null, b: 'last', c: {} },
    });
  });

  it('writes many bytes', () => {
    const value = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);

    expect(defaultMetadata(translateOne(aCall({ value })))['value']).toBe(
      Buffer.from(value).toString('base64'),
    );
  });

  it.each([
    [{ kind: 'int', value: 9223372036854775807n }, '9223372036854775807'],
    [{ kind: 'int', value: -9223372036854775808n }, '-9223372036854775808'],
    [{ kind: 'int', value: 2 ** 60 }, '1152921504606846976'],
    [{ kind: 'int', value: 7n }, '7'],
    [{ kind: 'int', value: -(2 ** 53) }, '-9007199254740992'],
    [{ kind: 'double', value: 1e21 }, '1e+21'],
  ] as [AnyValue, string][])('writes %j exactly', (value, text) => {
    expect(serializeSegmentDocument(translateOne(aCall({ value })))).toContain(
      `"metadata":{"default":{"value":${text}}}`,
    );
  });

  it('rounds where the engine cannot write exact integers', () => {
    const json = JSON as { rawJSON?: unknown };
    const { rawJSON } = json;
    delete json.rawJSON;
    try {
      const value: AnyValue = { kind: 'int', value: 9007199254740993n };
      expect(defaultMetadata(translateOne(aCall({ value })))).toEqual({ value: 9007199254740992 });
    } finally {
      json.rawJSON = rawJSON;
    }
  });

  it('keeps the last of several attributes with one key, also when that is empty', () => {
    const plain: PlainAttributes = [
      ['step', 1],
      ['step', 2],
      ['gone', 1],
      ['gone', { kind: 'empty' }],
    ];

    expect(defaultMetadata(translateOne(aCall(plain)))).toEqual({ step: 2 });
  });

  it('has room for a key called __proto__', () => {
    const entries = attributes([['__proto__', 'inner']]);
    const plain: PlainAttributes = [
      ['__proto__', { kind: 'map', entries }],
      ['aws.xray.metadata.__proto__', '{"__proto__":{"x":1}}'],
    ];

    const text = serializeSegmentDocument(translateOne(aCall(plain)));

    expect(text).toContain(
      '"metadata":{"__proto__":{"__proto__":{"x":1}},"default":{"__proto__":{"__proto__":"inner"}}}',
    );
  });

  it('is absent when nothing is left', () => {
    expect(translateOne(aSpan({ attributes: { 'http.method': 'GET' } }))).not.toHaveProperty('metadata');
  });
});

describe('metadata namespaces', () => {
  it('take JSON objects, and the default one is added to', () => {
    const document = translateOne(
      aCall({
        'aws.xray.metadata.mine': '{"a":{"b":[1,"x",null]}}',
        'aws.xray.metadata.Default': '{"c":1}',
        'aws.xray.metadata.': '{}',
        'aws.xray.metadata.none': 'null',
        plain: 1,
      }),
    );

    expect(document.metadata).toEqual({
      default: { c: 1, plain: 1 },
      mine: { a: { b: [1, 'x', null] } },
      '': {},
      none: null,
    });
  });

  it('take null for the default one as nothing', () => {
    expect(translateOne(aCall({ 'aws.xray.metadata.default': 'null' }))).not.toHaveProperty('metadata');
  });

  it.each([
    'text',
    '',
    '[1]',
    '"x"',
    '7',
    '{"a":',
    '{"a":1e400}',
    `${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`,
    7,
    ['{"a":1}'],
  ])('leave %j in the default one', (value) => {
    expect(defaultMetadata(translateOne(aCall({ 'aws.xray.metadata.mine': value })))).toEqual({
      'aws.xray.metadata.mine': value,
    });
  });

  it('replace half characters', () => {
    const { metadata } = translateOne(aCall({ 'aws.xray.metadata.mine': '{"\\ud800":["\\udc00x"]}' }));

    expect(metadata).toEqual({ mine: { '\ufffd': ['\ufffdx'] } });
  });

  it('give way to annotations', () => {
    const options = { indexedAttributes: ['aws.xray.metadata.mine'] };

    expect(translateOne(aCall({ 'aws.xray.metadata.mine': '{"a":1}' }), { options })).toMatchObject({
      annotations: { 'aws.xray.metadata.mine': '{"a":1}' },
    });
  });
});

describe('a number that JSON has no word for', () => {
  const NAN: AnyValue = { kind: 'double', value: Number.NaN };

  it.each([
    ['an attribute', { value: NAN }],
    ['a list', { value: [1, NAN] }],
    [
      'a map',
      { value: { kind: 'map', entries: [{ key: 'k', value: { kind: 'double', value: -Infinity } }] } },
    ],
  ] as [string, PlainAttributes][])('drops the span from %s', (_where, plain) => {
    expect(translateAll([aCall(plain)]).documents).toEqual([]);
  });

  it('drops the span from an annotation, a link, and the resource of a segment', () => {
    const link = {
      traceId: '0'.repeat(32),
      spanId: 'bbbbbbbbbbbbbbbb',
      attributes: [{ key: 'k', value: NAN }],
    };

    expect(translateAll([aCall({ k: NAN })], { options: { indexAllAttributes: true } }).documents).toEqual(
      [],
    );
    expect(translateAll([aSpan({ links: [link] })]).documents).toEqual([]);
    expect(translateAll([aSpan()], { resource: { k: NAN } }).documents).toEqual([]);
    expect(translateAll([aCall()], { resource: { k: NAN } }).documents).toHaveLength(1);
  });

  it('does not matter where it is used up, lost or replaced', () => {
    const options = { indexAllAttributes: true };
    const replaced: PlainAttributes = [
      ['k', NAN],
      ['k', 1],
    ];

    expect(translateAll([aCall({ 'http.status_code': NAN })]).documents).toHaveLength(1);
    expect(translateAll([aCall({ k: [NAN] })], { options }).documents).toHaveLength(1);
    expect(translateAll([aCall(replaced)]).documents).toHaveLength(1);
    expect(translateAll([aSpan()], { resource: replaced }).documents).toHaveLength(1);
  });

  it('is as bad as bottomless nesting', () => {
    let value: AnyValue = { kind: 'empty' };
    for (let depth = 0; depth < 5000; depth++) value = { kind: 'array', values: [value] };
    let map: AnyValue = { kind: 'empty' };
    for (let depth = 0; depth < 5000; depth++) map = { kind: 'map', entries: [{ key: 'k', value: map }] };

    const { untranslated } = translateAll([aCall({ value }), aCall({ map })]);

    const tooDeep = { reason: expect.stringContaining('nested deeper') };
    expect(untranslated).toMatchObject([tooDeep, tooDeep]);
  });
});
