import { context, createContextKey, isSpanContextValid, trace, TraceFlags } from '@opentelemetry/api';
import type { Context, TextMapGetter } from '@opentelemetry/api';
import { AWSXRayIdGenerator } from '@opentelemetry/id-generator-aws-xray';
import { AWSXRayPropagator } from '@opentelemetry/propagator-aws-xray';
import type { IdGenerator } from '@opentelemetry/sdk-trace';

const XRAY_HEADER = 'x-amzn-trace-id';
const ROOT = /(?:^|;)\s*Root=1-([0-9a-f]{8})-([0-9a-f]{24})\s*(?:;|$)/i;
const NOT_SAMPLED = /(?:^|;)\s*Sampled=0\s*(?:;|$)/;
const ROOT_TRACE_ID = createContextKey('the trace id of a caller that has no span');

/**
 * X-Ray's propagator, which by itself wants a `Parent`. A load balancer, or a person with curl, names a trace and has
 * no span in it: `Root=1-…` alone. The first segment then begins that trace, and has no parent.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-request-tracing.html
 */
export class RootAwarePropagator extends AWSXRayPropagator {
  override extract(parent: Context, carrier: unknown, getter: TextMapGetter): Context {
    const extracted = super.extract(parent, carrier, getter);
    if (trace.getSpanContext(extracted) !== undefined) return extracted;
    const header = [getter.get(carrier, XRAY_HEADER)].flat()[0] ?? '';
    const [, time, unique] = ROOT.exec(header) ?? [];
    if (time === undefined || unique === undefined) return extracted;
    const traceId = `${time}${unique}`.toLowerCase();
    const caller = { traceId, spanId: ids.generateSpanId(), traceFlags: TraceFlags.NONE };
    if (!isSpanContextValid(caller)) return extracted;
    // A trace that the caller does not want recorded has no segment that could miss a parent.
    if (NOT_SAMPLED.test(header)) return trace.setSpanContext(extracted, caller);
    return extracted.setValue(ROOT_TRACE_ID, traceId);
  }
}

const ids = new AWSXRayIdGenerator();

/** Makes X-Ray's trace ids, and takes the caller's inside of {@link beginTraceOf}. */
export const rootAwareIds: IdGenerator = {
  generateTraceId: () => {
    const wanted = context.active().getValue(ROOT_TRACE_ID);
    return typeof wanted === 'string' ? wanted : ids.generateTraceId();
  },
  generateSpanId: () => ids.generateSpanId(),
};

/** Starts a span in the trace that the caller named, if it named one and no span. */
export function beginTraceOf<T>(extracted: Context, start: () => T): T {
  return context.with(extracted, start);
}

/** The context for what happens in the request: the caller's trace id is for its first span alone. */
export function withoutRootTraceId(extracted: Context): Context {
  return extracted.deleteValue(ROOT_TRACE_ID);
}
