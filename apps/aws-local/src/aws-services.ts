import type { Account } from './account.js';
import { dynamoDbPermissions } from './dynamodb/dynamodb-permissions.js';
import type { DynamoDbEngine } from './dynamodb/dynamodb-engine.js';
import type { Permission } from './gate/permission.js';
import type { Principal } from './gate/principal.js';
import type { IamService } from './iam/iam-service.js';
import type { StsService } from './iam/sts-service.js';
import type { MessagingEngine, SqsAnswer } from './messaging/messaging-engine.js';
import { checkSqsInput } from './messaging/check-sqs-input.js';
import { snsPermissions } from './messaging/sns-permissions.js';
import { sqsPermissions } from './messaging/sqs-permissions.js';
import { parseSqsForm } from './messaging/sqs-query-input.js';
import { renderSqsResult } from './messaging/sqs-query-output.js';
import { toText, type ApiRequest, type ApiResponse } from './protocol/api-message.js';
import { AwsError } from './protocol/aws-error.js';
import { parseJsonInput, type Form } from './protocol/identify-call.js';
import { renderErrorDocument, renderJson, renderQueryResult, renderXml } from './protocol/render-response.js';
import { QUERY_APIS, type ServiceName, type WireProtocol } from './protocol/service.js';

/** A call whose sender is known. */
export interface ServiceCall {
  readonly request: ApiRequest;
  readonly protocol: WireProtocol;
  readonly operation: string;
  readonly form: Form;
  readonly principal: Principal;
  readonly requestId: string;
  /** Host that the caller used, for queue URLs. */
  readonly host: string;
  /** Fires when the client has gone. */
  readonly signal: AbortSignal;
}

/** A call whose input is read: what it needs, and how to perform it once that is given. */
export interface PreparedCall {
  readonly permissions: readonly Permission[];
  perform(): Promise<ApiResponse>;
}

/** Makes calls of one service ready. */
type PrepareCall = (call: ServiceCall) => PreparedCall;

/** What the services run on. */
export interface ServiceEngines {
  readonly dynamoDb: DynamoDbEngine;
  readonly messaging: MessagingEngine;
  readonly iam: IamService;
  readonly sts: StsService;
}

/** The emulated services by the name in a credential scope. */
export function createServices(
  account: Account,
  engines: ServiceEngines,
): Readonly<Record<ServiceName, PrepareCall>> {
  return {
    dynamodb: (call) => prepareDynamoDb(account, engines.dynamoDb, call),
    iam: (call) => prepareIam(engines.iam, call),
    sns: (call) => prepareSns(account, engines.messaging, call),
    sqs: (call) => prepareSqs(account, engines.messaging, call),
    sts: (call) => prepareSts(engines.sts, call),
  };
}

function prepareDynamoDb(account: Account, engine: DynamoDbEngine, call: ServiceCall): PreparedCall {
  const { operation, requestId } = call;
  if (!engine.has(operation)) throw new AwsError('InvalidAction', `${operation} is not emulated.`);
  const input = parseJsonInput(call.request.body);
  return {
    permissions: dynamoDbPermissions(account, operation, input),
    perform: async () => renderJson('dynamodb', await engine.perform(operation, input), requestId),
  };
}

function prepareSns(account: Account, engine: MessagingEngine, call: ServiceCall): PreparedCall {
  return {
    permissions: snsPermissions(account, call.operation, call.form),
    perform: async () => {
      const { statusCode, body } = await engine.performSns(call.form);
      if (statusCode >= 500) throw engineFailure(call.operation);
      const requestId = /<RequestId>([^<]+)</.exec(body)?.[1] ?? call.requestId;
      return renderXml(statusCode, body, requestId);
    },
  };
}

function prepareSqs(account: Account, engine: MessagingEngine, call: ServiceCall): PreparedCall {
  const { operation, protocol, host, signal } = call;
  const input = checkSqsInput(
    operation,
    protocol === 'json' ? parseJsonInput(call.request.body) : parseSqsForm(operation, call.form),
  );
  return {
    permissions: sqsPermissions(account, operation, input),
    perform: async () => {
      const answer = await engine.performSqs(operation, input, { host, signal });
      if (answer.statusCode >= 500) throw engineFailure(operation);
      return protocol === 'json' ? renderSqsJson(call, answer) : renderSqsQuery(call, answer);
    },
  };
}

function renderSqsJson(call: ServiceCall, answer: SqsAnswer): ApiResponse {
  const response = renderJson('sqs', answer, call.requestId);
  if (answer.queryError === undefined) return response;
  return { ...response, headers: { ...response.headers, 'x-amzn-query-error': answer.queryError } };
}

function renderSqsQuery(call: ServiceCall, answer: SqsAnswer): ApiResponse {
  const { operation, requestId } = call;
  if (answer.statusCode === 200) {
    const result = renderSqsResult(operation, answer.body);
    return renderQueryResult({ service: 'sqs', protocol: 'query' }, operation, result, requestId);
  }
  const [code = 'InvalidParameterValue', fault = 'Sender'] = answer.queryError?.split(';') ?? [];
  const message = toText(answer.body['message'] ?? '');
  return renderXml(
    answer.statusCode,
    renderErrorDocument('sqs', { code, message, fault }, requestId),
    requestId,
  );
}

function prepareIam(iam: IamService, call: ServiceCall): PreparedCall {
  const { operation, form, requestId } = call;
  if (!iam.has(operation)) throw unknownOperation('iam', operation);
  return {
    permissions: iam.permissionsFor(operation, form),
    perform: async () =>
      renderQueryResult(
        { service: 'iam', protocol: 'query' },
        operation,
        await iam.perform(operation, form),
        requestId,
      ),
  };
}

function prepareSts(sts: StsService, call: ServiceCall): PreparedCall {
  const { operation, principal, requestId } = call;
  if (!sts.has(operation)) throw unknownOperation('sts', operation);
  return {
    permissions: [],
    perform: async () =>
      renderQueryResult(
        { service: 'sts', protocol: 'query' },
        operation,
        sts.callerIdentity(principal),
        requestId,
      ),
  };
}

function unknownOperation(service: 'iam' | 'sts', operation: string): AwsError {
  const { version } = QUERY_APIS[service];
  return new AwsError('InvalidAction', `Could not find operation ${operation} for version ${version}`);
}

function engineFailure(operation: string): AwsError {
  return new AwsError('InternalFailure', `${operation} failed in the emulated service`);
}
