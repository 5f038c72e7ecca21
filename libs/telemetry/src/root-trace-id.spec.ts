import { AsyncLocalStorage } from 'node:async_hooks';
import { context, ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import type { Context, ContextManager } from '@opentelemetry/api';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { beginTraceOf, rootAwareIds, RootAwarePropagator, withoutRootTraceId } from './root-trace-id.js';

const TRACE_ID = '6553f100aaaaaaaaaaaaaaaaaaaaaaaa';
const ROOT = 'Root=1-6553f100-aaaaaaaaaaaaaaaaaaaaaaaa';

const getter = {
  get: (carrier: unknown, key: string): string | undefined => (carrier as Record<string, string>)[key],
  keys: (carrier: unknown): string[] => Object.keys(carrier as object),
};
const extract = (header: string): Context =>
  new RootAwarePropagator().extract(ROOT_CONTEXT, { 'x-amzn-trace-id': header }, getter);
const nextTraceId = (extracted: Context): string =>
  beginTraceOf(extracted, () => rootAwareIds.generateTraceId());

const storage = new AsyncLocalStorage<Context>();
const manager: ContextManager = {
  active: () => storage.getStore() ?? ROOT_CONTEXT,
  with: (active, work, self, ...args) => storage.run(active, () => work.apply(self, args)),
  bind: (_context, target) => target,
  enable: () => manager,
  disable: () => manager,
};
beforeAll(() => void context.setGlobalContextManager(manager));
afterAll(() => context.disable());

describe('a trace header without a Parent', () => {
  it.each([ROOT, `${ROOT};Sampled=1`, `Self=1-x;${ROOT}`, ROOT.replace('Root', 'Lineage=1:a;Root')])(
    'lets the trace of %s begin here, with no parent',
    (header) => {
      const extracted = extract(header);

      expect(trace.getSpanContext(extracted)).toBeUndefined();
      expect(nextTraceId(extracted)).toBe(TRACE_ID);
    },
  );

  it('is for the first span alone', () => {
    expect(nextTraceId(withoutRootTraceId(extract(ROOT)))).not.toBe(TRACE_ID);
  });

  it('is obeyed when it asks not to be recorded', () => {
    expect(trace.getSpanContext(extract(`${ROOT};Sampled=0`))).toMatchObject({
      traceId: TRACE_ID,
      traceFlags: TraceFlags.NONE,
    });
  });

  it.each(['', 'Root=1-x', 'Root=1-00000000-000000000000000000000000', 'Parent=53ce929d0e0e4736'])(
    'begins a new trace when it names none: %j',
    (header) => {
      const extracted = extract(header);

      expect(trace.getSpanContext(extracted)).toBeUndefined();
      expect(nextTraceId(extracted)).toMatch(/^[0-9a-f]{32}$/);
    },
  );
});

describe('a trace header with a Parent', () => {
  it('is read as before', () => {
    expect(trace.getSpanContext(extract(`${ROOT};Parent=53ce929d0e0e4736;Sampled=1`))).toMatchObject({
      traceId: TRACE_ID,
      spanId: '53ce929d0e0e4736',
      traceFlags: TraceFlags.SAMPLED,
    });
  });
});
