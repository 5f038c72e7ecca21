import { InvalidRequestError, XrayApiError } from '../api/api-error.js';
import type { OperationContext } from '../api/operation.js';
import type { OperationInput } from '../api/operation-input.js';
import { OPERATION_NAMES, OPERATIONS } from '../api/operations.js';
import type { HttpEdge, RefusalWording } from './http-edge.js';

/**
 * The X-Ray API: REST-JSON, every operation a `POST`. The body is taken as JSON whatever its content type says,
 * because some of X-Ray's clients send none.
 */
export function addXrayRoutes(edge: HttpEdge, context: OperationContext): void {
  edge.addRoutes(wordXrayRefusal, (scope) => {
    for (const [path, name] of Object.entries(OPERATION_NAMES)) {
      const operation = OPERATIONS[name];
      scope.post(path, async (request, reply) => {
        const output = await operation(parseInput(request.body), context);
        return reply.type('application/json').send(JSON.stringify(output));
      });
    }
  });
}

/** An error as AWS answers it. */
export const wordXrayRefusal: RefusalWording = ({ status, message, error }, _request, reply) => {
  const code = error instanceof XrayApiError ? error.code : (CODE_OF_STATUS[status] ?? 'InternalFailure');
  const members = error instanceof XrayApiError ? error.members : {};
  const body = JSON.stringify({ __type: code, Message: message, ...members });
  return reply.header('x-amzn-errortype', code).type('application/json').send(body);
};

/** AWS's codes of errors that any service may answer. */
const CODE_OF_STATUS: Readonly<Record<number, string>> = {
  400: 'InvalidRequestException',
  403: 'AccessDeniedException',
  404: 'UnknownOperationException',
  405: 'UnknownOperationException',
  413: 'RequestEntityTooLargeException',
  415: 'UnsupportedMediaTypeException',
  429: 'ThrottledException',
  503: 'ServiceUnavailableException',
};

function parseInput(body: unknown): OperationInput {
  if (!(body instanceof Buffer) || body.length === 0) return {};
  let input: unknown;
  try {
    input = JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new InvalidRequestError('the body is not JSON', { cause: error });
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new InvalidRequestError('the body must be a JSON object');
  }
  return input as OperationInput;
}
