import {
  context,
  propagation,
  ROOT_CONTEXT,
  trace,
  TraceFlags,
  isSpanContextValid,
} from '@opentelemetry/api';
import type { SpanContext } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { AWSXRayPropagator } from '@opentelemetry/propagator-aws-xray';
import { redactEmails } from './redact.js';

const xrayPropagator = new AWSXRayPropagator();
const XRAY_HEADER = 'x-amzn-trace-id';

const textMap = {
  set: (carrier: Record<string, string>, key: string, value: string): void => {
    carrier[key.toLowerCase()] = value;
  },
  get: (carrier: Record<string, string>, key: string): string | undefined => carrier[key.toLowerCase()],
  keys: (carrier: Record<string, string>): string[] => Object.keys(carrier),
};

/**
 * Writes an OpenTelemetry trace id (32 hex digits) the way X-Ray shows it: `1-` epoch seconds `-` 24 digits.
 *
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-traceids
 */
export function formatXRayTraceId(traceId: string): string {
  return `1-${traceId.slice(0, 8)}-${traceId.slice(8)}`;
}

/** The id of the trace that the caller runs in, in X-Ray's form; undefined outside of a trace. */
export function currentTraceId(): string | undefined {
  const spanContext = trace.getSpanContext(context.active());
  return spanContext && isSpanContextValid(spanContext) ? formatXRayTraceId(spanContext.traceId) : undefined;
}

/** `Root=1-…;Parent=…;Sampled=1` of the span that the caller runs in, to be kept beside what it made. */
export function currentTraceHeader(): string | undefined {
  const carrier: Record<string, string> = {};
  xrayPropagator.inject(context.active(), carrier, textMap);
  return carrier[XRAY_HEADER];
}

/** Reads `Root=…;Parent=…;Sampled=…`; undefined when it names no span. */
export function parseTraceHeader(traceHeader: string): SpanContext | undefined {
  const extracted = xrayPropagator.extract(ROOT_CONTEXT, { [XRAY_HEADER]: traceHeader }, textMap);
  return trace.getSpanContext(extracted);
}

/** `Root=1-…;Sampled=1`, as an answer carries it: the caller learns the trace, not a span to hang things under. */
export function formatResponseTraceHeader(spanContext: SpanContext): string {
  const sampled = (spanContext.traceFlags & TraceFlags.SAMPLED) === 0 ? '0' : '1';
  return `Root=${formatXRayTraceId(spanContext.traceId)};Sampled=${sampled}`;
}

/** Runs work that must leave no spans: health checks, idle polls. */
export function withoutTracing<T>(work: () => T): T {
  return context.with(suppressTracing(context.active()), work);
}

/** Notes an error on the active span, so that the segment shows its type, message and stack. */
export function recordException(error: unknown): void {
  trace.getActiveSpan()?.recordException(toException(error));
}

/** What may be told of an error in a trace: its type, and its message and stack without e-mail addresses. */
export function toException(error: unknown): { name: string; message: string; stack?: string } {
  const known = error instanceof Error ? error : new Error(String(error));
  const exception = { name: known.name, message: redactEmails(known.message) };
  return known.stack === undefined ? exception : { ...exception, stack: redactEmails(known.stack) };
}

/** The context that an incoming request's headers ask for. */
export function extractContext(
  headers: Readonly<Record<string, unknown>>,
): ReturnType<typeof context.active> {
  return propagation.extract(ROOT_CONTEXT, headers);
}
