/**
 * Traces a NestJS service on Fastify so that X-Ray shows what it should.
 *
 * @module telemetry
 */
export { CREDENTIALS_ENDPOINT_NODE } from './client-spans.js';
export { runAsLinkedSegment, type LinkedSegmentOptions } from './linked-segment.js';
export { createLogger, TracedLogger } from './logger.js';
export { shutdownTelemetry, startTelemetry, type TelemetryOptions } from './start-telemetry.js';
export { currentTraceHeader, currentTraceId, recordException, withoutTracing } from './trace-context.js';
