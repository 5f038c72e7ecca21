import { SpanKind, StatusCode } from '../otlp/otlp-span.js';
import type { AnyValue, OtlpEvent, OtlpSpan } from '../otlp/otlp-span.js';
import type { SegmentCause, SegmentException } from '../segment/segment-document.js';
import { findAttribute, textOf } from './attribute-value.js';
import { parseStackTrace } from './stack-traces/parse-stack-trace.js';
import { toValueText } from './value-text.js';

const EXCEPTION_EVENT = 'exception';
/** A failed try of a call, told by AWS SDKs. */
const FAILED_TRY_EVENT = 'HTTP request failure';
const STATUS_TEXT_KEY = 'http.status_text';

export interface CauseContext {
  /** Made by an AWS SDK. */
  isAwsCall: boolean;
  /** `telemetry.sdk.language` of the resource, which decides how stack traces are read. */
  language: string;
  newExceptionId: () => string;
}

/**
 * The `cause` block: the exceptions that the span recorded, whatever its status, or else the message of status
 * ERROR. Takes `http.status_text` out of `attributes` when the span has status ERROR and no exceptions.
 */
export function takeCauseBlock(
  span: OtlpSpan,
  attributes: Map<string, AnyValue>,
  context: CauseContext,
): SegmentCause | undefined {
  if (span.events.some((event) => isExceptionEvent(event, context))) return buildExceptions(span, context);
  if (span.status.code !== StatusCode.ERROR) return undefined;
  const message = span.status.message || textOf(attributes.get(STATUS_TEXT_KEY));
  attributes.delete(STATUS_TEXT_KEY);
  return message === '' ? undefined : { exceptions: [{ id: context.newExceptionId(), message, type: '' }] };
}

function isExceptionEvent({ name }: OtlpEvent, { isAwsCall }: CauseContext): boolean {
  return name === EXCEPTION_EVENT || (isAwsCall && name === FAILED_TRY_EVENT);
}

function buildExceptions(span: OtlpSpan, context: CauseContext): SegmentCause {
  const isRemote = span.kind === SpanKind.CLIENT || span.kind === SpanKind.PRODUCER;
  const exceptions: SegmentException[] = [];
  for (const event of span.events) {
    if (event.name === EXCEPTION_EVENT) exceptions.push(...toExceptions(event, isRemote, context));
    else if (isExceptionEvent(event, context)) exceptions.push(...toFailedTry(event, context));
  }
  return exceptions.length > 0 ? { exceptions } : {};
}

/** The exception of an event, and after it those it was caused by. */
function toExceptions(event: OtlpEvent, remote: boolean, context: CauseContext): SegmentException[] {
  const text = (key: string): string => textOf(findAttribute(event.attributes, key));
  const { stack, causes } = parseStackTrace(text('exception.stacktrace'), context.language);
  const top = { type: text('exception.type'), message: text('exception.message'), stack };
  const exceptions = [top, ...causes].map((exception): SegmentException => ({
    id: context.newExceptionId(),
    message: exception.message,
    type: exception.type,
    remote,
    ...(exception.stack.length > 0 && { stack: exception.stack }),
  }));
  for (const [index, exception] of exceptions.entries()) {
    const cause = exceptions[index + 1];
    if (cause !== undefined) exception.cause = cause.id;
  }
  return exceptions;
}

/** `<status>@<epoch seconds>@<message>`; nothing when the event lacks one of them. */
function toFailedTry(event: OtlpEvent, context: CauseContext): SegmentException[] {
  const status = findAttribute(event.attributes, 'http.response.status_code');
  const message = findAttribute(event.attributes, 'aws.http.error_message');
  if (status === undefined || message === undefined) return [];
  const time = toSecondsText(event.timeUnixNano);
  return [
    {
      id: context.newExceptionId(),
      message: `${toValueText(status)}@${time}@${textOf(message)}`,
      type: 'aws.http.error.event',
      remote: true,
    },
  ];
}

/** Whole microseconds as seconds; a time after 2262 wraps around, as in Go. */
function toSecondsText(timeUnixNano: number | bigint): string {
  const nanos = BigInt.asIntN(64, BigInt(timeUnixNano));
  const micros = nanos / 1000n - (nanos % 1000n < 0n ? 1n : 0n);
  return (Number(micros) / 1e6).toFixed(6);
}
