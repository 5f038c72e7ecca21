import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { awsEcsDetector } from '@opentelemetry/resource-detector-aws';
import { defaultResource, envDetector } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import type { NodeSDKConfiguration } from '@opentelemetry/sdk-node';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace';
import type { BatchSpanProcessorOptions } from '@opentelemetry/sdk-trace';
import { createAwsInstrumentation } from './aws-spans.js';
import { traceHttpClients } from './client-spans.js';
import { nameLinkedSegments } from './linked-segment.js';
import { findEarlyClients } from './load-order.js';
import { createPropagator } from './propagators.js';
import { ReportingExporter } from './reporting-exporter.js';
import { rootAwareIds } from './root-trace-id.js';
import { traceFastifyServers } from './server-spans.js';
import { ReadableStackProcessor, readableStackResource } from './stack-traces.js';
import { createXraySampler, XRAY_SAMPLER } from './xray-sampler.js';

/** What the variables of OpenTelemetry cannot say. */
export interface TelemetryOptions {
  /** The name of the service's node; `OTEL_SERVICE_NAME` wins over it. */
  serviceName: string;
  /** Origin of a service that this one calls (`http://127.0.0.1:3001`) to the name of its node. */
  peers?: Readonly<Record<string, string>>;
  /** Paths that are never traced; the health checks unless told otherwise. */
  untracedPaths?: readonly string[];
}

const DEFAULT_UNTRACED_PATHS = ['/health/live', '/health/ready'];
const SHUTDOWN_DEADLINE_MS = 1500;
/** Half a second instead of OpenTelemetry's five: a person is waiting to see the trace. */
const DEFAULT_SCHEDULE_DELAY_MS = 500;
const DEFAULT_EXPORT_TIMEOUT_MS = 5000;

let sdk: NodeSDK | undefined;
let stopServerSpans: (() => void) | undefined;
let stopClientSpans: (() => void) | undefined;
let stopSampler: (() => void) | undefined;

/**
 * Traces a NestJS service on Fastify for X-Ray: HTTP in and out, AWS SDK calls, container credentials.
 *
 * Must run before `@nestjs/*`, `fastify` and the AWS SDK are loaded: put the call in a file of its own and import
 * that file first in `main.ts`. Needs no `--import` flag and no loader hook. Clients of the AWS SDK that were loaded
 * before are named in a warning: their calls leave no spans.
 *
 * Configured by OpenTelemetry's own variables: `OTEL_SDK_DISABLED`, `OTEL_SERVICE_NAME`,
 * `OTEL_RESOURCE_ATTRIBUTES`, `OTEL_EXPORTER_OTLP_ENDPOINT` (and `_HEADERS`, `_TIMEOUT`, `_COMPRESSION`),
 * `OTEL_TRACES_SAMPLER` (and `_ARG`), `OTEL_PROPAGATORS` (`xray`, `tracecontext`, `baggage`), `OTEL_BSP_*`,
 * `OTEL_LOG_LEVEL`. The sampler `xray` obeys X-Ray's sampling rules.
 *
 * @throws {Error} it has been started already, or `OTEL_PROPAGATORS` names one that is not known
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export function startTelemetry(options: TelemetryOptions): void {
  if (sdk) throw new Error('telemetry has been started already');
  const { env } = process;
  if (env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true') return;
  const serviceName = env['OTEL_SERVICE_NAME'] || options.serviceName;
  nameLinkedSegments(serviceName);
  warnOfEarlyClients();
  sdk = new NodeSDK({
    serviceName,
    resource: defaultResource().merge(readableStackResource),
    ...samplingOf(env, serviceName),
    idGenerator: rootAwareIds,
    textMapPropagator: createPropagator(env['OTEL_PROPAGATORS']),
    spanProcessors: [
      new ReadableStackProcessor(),
      new BatchSpanProcessor({ exporter: createExporter(env), ...batchLimits(env) }),
    ],
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [createAwsInstrumentation()],
  });
  sdk.start();
  stopServerSpans = traceFastifyServers({
    untracedPaths: new Set(options.untracedPaths ?? DEFAULT_UNTRACED_PATHS),
  });
  stopClientSpans = traceHttpClients({ peers: options.peers ?? {}, environment: env });
}

/** Sends what is still queued, for at most 1.5 s; a dead collector does not hold up the end of the process. */
export async function shutdownTelemetry(): Promise<void> {
  stopServerSpans?.();
  stopClientSpans?.();
  stopSampler?.();
  const stopping = sdk?.shutdown();
  sdk = undefined;
  if (!stopping) return;
  const deadline = new Promise<void>((resolve) => setTimeout(resolve, SHUTDOWN_DEADLINE_MS).unref());
  // A failed flush is reported by the exporter, and must not turn a clean stop into a failed one.
  await Promise.race([stopping, deadline]).catch(() => undefined);
}

