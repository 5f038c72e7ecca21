import { OtlpFormatError } from '#xray-model';
import type {
  KeyValue,
  OtlpEvent,
  OtlpLink,
  OtlpRequest,
  OtlpSpan,
  ResourceSpans,
  SpanKind,
  SpanRejection,
  StatusCode,
} from '#xray-model';
import { decodeKeyValue } from './decode-any-value.js';
import { WireReader } from './wire-reader.js';

const TRACE_ID_DIGITS = 32;
const SPAN_ID_DIGITS = 16;
const ZERO_TRACE_ID = '0'.repeat(TRACE_ID_DIGITS);
const ZERO_SPAN_ID = '0'.repeat(SPAN_ID_DIGITS);
const MAX_SPAN_KIND = 5;
const MAX_STATUS_CODE = 2;

/**
 * Decodes an `ExportTraceServiceRequest`. Unknown fields are skipped; a span with an impossible id is rejected
 * on its own.
 *
 * @throws {OtlpFormatError} the bytes are no such message
 * @see https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto
 */
export function decodeOtlpProto(bytes: Uint8Array): OtlpRequest {
  const reader = new WireReader(bytes);
  const decoded: OtlpRequest = { resourceSpans: [], rejectedSpans: [] };
  try {
    decodeRequest(reader, decoded);
  } catch (error) {
    if (error instanceof OtlpFormatError) throw error;
    // protobufjs throws plain errors: the input ends early, an unknown wire type, an overlong number.
    const reason = error instanceof Error ? error.message : String(error);
    throw new OtlpFormatError(reader.path(), reason, { cause: error });
  }
  return decoded;
}

function decodeRequest(reader: WireReader, decoded: OtlpRequest): void {
  const end = reader.endOfInput;
  for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
    if (tag >>> 3 === 1) {
      reader.resourceIndex += 1;
      decodeResourceSpans(reader, reader.messageEnd(tag, end, 'resource_spans'), decoded);
    } else {
      reader.skip(tag);
    }
  }
}

function decodeResourceSpans(reader: WireReader, end: number, decoded: OtlpRequest): void {
  const resourceSpans: ResourceSpans = { resource: { attributes: [] }, spans: [] };
  reader.scopeIndex = -1;
  for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
    switch (tag >>> 3) {
      case 1:
        decodeResource(reader, reader.messageEnd(tag, end, 'resource'), resourceSpans.resource.attributes);
        break;
      case 2:
        reader.scopeIndex += 1;
        decodeScopeSpans(reader, reader.messageEnd(tag, end, 'scope_spans'), {
          spans: resourceSpans.spans,
          rejectedSpans: decoded.rejectedSpans,
        });
        break;
      default:
        reader.skip(tag);
    }
  }
  reader.scopeIndex = -1;
  decoded.resourceSpans.push(resourceSpans);
}

function decodeResource(reader: WireReader, end: number, attributes: KeyValue[]): void {
  for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
    if (tag >>> 3 === 1) attributes.push(decodeKeyValue(reader, reader.messageEnd(tag, end, 'attributes')));
    else reader.skip(tag);
  }
}

interface SpanSink {
  spans: OtlpSpan[];
  rejectedSpans: SpanRejection[];
}

function decodeScopeSpans(reader: WireReader, end: number, sink: SpanSink): void {
  reader.spanIndex = -1;
  for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
    if (tag >>> 3 !== 2) {
      reader.skip(tag);
      continue;
    }
    reader.spanIndex += 1;
    const span = decodeSpan(reader, reader.messageEnd(tag, end, 'spans'));
    const reason = findIdProblem(span);
    if (reason === undefined) sink.spans.push(span);
    else sink.rejectedSpans.push({ path: reader.path(), reason });
  }
  reader.spanIndex = -1;
}

function decodeSpan(reader: WireReader, end: number): OtlpSpan {
  const span = createEmptySpan();
  for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
    decodeSpanField(reader, { tag, end }, span);
  }
  // All zeros is one way to say that there is none.
  if (span.parentSpanId === ZERO_SPAN_ID) span.parentSpanId = '';
  return span;
}

