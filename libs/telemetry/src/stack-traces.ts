import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';

/**
 * The language whose stack traces the X-Ray exporter reads as V8 writes them. OpenTelemetry JS calls itself `nodejs`,
 * for which the exporter reads none: see ADR 0007. `OTEL_RESOURCE_ATTRIBUTES=telemetry.sdk.language=nodejs` undoes it.
 */
export const readableStackResource = resourceFromAttributes({ 'telemetry.sdk.language': 'javascript' });

const STACK_KEY = 'exception.stacktrace';
/** The place of a frame, at its start: after the parenthesis, or after `at` where the function has no name. */
const FILE_URL = /^( {4}at (?:.* \()?(?:async )?)file:\/\//gm;
const NODE_MODULE = /^( {4}at (?:.* \()?(?:async )?)node:/gm;

/**
 * The exporter ends a path at its first colon, so that every frame of an ES module would be in the file `file` and
 * every one of Node's own in the file `node`, both at line 0. `file:///app/a.js:1:2` becomes `/app/a.js:1:2` and
 * `node:internal/timers:1:2` becomes `node/internal/timers:1:2`.
 */
export function toReadableStack(stack: string): string {
  return stack.replace(FILE_URL, '$1').replace(NODE_MODULE, '$1node/');
}

/** Makes stacks readable, whoever recorded them: this library, the services or an instrumentation. Comes before the exporter's. */
export class ReadableStackProcessor implements SpanProcessor {
  onStart(): void {
    // Nothing is recorded yet.
  }

  onEnd(span: ReadableSpan): void {
    for (const { attributes } of span.events) {
      const stack = attributes?.[STACK_KEY];
      if (attributes !== undefined && typeof stack === 'string')
        attributes[STACK_KEY] = toReadableStack(stack);
    }
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}
