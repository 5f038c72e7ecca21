import { JsonReader } from './json-reader.js';
import type { JsonObject } from './json-reader.js';
import { quoteLongIntegers } from './long-integers.js';
import { OtlpFormatError } from './otlp-format-error.js';
import { SpanKind, StatusCode } from './otlp-span.js';
import type { OtlpEvent, OtlpLink, OtlpSpan, ResourceSpans } from './otlp-span.js';
import { parseAttributes } from './parse-any-value.js';

/** An export request, and which of its spans cannot be taken. */
export interface OtlpRequest {
  resourceSpans: ResourceSpans[];
  /** Spans with ids that cannot be, or without those that OTLP requires. They are not in `resourceSpans`. */
  rejectedSpans: SpanRejection[];
}

/** A span that was left out of a request. */
export interface SpanRejection {
  /** Where in the request, such as `resourceSpans[0].scopeSpans[1].spans[3]`. */
  path: string;
  /** The field and what is wrong with it. */
  reason: string;
}

/**
 * Reads an OTLP/JSON `ExportTraceServiceRequest`. Ids are hex, 64-bit integers are texts or numbers, kinds and codes
 * numbers or names, bytes base64; unknown fields are ignored.
 *
 * @param request the JSON text, or what `JSON.parse` made of it (then integers beyond 2^53 must be texts to be exact)
 * @throws {OtlpFormatError} it is no such request; the error names the bad field
 * @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export function parseOtlpJson(request: string | object): OtlpRequest {
  const reader = new JsonReader();
  const root = reader.toObject(typeof request === 'string' ? parseJson(request) : request);
  const rejectedSpans: SpanRejection[] = [];
  const resourceSpans = reader.items(root, 'resourceSpans', (item) =>
    parseResourceSpans(reader, item, rejectedSpans),
  );
  return { resourceSpans, rejectedSpans };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(quoteLongIntegers(text));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OtlpFormatError('', `not JSON: ${reason}`, { cause: error });
  }
}

function parseResourceSpans(
  reader: JsonReader,
  object: JsonObject,
  rejectedSpans: SpanRejection[],
): ResourceSpans {
  const attributes = reader.field(object, 'resource', (value) =>
    parseAttributes(reader, reader.toObject(value)),
  );
  const spans: OtlpSpan[] = [];
  reader.items(object, 'scopeSpans', (scope) =>
    reader.items(scope, 'spans', (item) => {
      const span = parseSpan(reader, item);
      const reason = findIdProblem(span);
      if (reason === undefined) spans.push(span);
      else rejectedSpans.push({ path: reader.path(), reason });
    }),
  );
  return { resource: { attributes }, spans };
}

const TRACE_ID_DIGITS = 32;
const SPAN_ID_DIGITS = 16;
const SPAN_KINDS: ReadonlyMap<string, number> = new Map(
  Object.entries(SpanKind).map(([name, value]) => [`SPAN_KIND_${name}`, value]),
);
const STATUS_CODES: ReadonlyMap<string, number> = new Map(
  Object.entries(StatusCode).map(([name, value]) => [`STATUS_CODE_${name}`, value]),
);

function parseSpan(reader: JsonReader, object: JsonObject): OtlpSpan {
  return {
    traceId: reader.id(object, 'traceId', TRACE_ID_DIGITS),
    spanId: reader.id(object, 'spanId', SPAN_ID_DIGITS),
    parentSpanId: reader.id(object, 'parentSpanId', SPAN_ID_DIGITS),
    name: reader.text(object, 'name'),
    kind: toSpanKind(reader.enumeration(object, 'kind', SPAN_KINDS)),
    startTimeUnixNano: Number(reader.uint64(object, 'startTimeUnixNano')),
    endTimeUnixNano: Number(reader.uint64(object, 'endTimeUnixNano')),
    attributes: parseAttributes(reader, object),
    events: reader.items(object, 'events', (event) => parseEvent(reader, event)),
    links: reader.items(object, 'links', (link) => parseLink(reader, link)),
    status: reader.field(object, 'status', (value) => parseStatus(reader, reader.toObject(value))),
  };
}

function findIdProblem(span: OtlpSpan): string | undefined {
  const missing = (['traceId', 'spanId'] as const).find((name) => span[name] === '');
  if (missing !== undefined) return `${missing}: must be there and not all zeros`;
  return (
    problemOfId('traceId', span.traceId, TRACE_ID_DIGITS) ??
    problemOfId('spanId', span.spanId, SPAN_ID_DIGITS) ??
    problemOfId('parentSpanId', span.parentSpanId, SPAN_ID_DIGITS) ??
    findLinkProblem(span.links)
  );
}

function findLinkProblem(links: readonly OtlpLink[]): string | undefined {
  for (const [index, { traceId, spanId }] of links.entries()) {
    const problem =
      problemOfId(`links[${index}].traceId`, traceId, TRACE_ID_DIGITS) ??
      problemOfId(`links[${index}].spanId`, spanId, SPAN_ID_DIGITS);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

const HEX_DIGITS = /^[0-9a-f]*$/;
const MAX_TOLD_CHARACTERS = 40;

function problemOfId(name: string, id: string, digits: number): string | undefined {
  if (id === '' || (id.length === digits && HEX_DIGITS.test(id))) return undefined;
  return `${name}: expected ${digits} hex digits, got ${JSON.stringify(id.slice(0, MAX_TOLD_CHARACTERS))}`;
}

function parseEvent(reader: JsonReader, object: JsonObject): OtlpEvent {
  return {
    timeUnixNano: reader.uint64(object, 'timeUnixNano'),
    name: reader.text(object, 'name'),
    attributes: parseAttributes(reader, object),
  };
}

function parseLink(reader: JsonReader, object: JsonObject): OtlpLink {
  return {
    traceId: reader.id(object, 'traceId', TRACE_ID_DIGITS),
    spanId: reader.id(object, 'spanId', SPAN_ID_DIGITS),
    attributes: parseAttributes(reader, object),
  };
}

function parseStatus(reader: JsonReader, object: JsonObject): OtlpSpan['status'] {
  const code = reader.enumeration(object, 'code', STATUS_CODES);
  return {
    code: code === StatusCode.OK || code === StatusCode.ERROR ? code : StatusCode.UNSET,
    message: reader.text(object, 'message'),
  };
}

/** Numbers of later versions of the protocol count as unspecified. */
function toSpanKind(kind = 0): SpanKind {
  return kind > 0 && kind <= SpanKind.CONSUMER ? (kind as SpanKind) : SpanKind.UNSPECIFIED;
}
