import { describe, expect, it } from '@jest/globals';
import { SpanKind } from '../../src/otlp/otlp-span.js';
import type { OtlpSpan } from '../../src/otlp/otlp-span.js';
import { serializeSegmentDocument } from '../../src/translate/serialize-segment-document.js';
import { createTranslator } from '../../src/translate/translator.js';
import {
  aCall,
  anException,
  aSpan,
  defaultMetadata,
  exceptionsOf,
  PARENT_ID,
  translateAll,
  translateOne,
} from './spans.js';

describe('the kind of document', () => {
  it.each([
    ['SERVER', PARENT_ID, undefined],
    ['SERVER', '', undefined],
    ['CONSUMER', PARENT_ID, undefined],
    ['CONSUMER', '', undefined],
    ['CLIENT', PARENT_ID, 'subsegment'],
    ['CLIENT', '', undefined],
    ['PRODUCER', PARENT_ID, 'subsegment'],
    ['INTERNAL', PARENT_ID, 'subsegment'],
    ['INTERNAL', '', undefined],
    ['UNSPECIFIED', PARENT_ID, 'subsegment'],
    ['INTERNAL', '0000000000000000', undefined],
  ] as const)('of a %s span with parent "%s" is %s', (kind, parentSpanId, type) => {
    const document = translateOne(aSpan({ kind: SpanKind[kind], parentSpanId }));

    expect(document.type).toBe(type);
  });

  it('keeps the parent of a segment', () => {
    expect(translateOne(aSpan({ parentSpanId: PARENT_ID })).parent_id).toBe(PARENT_ID);
    expect(translateOne(aSpan())).not.toHaveProperty('parent_id');
  });

  it('stores the resource in segments and not in subsegments', () => {
    const resource = { 'service.name': 'signup-api', 'process.pid': 7 };

    expect(defaultMetadata(translateOne(aSpan(), { resource }))).toEqual({
      'otel.resource.service.name': 'signup-api',
      'otel.resource.process.pid': 7,
    });
    expect(translateOne(aCall(), { resource })).not.toHaveProperty('metadata');
    expect(translateOne(aCall({}, { parentSpanId: '' }), { resource })).toHaveProperty('metadata');
  });
});

describe('ids and times', () => {
  it('writes the trace id in X-Ray form whatever time it begins with', () => {
    const old = translateOne(aSpan({ traceId: '11110000000000000000000000000001' }));

    expect(translateOne(aSpan()).trace_id).toBe('1-6553f100-000000000000000000000001');
    expect(old.trace_id).toBe('1-11110000-000000000000000000000001');
  });

  it('divides nanoseconds to seconds', () => {
    const document = translateOne(aSpan());

    expect(document.start_time).toBe(1700000000.01);
    expect(document.end_time).toBe(1700000000.034);
    expect(document).not.toHaveProperty('in_progress');
  });

  it('writes in_progress instead of an end for aws.xray.inprogress and consumes the mark', () => {
    const document = translateOne(aSpan({ attributes: { 'aws.xray.inprogress': true, step: 1 } }));

    expect(document.in_progress).toBe(true);
    expect(document).not.toHaveProperty('end_time');
    expect(defaultMetadata(document)).toEqual({ step: 1 });
  });

  it('consumes a mark of false and keeps one that is no boolean', () => {
    const finished = translateOne(aSpan({ attributes: { 'aws.xray.inprogress': false } }));
    const odd = translateOne(aSpan({ attributes: { 'aws.xray.inprogress': 'true' } }));

    expect(finished.end_time).toBe(1700000000.034);
    expect(finished).not.toHaveProperty('metadata');
    expect(odd.end_time).toBe(1700000000.034);
    expect(defaultMetadata(odd)).toEqual({ 'aws.xray.inprogress': 'true' });
  });

  it('puts the last attribute in the place of the mark, as the collector does', () => {
    const { http } = translateOne(
      aSpan({
        attributes: [
          ['aws.xray.inprogress', false],
          ['http.method', 'GET'],
          ['http.request.method', 'POST'],
        ],
      }),
    );

    expect(http?.request?.method).toBe('GET');
  });

  it('leaves nothing but the mark when it was the last attribute', () => {
    const document = translateOne(aSpan({ attributes: { step: 1, 'aws.xray.inprogress': true } }));

    expect(defaultMetadata(document)).toEqual({ step: 1 });
  });
});

