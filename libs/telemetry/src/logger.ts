import { context, isSpanContextValid, trace } from '@opentelemetry/api';
import { ConsoleLogger } from '@nestjs/common';
import { formatXRayTraceId } from './trace-context.js';

/** Nest's JSON lines with `traceId`, in the form that X-Ray shows and finds, and `spanId`. */
export class TracedLogger extends ConsoleLogger {
  constructor() {
    super({ json: true, colors: false });
  }

  protected override getJsonLogObject(
    ...args: Parameters<ConsoleLogger['getJsonLogObject']>
  ): ReturnType<ConsoleLogger['getJsonLogObject']> {
    const line = super.getJsonLogObject(...args);
    const spanContext = trace.getSpanContext(context.active());
    if (!spanContext || !isSpanContextValid(spanContext)) return line;
    return { ...line, traceId: formatXRayTraceId(spanContext.traceId), spanId: spanContext.spanId };
  }
}

/** The logger for `NestFactory.create`; Nest's own `new Logger(name)` then writes through it. */
export function createLogger(): TracedLogger {
  return new TracedLogger();
}
