import { headerValue, isJsonObject, type ApiRequest, type JsonObject } from './api-message.js';
import { AwsError } from './aws-error.js';
import { JSON_TARGETS, QUERY_APIS, type ServiceName, type WireProtocol } from './service.js';

/** A form's fields; a name given twice has the last value, for the gate and for the engine alike. */
export type Form = Readonly<Record<string, string>>;

/** What a request says about itself before anybody has looked at who sent it. */
export interface CallIdentity {
  readonly protocol: WireProtocol;
  /** As the target or the API version tells; the credential scope must agree. */
  readonly service: ServiceName | undefined;
  readonly operation: string | undefined;
  /** The API version that a query call names. */
  readonly version: string | undefined;
  readonly form: Form;
}

/** Reads service and operation from `X-Amz-Target` or from the form's `Version` and `Action`. */
export function identifyCall(request: ApiRequest): CallIdentity {
  const target = headerValue(request, 'x-amz-target');
  if (target !== undefined) return identifyJsonCall(target);
  const form = parseForm(request.body);
  const version = form['Version'];
  return { protocol: 'query', service: findQueryService(version), operation: form['Action'], version, form };
}

function identifyJsonCall(target: string): CallIdentity {
  const separator = target.lastIndexOf('.');
  const prefix = target.slice(0, separator);
  const service = Object.hasOwn(JSON_TARGETS, prefix)
    ? JSON_TARGETS[prefix as keyof typeof JSON_TARGETS]
    : undefined;
  return { protocol: 'json', service, operation: target.slice(separator + 1), version: undefined, form: {} };
}

function findQueryService(version: string | undefined): ServiceName | undefined {
  const found = Object.entries(QUERY_APIS).find(([, api]) => api.version === version);
  return found?.[0] as keyof typeof QUERY_APIS | undefined;
}

function parseForm(body: Buffer): Form {
  const form: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of new URLSearchParams(body.toString('utf8'))) form[name] = value;
  return form;
}

/**
 * Parses the body of a JSON call.
 *
 * @throws {AwsError} SerializationException when it is not a JSON object
 */
export function parseJsonInput(body: Buffer): JsonObject {
  try {
    const input: unknown = JSON.parse(body.toString('utf8'));
    if (isJsonObject(input)) return input;
  } catch (error) {
    throw new AwsError('SerializationException', 'The request body is not JSON.', { cause: error });
  }
  throw new AwsError('SerializationException', 'Start of structure or map expected.');
}