// Not the SDK's own: they add the host's and the process's details (paths, owner, arguments) to each segment.
const RESOURCE_DETECTORS = [envDetector, awsEcsDetector];

/** The SDK knows every sampler but `xray`, whose rules may be for what the detectors find. */
function samplingOf(
  env: NodeJS.ProcessEnv,
  serviceName: string,
): Pick<Partial<NodeSDKConfiguration>, 'sampler' | 'resourceDetectors'> {
  if (env['OTEL_TRACES_SAMPLER'] !== XRAY_SAMPLER) return { resourceDetectors: RESOURCE_DETECTORS };
  const { sampler, observe, stop } = createXraySampler({
    argument: env['OTEL_TRACES_SAMPLER_ARG'],
    serviceName,
    warn: writeWarning,
  });
  stopSampler = stop;
  return { sampler, resourceDetectors: RESOURCE_DETECTORS.map((detector) => observe(detector)) };
}

function warnOfEarlyClients(): void {
  const packages = findEarlyClients();
  if (packages.length === 0) return;
  writeWarning('the AWS SDK was loaded before telemetry: its calls will not be traced', { packages });
}

function writeWarning(message: string, fields: Readonly<Record<string, unknown>>): void {
  process.stderr.write(`${JSON.stringify({ level: 'warn', context: 'Telemetry', message, ...fields })}\n`);
}

function createExporter(env: NodeJS.ProcessEnv): ReportingExporter {
  const hasTimeout = env['OTEL_EXPORTER_OTLP_TIMEOUT'] || env['OTEL_EXPORTER_OTLP_TRACES_TIMEOUT'];
  const exporter = new OTLPTraceExporter(hasTimeout ? {} : { timeoutMillis: DEFAULT_EXPORT_TIMEOUT_MS });
  return new ReportingExporter(exporter, writeWarning);
}

type BatchLimits = Omit<BatchSpanProcessorOptions, 'exporter'>;

/** `OTEL_BSP_*` as the SDK reads them when it makes the processor itself. */
function batchLimits(env: NodeJS.ProcessEnv): BatchLimits {
  const limits: BatchLimits = {
    scheduledDelayMillis: numberOf(env['OTEL_BSP_SCHEDULE_DELAY']) ?? DEFAULT_SCHEDULE_DELAY_MS,
  };
  const maxQueueSize = numberOf(env['OTEL_BSP_MAX_QUEUE_SIZE']);
  const maxExportBatchSize = numberOf(env['OTEL_BSP_MAX_EXPORT_BATCH_SIZE']);
  const exportTimeoutMillis = numberOf(env['OTEL_BSP_EXPORT_TIMEOUT']);
  if (maxQueueSize !== undefined) limits.maxQueueSize = maxQueueSize;
  if (maxExportBatchSize !== undefined) limits.maxExportBatchSize = maxExportBatchSize;
  if (exportTimeoutMillis !== undefined) limits.exportTimeoutMillis = exportTimeoutMillis;
  return limits;
}

function numberOf(text: string | undefined): number | undefined {
  const value = text ? Number(text) : Number.NaN;
  return Number.isFinite(value) && value > 0 ? value : undefined;
}