function decodeSpanField(reader: WireReader, at: { tag: number; end: number }, span: OtlpSpan): void {
  const { tag, end } = at;
  switch (tag >>> 3) {
    case 1:
      span.traceId = reader.hex(tag, 'trace_id');
      break;
    case 2:
      span.spanId = reader.hex(tag, 'span_id');
      break;
    case 4:
      span.parentSpanId = reader.hex(tag, 'parent_span_id');
      break;
    case 5:
      span.name = reader.text(tag, 'name');
      break;
    case 6:
      span.kind = toSpanKind(reader.int32(tag, 'kind'));
      break;
    case 7:
      span.startTimeUnixNano = reader.fixed64(tag, 'start_time_unix_nano');
      break;
    case 8:
      span.endTimeUnixNano = reader.fixed64(tag, 'end_time_unix_nano');
      break;
    case 9:
      span.attributes.push(decodeKeyValue(reader, reader.messageEnd(tag, end, 'attributes')));
      break;
    case 11:
      span.events.push(decodeEvent(reader, reader.messageEnd(tag, end, 'events')));
      break;
    case 13:
      span.links.push(decodeLink(reader, reader.messageEnd(tag, end, 'links')));
      break;
    case 15:
      decodeStatus(reader, reader.messageEnd(tag, end, 'status'), span.status);
      break;
    default:
      reader.skip(tag);
  }
}

function createEmptySpan(): OtlpSpan {
  return {
    traceId: '',
    spanId: '',
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
}

function decodeEvent(reader: WireReader, end: number): OtlpEvent {
  const event: OtlpEvent = { timeUnixNano: 0, name: '', attributes: [] };
  for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
    switch (tag >>> 3) {
      case 1:
        event.timeUnixNano = reader.exactFixed64(tag, 'time_unix_nano');
        break;
      case 2:
        event.name = reader.text(tag, 'name');
        break;
      case 3:
        event.attributes.push(decodeKeyValue(reader, reader.messageEnd(tag, end, 'attributes')));
        break;
      default:
        reader.skip(tag);
    }
  }
  return event;
}

function decodeLink(reader: WireReader, end: number): OtlpLink {
  const link: OtlpLink = { traceId: '', spanId: '', attributes: [] };
  for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
    switch (tag >>> 3) {
      case 1:
        link.traceId = reader.hex(tag, 'trace_id');
        break;
      case 2:
        link.spanId = reader.hex(tag, 'span_id');
        break;
      case 4:
        link.attributes.push(decodeKeyValue(reader, reader.messageEnd(tag, end, 'attributes')));
        break;
      default:
        reader.skip(tag);
    }
  }
  if (link.traceId === ZERO_TRACE_ID) link.traceId = '';
  if (link.spanId === ZERO_SPAN_ID) link.spanId = '';
  return link;
}

function decodeStatus(reader: WireReader, end: number, status: OtlpSpan['status']): void {
  for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
    switch (tag >>> 3) {
      case 2:
        status.message = reader.text(tag, 'message');
        break;
      case 3:
        status.code = toStatusCode(reader.int32(tag, 'code'));
        break;
      default:
        reader.skip(tag);
    }
  }
}

/** Numbers of later protocol versions count as unspecified. */
function toSpanKind(value: number): SpanKind {
  return (value >= 0 && value <= MAX_SPAN_KIND ? value : 0) as SpanKind;
}

function toStatusCode(value: number): StatusCode {
  return (value >= 0 && value <= MAX_STATUS_CODE ? value : 0) as StatusCode;
}

function findIdProblem(span: OtlpSpan): string | undefined {
  const { traceId, spanId, parentSpanId } = span;
  if (traceId.length !== TRACE_ID_DIGITS) return `trace_id: 16 bytes expected, ${traceId.length / 2} found`;
  if (traceId === ZERO_TRACE_ID) return 'trace_id: must not be all zeros';
  if (spanId.length !== SPAN_ID_DIGITS) return `span_id: 8 bytes expected, ${spanId.length / 2} found`;
  if (spanId === ZERO_SPAN_ID) return 'span_id: must not be all zeros';
  if (parentSpanId !== '' && parentSpanId.length !== SPAN_ID_DIGITS) {
    return `parent_span_id: 8 bytes or none expected, ${parentSpanId.length / 2} found`;
  }
  return span.links.some(isBadLink)
    ? 'links: a trace_id of 16 bytes and a span_id of 8 bytes expected'
    : undefined;
}

function isBadLink({ traceId, spanId }: OtlpLink): boolean {
  return (
    (traceId !== '' && traceId.length !== TRACE_ID_DIGITS) ||
    (spanId !== '' && spanId.length !== SPAN_ID_DIGITS)
  );
}
