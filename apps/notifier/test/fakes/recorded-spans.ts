import { context, propagation, trace } from '@opentelemetry/api';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';

export interface RecordedSpans {
  finished(): ReadableSpan[];
  reset(): void;
  stop(): Promise<void>;
}

/** Keeps the spans that this process makes. HTTP and AWS calls make none: Jest loads them out of our reach. */
export function recordSpans(): RecordedSpans {
  const exporter = new InMemorySpanExporter();
  const sdk = new NodeSDK({
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
    metricReaders: [],
    logRecordProcessors: [],
    resourceDetectors: [],
  });
  sdk.start();
  return {
    finished: () => exporter.getFinishedSpans(),
    reset: () => exporter.reset(),
    stop: async () => {
      await sdk.shutdown();
      trace.disable();
      context.disable();
      propagation.disable();
    },
  };
}
