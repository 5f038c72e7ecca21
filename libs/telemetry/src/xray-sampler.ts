import { createRequire } from 'node:module';
import type { Attributes } from '@opentelemetry/api';
import type { ResourceDetector } from '@opentelemetry/resources';
import type * as SamplerPackage from '@opentelemetry/sampler-aws-xray';
import type { Sampler } from '@opentelemetry/sdk-trace';
import { limitSamplingRequests } from './sampling-requests.js';

/** What `OTEL_TRACES_SAMPLER` must say for X-Ray's rules to be obeyed. */
export const XRAY_SAMPLER = 'xray';

const DEFAULT_ENDPOINT = 'http://localhost:2000';
/** The sampler takes no less, and no other default. */
const MIN_POLLING_INTERVAL_SEC = 10;
const DEFAULT_POLLING_INTERVAL_SEC = 300;

export interface XraySamplerOptions {
  /** `OTEL_TRACES_SAMPLER_ARG`. */
  argument: string | undefined;
  serviceName: string;
  warn: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}

/**
 * Samples by the rules of X-Ray, asked for at the endpoint of a collector's `awsproxy` extension, a daemon or X-Ray
 * Local. It is parent-based: a trace that another service began is sampled as that one decided. Until the rules are
 * there, and while the endpoint is dead, the first request of each second is sampled and 5 % of the rest.
 */
export function createXraySampler(options: XraySamplerOptions): XraySampler {
  const { endpoint, pollingIntervalSec } = parseSamplerArgument(options.argument, options.warn);
  const stopLimiting = limitSamplingRequests(endpoint, options.warn);
  const attributes: Attributes = { 'service.name': options.serviceName };
  // Loaded only where it is wanted: it brings a second copy of half of OpenTelemetry, as CommonJS, to every start.
  const { AWSXRayRemoteSampler } = createRequire(import.meta.url)(
    '@opentelemetry/sampler-aws-xray',
  ) as typeof SamplerPackage;
  const sampler = new AWSXRayRemoteSampler({
    endpoint,
    pollingInterval: pollingIntervalSec,
    // The sampler reads this one member of a resource, at each decision.
    resource: { attributes } as unknown as SamplerResource,
  });
  return {
    sampler,
    observe: (detector) => observeDetector(detector, attributes),
    stop: () => {
      sampler.stopPollers();
      stopLimiting();
    },
  };
}

export interface XraySampler {
  sampler: Sampler;
  /** Lets the sampler know what the detector finds: rules may be for a service by its type or ARN. */
  observe(detector: ResourceDetector): ResourceDetector;
  /** Asks for no more rules. */
  stop(): void;
}

type SamplerResource = ConstructorParameters<typeof SamplerPackage.AWSXRayRemoteSampler>[0]['resource'];

/**
 * Reads `endpoint=http://host:2000,polling_interval=300`, as AWS's distribution of OpenTelemetry has it. What cannot
 * be is told and left at its default.
 *
 * @see https://aws-otel.github.io/docs/getting-started/remote-sampling
 */
export function parseSamplerArgument(
  argument = '',
  warn: XraySamplerOptions['warn'] = () => undefined,
): { endpoint: string; pollingIntervalSec: number } {
  const settings = { endpoint: DEFAULT_ENDPOINT, pollingIntervalSec: DEFAULT_POLLING_INTERVAL_SEC };
  for (const part of argument.split(',').map((text) => text.trim())) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const key = part.slice(0, Math.max(0, equals)).trim();
    const value = part.slice(equals + 1).trim();
    if (key === 'endpoint' && isHttpUrl(value)) settings.endpoint = value.replace(/\/+$/, '');
    else if (key === 'polling_interval' && Number(value) >= MIN_POLLING_INTERVAL_SEC) {
      settings.pollingIntervalSec = Number(value);
    } else {
      const expected = `endpoint=URL,polling_interval=SECONDS, at least ${MIN_POLLING_INTERVAL_SEC}`;
      warn('OTEL_TRACES_SAMPLER_ARG has a part that is ignored', { part, expected });
    }
  }
  return settings;
}

function isHttpUrl(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}

function observeDetector(detector: ResourceDetector, found: Attributes): ResourceDetector {
  return {
    detect: (config) => {
      const detected = detector.detect(config);
      for (const [key, value] of Object.entries(detected.attributes ?? {})) {
        if (key === 'service.name') continue;
        // What cannot be found out is left out of the resource too.
        Promise.resolve(value).then(
          (known) => (found[key] = known),
          () => undefined,
        );
      }
      return detected;
    },
  };
}
