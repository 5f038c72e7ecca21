import { ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import { describe, expect, it } from '@jest/globals';
import { createPropagator } from './propagators.js';
import { formatResponseTraceHeader, formatXRayTraceId, parseTraceHeader } from './trace-context.js';

const spanContext = {
  traceId: '6553f100aaaaaaaaaaaaaaaaaaaaaaaa',
  spanId: '53ce929d0e0e4736',
  traceFlags: TraceFlags.SAMPLED,
};

describe('X-Ray trace headers', () => {
  it('writes a trace id in the form of X-Ray', () => {
    expect(formatXRayTraceId(spanContext.traceId)).toBe('1-6553f100-aaaaaaaaaaaaaaaaaaaaaaaa');
  });

  it('tells a client the trace and whether it is sampled, and no span', () => {
    expect(formatResponseTraceHeader(spanContext)).toBe('Root=1-6553f100-aaaaaaaaaaaaaaaaaaaaaaaa;Sampled=1');
    expect(formatResponseTraceHeader({ ...spanContext, traceFlags: TraceFlags.NONE })).toContain('Sampled=0');
  });

  it('reads back the header that an item was stored with', () => {
    const header = 'Root=1-6553f100-aaaaaaaaaaaaaaaaaaaaaaaa;Parent=53ce929d0e0e4736;Sampled=1';

    expect(parseTraceHeader(header)).toMatchObject(spanContext);
  });

  it.each(['', 'Root=1-x', 'nonsense'])('finds no span in %j', (header) => {
    expect(parseTraceHeader(header)).toBeUndefined();
  });
});

describe('createPropagator', () => {
  it('sends X-Ray headers when OTEL_PROPAGATORS is not set', () => {
    const carrier: Record<string, string> = {};

    createPropagator(undefined).inject(trace.setSpanContext(ROOT_CONTEXT, spanContext), carrier, {
      set: (target: Record<string, string>, key, value) => void (target[key] = value),
    });

    expect(Object.keys(carrier)).toEqual(['x-amzn-trace-id']);
  });

  it('combines the ones that are named', () => {
    expect(createPropagator('xray, tracecontext').fields()).toEqual(
      expect.arrayContaining(['x-amzn-trace-id', 'traceparent']),
    );
  });

  it('refuses one that is not known, by its name', () => {
    expect(() => createPropagator('b3')).toThrow(/'b3' is not one of/);
  });
});
