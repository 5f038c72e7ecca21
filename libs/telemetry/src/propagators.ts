import type { TextMapPropagator } from '@opentelemetry/api';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { RootAwarePropagator } from './root-trace-id.js';

const propagatorOf: Readonly<Record<string, () => TextMapPropagator>> = {
  xray: () => new RootAwarePropagator(),
  tracecontext: () => new W3CTraceContextPropagator(),
  baggage: () => new W3CBaggagePropagator(),
};

/**
 * Reads `OTEL_PROPAGATORS`; X-Ray's header alone when it is not set. The SDK for Node itself does not know `xray`.
 *
 * @throws {Error} naming a propagator that is not known
 */
export function createPropagator(names: string | undefined): TextMapPropagator {
  const propagators = (names || 'xray').split(',').map((part) => {
    const name = part.trim();
    const create = propagatorOf[name];
    if (!create) {
      throw new Error(`OTEL_PROPAGATORS: '${name}' is not one of ${Object.keys(propagatorOf).join(', ')}`);
    }
    return create();
  });
  return propagators.length === 1 && propagators[0]
    ? propagators[0]
    : new CompositePropagator({ propagators });
}
