import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Attributes, Link, Span } from '@opentelemetry/api';
import { parseTraceHeader, toException } from './trace-context.js';

/** What a segment of its own trace is called, and what caused it. */
export interface LinkedSegmentOptions {
  /** The span's name; the segment is named like the service. */
  name: string;
  /** `consumer` for a message that was received, `internal` for work that the service began by itself. */
  kind: 'consumer' | 'internal';
  /** `Root=…;Parent=…;Sampled=…` of the spans that caused this work; those that name no span are left out. */
  linkedTraceHeaders: readonly string[];
  attributes?: Attributes;
}

let serviceName = 'unknown_service';

/** Tells which name the segments of this process get. */
export function nameLinkedSegments(name: string): void {
  serviceName = name;
}

/**
 * Runs work as a segment of its own trace, linked to the traces that caused it.
 *
 * A child of the publishing span would take the place of the SNS node on the map: X-Ray shows a called service
 * by its own segment where one names the calling subsegment as its parent. A link keeps both.
 *
 * `peer.service` is what names the segment: the exporter uses `service.name` for SERVER spans only.
 */
export async function runAsLinkedSegment<T>(
  options: LinkedSegmentOptions,
  work: () => Promise<T>,
): Promise<T> {
  const links: Link[] = options.linkedTraceHeaders.flatMap((header) => {
    const spanContext = parseTraceHeader(header);
    return spanContext ? [{ context: spanContext }] : [];
  });
  const span = trace.getTracer('signup-lab/linked-segment').startSpan(
    options.name,
    {
      kind: options.kind === 'consumer' ? SpanKind.CONSUMER : SpanKind.INTERNAL,
      root: true,
      links,
      attributes: { ...options.attributes, 'peer.service': serviceName },
    },
    ROOT_CONTEXT,
  );
  try {
    return await context.with(trace.setSpan(ROOT_CONTEXT, span), work);
  } catch (error) {
    recordFailure(span, error);
    throw error;
  } finally {
    span.end();
  }
}

function recordFailure(span: Span, error: unknown): void {
  const exception = toException(error);
  span.recordException(exception);
  span.setStatus({ code: SpanStatusCode.ERROR, message: exception.message });
}