describe('missing ids and names', () => {
  it('writes null for them in the text, as the exporter does', () => {
    const nameless = translateAll([
      aCall({ 'aws.span.kind': 'LOCAL_ROOT', 'aws.local.service': '' }, { name: 'call' }),
    ]).documents[1]!;
    const idless = translateOne(aSpan({ spanId: '0000000000000000', traceId: '' }));

    expect(nameless.name).toBe('');
    expect(JSON.parse(serializeSegmentDocument(nameless))).toMatchObject({ name: null, id: nameless.id });
    expect(idless).toMatchObject({ id: '', trace_id: '1-00000000-000000000000000000000000' });
    expect(JSON.parse(serializeSegmentDocument(idless))).toMatchObject({ name: 'POST /signup', id: null });
  });
});

describe('links', () => {
  const link = { traceId: '6553f1000000000000000000000000ff', spanId: 'bbbbbbbbbbbbbbbb', attributes: [] };

  it('carries ids, and attributes only if there are any', () => {
    const { links } = translateOne(
      aSpan({
        links: [
          link,
          {
            ...link,
            spanId: '',
            attributes: [
              { key: 'n', value: { kind: 'int', value: 1 } },
              { key: 'none', value: { kind: 'empty' } },
              { key: 'list', value: { kind: 'array', values: [{ kind: 'bool', value: true }] } },
            ],
          },
        ],
      }),
    );

    expect(links).toEqual([
      { trace_id: '1-6553f100-0000000000000000000000ff', id: 'bbbbbbbbbbbbbbbb' },
      {
        trace_id: '1-6553f100-0000000000000000000000ff',
        id: '',
        attributes: { n: 1, none: null, list: [true] },
      },
    ]);
  });

  it('keeps links to traces of any age, and writes none when there are none', () => {
    const old = { ...link, traceId: '00000001000000000000000000000001' };

    expect(translateOne(aSpan({ links: [old] })).links?.[0]?.trace_id).toBe(
      '1-00000001-000000000000000000000001',
    );
    expect(translateOne(aSpan())).not.toHaveProperty('links');
  });
});

describe('createTranslator', () => {
  it('makes random ids of 16 hex digits by default', () => {
    const span = aSpan({ events: [anException('E', 'm'), anException('E', 'm')] });
    const result = createTranslator().translate({ resource: { attributes: [] }, spans: [span] });
    const [first, second] = exceptionsOf(result.documents[0]!);

    expect(first?.id).toMatch(/^[0-9a-f]{16}$/);
    expect(second?.id).not.toBe(first?.id);
  });

  it('translates the spans of a resource in their order and leaves them as they were', () => {
    const spans = [aSpan({ spanId: '0000000000000001' }), aCall({ 'http.method': 'GET' })];
    const before = structuredClone(spans) as OtlpSpan[];

    const { documents } = translateAll(spans, { resource: { 'service.name': 's' } });

    expect(documents.map(({ id }) => id)).toEqual(['0000000000000001', 'aaaaaaaaaaaaaaaa']);
    expect(spans).toEqual(before);
  });

  it('drops an unwritable span with a reason and goes on', () => {
    const bad = aSpan({ attributes: { ratio: { kind: 'double', value: Number.NaN } } });

    const { documents, untranslated } = translateAll([bad, aSpan()]);

    expect(documents).toHaveLength(1);
    expect(untranslated).toEqual([{ span: bad, reason: expect.stringContaining('NaN') }]);
  });
});
