import { SpanKind, StatusCode } from '../../src/otlp/otlp-span.js';
import type { AnyValue, KeyValue, OtlpEvent, OtlpSpan } from '../../src/otlp/otlp-span.js';
import type { SegmentDocument, SegmentException } from '../../src/segment/segment-document.js';
import { createTranslator } from '../../src/translate/translator.js';
import type { TranslationResult, TranslatorOptions } from '../../src/translate/translator.js';

/** Plain values stand for OTLP's: a whole number for an int, `{ kind }` for what plain values cannot say. */
export type PlainValue = string | number | boolean | AnyValue | PlainValue[] | Uint8Array;
export type PlainAttributes = Record<string, PlainValue> | [key: string, value: PlainValue][];

export function attributes(plain: PlainAttributes = {}): KeyValue[] {
  const entries = Array.isArray(plain) ? plain : Object.entries(plain);
  return entries.map(([key, value]) => ({ key, value: toAnyValue(value) }));
}

export function toAnyValue(plain: PlainValue): AnyValue {
  if (typeof plain === 'string') return { kind: 'string', value: plain };
  if (typeof plain === 'boolean') return { kind: 'bool', value: plain };
  if (typeof plain === 'number') return { kind: Number.isInteger(plain) ? 'int' : 'double', value: plain };
  if (plain instanceof Uint8Array) return { kind: 'bytes', value: plain };
  if (Array.isArray(plain)) return { kind: 'array', values: plain.map(toAnyValue) };
  return plain;
}

type SpanFields = Partial<Omit<OtlpSpan, 'attributes' | 'events' | 'status'>> & {
  attributes?: PlainAttributes;
  events?: OtlpEvent[];
  status?: OtlpSpan['status'];
};

export const PARENT_ID = '53ce929d0e0e4736';

/** A SERVER span without a parent, unless told otherwise. */
export function aSpan(fields: SpanFields = {}): OtlpSpan {
  return {
    traceId: '6553f100000000000000000000000001',
    spanId: 'aaaaaaaaaaaaaaaa',
    parentSpanId: '',
    name: 'POST /signup',
    kind: SpanKind.SERVER,
    startTimeUnixNano: 1_700_000_000_010_000_000,
    endTimeUnixNano: 1_700_000_000_034_000_000,
    links: [],
    ...fields,
    attributes: attributes(fields.attributes),
    events: fields.events ?? [],
    status: fields.status ?? { code: StatusCode.UNSET, message: '' },
  };
}

/** A CLIENT span with a parent. */
export function aCall(plain: PlainAttributes = {}, fields: SpanFields = {}): OtlpSpan {
  return aSpan({ kind: SpanKind.CLIENT, parentSpanId: PARENT_ID, name: 'GET', attributes: plain, ...fields });
}

export function anEvent(
  name: string,
  plain: PlainAttributes = {},
  timeUnixNano: number | bigint = 0,
): OtlpEvent {
  return { name, timeUnixNano, attributes: attributes(plain) };
}

export function anException(type: string, message: string, stack?: string): OtlpEvent {
  return anEvent('exception', {
    'exception.type': type,
    'exception.message': message,
    ...(stack !== undefined && { 'exception.stacktrace': stack }),
  });
}

export interface Surroundings {
  resource?: PlainAttributes;
  options?: TranslatorOptions;
}

/** New ids count: `0000000000000001`, `0000000000000002`, … */
export function translateAll(spans: OtlpSpan[], { resource, options }: Surroundings = {}): TranslationResult {
  let ids = 0;
  const newSegmentId = (): string => String(++ids).padStart(16, '0');
  const translator = createTranslator({ newSegmentId, ...options });
  return translator.translate({ resource: { attributes: attributes(resource) }, spans });
}

/** The one document of a span. */
export function translateOne(span: OtlpSpan, surroundings?: Surroundings): SegmentDocument {
  const { documents, untranslated } = translateAll([span], surroundings);
  if (documents.length !== 1)
    throw new Error(`${documents.length} documents, ${JSON.stringify(untranslated)}`);
  return documents[0]!;
}

export function exceptionsOf(document: SegmentDocument): SegmentException[] {
  return typeof document.cause === 'object' ? (document.cause.exceptions ?? []) : [];
}

/** The document's keys in `metadata.default`. */
export function defaultMetadata(document: SegmentDocument): Record<string, unknown> {
  return document.metadata?.['default'] ?? {};
}
