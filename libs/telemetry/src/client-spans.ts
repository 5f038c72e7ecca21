import type { RequestOptions } from 'node:http';
import type { Attributes } from '@opentelemetry/api';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { redactLastSegment, redactPath } from './redact.js';

/** The node of the endpoint that hands a task its role's credentials, wherever it runs. */
export const CREDENTIALS_ENDPOINT_NODE = 'ecs-credentials-endpoint';

/** Where ECS serves `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI`. */
const ECS_CREDENTIALS_ORIGIN = 'http://169.254.170.2';

/** The SDK writes it on each call of a service, and not on its fetches of credentials. */
const AWS_SDK_HEADER = 'amz-sdk-invocation-id';

export interface ClientSpanOptions {
  /** Origin (`http://127.0.0.1:3001`) to the name of its node. Any other host is its own node. */
  peers: Readonly<Record<string, string>>;
  environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Says what the span of an outgoing HTTP call must carry, for the X-Ray exporter to name its node.
 *
 * The exporter reads none of the attributes that OpenTelemetry's stable HTTP conventions have for the host, so
 * without `peer.service` every call of one method would be one node called `GET` or `POST`. The URL loses its
 * query, and the credentials id, which is a secret of the task.
 */
export function createPeerNaming(options: ClientSpanOptions): (origin: string, path: string) => Attributes {
  const peerOfOrigin = new Map(
    Object.entries(options.peers).map(([url, node]) => [new URL(url).origin, node] as const),
  );
  const credentialsUrl = credentialsEndpointUrl(options.environment);
  return (origin, path) => {
    const pathOnly = redactPath(path);
    if (
      credentialsUrl !== undefined &&
      origin === credentialsUrl.origin &&
      pathOnly === credentialsUrl.pathname
    ) {
      return {
        'peer.service': CREDENTIALS_ENDPOINT_NODE,
        'url.full': origin + redactLastSegment(pathOnly),
      };
    }
    return {
      'peer.service': peerOfOrigin.get(origin) ?? hostOf(origin),
      'url.full': origin + pathOnly,
    };
  };
}

/** The host of an origin, `api.example.com` of `https://api.example.com:8443`, without parsing it as a URL again. */
function hostOf(origin: string): string {
  const start = origin.indexOf('//') + 2;
  const end = origin.startsWith('[', start) ? origin.indexOf(']', start) + 1 : origin.indexOf(':', start);
  return end > start ? origin.slice(start, end) : origin.slice(start);
}

function credentialsEndpointUrl(environment: ClientSpanOptions['environment']): URL | undefined {
  const relative = environment['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'];
  const full = environment['AWS_CONTAINER_CREDENTIALS_FULL_URI'];
  const url = relative ? ECS_CREDENTIALS_ORIGIN + relative : full;
  return url && URL.canParse(url) ? new URL(url) : undefined;
}

/** Spans for `node:http` and `fetch`, without the HTTP calls inside of AWS SDK calls. */
export function createClientInstrumentations(
  options: ClientSpanOptions,
): [HttpInstrumentation, UndiciInstrumentation] {
  const nameOf = createPeerNaming(options);
  return [
    new HttpInstrumentation({
      disableIncomingRequestInstrumentation: true,
      ignoreOutgoingRequestHook: (request) => isAwsSdkCall(request),
      startOutgoingSpanHook: (request) => nameOf(originOf(request), request.path ?? '/'),
    }),
    new UndiciInstrumentation({
      startSpanHook: (request) => {
        const attributes = nameOf(request.origin, request.path);
        return { ...attributes, 'url.path': redactPath(request.path), 'url.query': '' };
      },
    }),
  ];
}

function isAwsSdkCall(request: RequestOptions): boolean {
  const { headers } = request;
  return headers !== undefined && !Array.isArray(headers) && AWS_SDK_HEADER in headers;
}

function originOf(request: RequestOptions): string {
  const protocol = request.protocol ?? 'http:';
  const host = request.hostname ?? request.host ?? 'localhost';
  const address = host.includes(':') && !host.startsWith('[') && request.hostname ? `[${host}]` : host;
  const url = new URL(`${protocol}//${address}`);
  // To Node 0 is as good as none, and 0 is what the AWS SDK gives for http://169.254.170.2.
  if (request.port) url.port = String(request.port);
  return url.origin;
}
