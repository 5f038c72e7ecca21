import { crc32 } from 'node:zlib';
import type { ApiResponse, JsonObject } from './api-message.js';
import type { AwsError } from './aws-error.js';
import { QUERY_APIS, type ServiceName, type Wire } from './service.js';
import { textElement } from './xml.js';

const JSON_TYPE = 'application/x-amz-json-1.0';
const XML_TYPE = 'text/xml';

/** A JSON 1.0 answer; DynamoDB's carry the checksum that its older clients verify. */
export function renderJson(
  service: ServiceName,
  answer: { statusCode: number; body: JsonObject },
  requestId: string,
): ApiResponse {
  const body = JSON.stringify(answer.body);
  const checksum = service === 'dynamodb' ? { 'x-amz-crc32': String(crc32(body)) } : {};
  return {
    statusCode: answer.statusCode,
    headers: { 'content-type': JSON_TYPE, 'x-amzn-requestid': requestId, ...checksum },
    body,
  };
}

/** An XML answer whose request id stands in the body and in the header. */
export function renderXml(statusCode: number, body: string, requestId: string): ApiResponse {
  return { statusCode, headers: { 'content-type': XML_TYPE, 'x-amzn-requestid': requestId }, body };
}

/** The success document of the query protocol; operations without output have no result element. */
export function renderQueryResult(
  wire: Wire & { service: keyof typeof QUERY_APIS },
  operation: string,
  resultXml: string | undefined,
  requestId: string,
): ApiResponse {
  const result = resultXml === undefined ? '' : `<${operation}Result>${resultXml}</${operation}Result>`;
  return renderXml(
    200,
    `<${operation}Response xmlns="${QUERY_APIS[wire.service].namespace}">${result}` +
      `<ResponseMetadata>${textElement('RequestId', requestId)}</ResponseMetadata></${operation}Response>`,
    requestId,
  );
}

/** A refusal with the code, status and body that this service sends in this protocol. */
export function renderError(error: AwsError, wire: Wire, requestId: string): ApiResponse {
  return wire.protocol === 'json' || wire.service === 'dynamodb'
    ? renderJsonError(error, wire.service, requestId)
    : renderQueryError(error, wire.service, requestId);
}

function renderJsonError(error: AwsError, service: ServiceName, requestId: string): ApiResponse {
  // DynamoDB answers every refusal of a caller with 400; SQS keeps the status of its query protocol.
  const statusCode = service === 'dynamodb' && error.statusCode < 413 ? 400 : error.statusCode;
  // A denial is the one body that both services spell with a capital M.
  const messageKey = error.kind === 'AccessDenied' ? 'Message' : 'message';
  const body = { __type: `com.amazon.coral.service#${error.jsonCode}`, [messageKey]: error.message };
  const response = renderJson(service, { statusCode, body }, requestId);
  if (service === 'dynamodb') return response;
  const queryError = `${error.queryCode};${toFault(statusCode)}`;
  return { ...response, headers: { ...response.headers, 'x-amzn-query-error': queryError } };
}

function renderQueryError(error: AwsError, service: keyof typeof QUERY_APIS, requestId: string): ApiResponse {
  // SNS alone has a code of its own for a denial.
  const code = service === 'sns' && error.kind === 'AccessDenied' ? 'AuthorizationError' : error.queryCode;
  return renderXml(
    error.statusCode,
    renderErrorDocument(
      service,
      { code, message: error.message, fault: toFault(error.statusCode) },
      requestId,
    ),
    requestId,
  );
}

/** The error document of the query protocol. */
export function renderErrorDocument(
  service: keyof typeof QUERY_APIS,
  error: { code: string; message: string; fault: string },
  requestId: string,
): string {
  const detail = service === 'sqs' ? '<Detail/>' : '';
  return (
    `<ErrorResponse xmlns="${QUERY_APIS[service].namespace}"><Error>${textElement('Type', error.fault)}` +
    `${textElement('Code', error.code)}${textElement('Message', error.message)}${detail}</Error>` +
    `${textElement('RequestId', requestId)}</ErrorResponse>`
  );
}

function toFault(statusCode: number): 'Sender' | 'Receiver' {
  return statusCode < 500 ? 'Sender' : 'Receiver';
}
