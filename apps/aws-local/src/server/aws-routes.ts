import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AwsEndpoint } from '../aws-endpoint.js';
import type { ApiRequest, ApiResponse } from '../protocol/api-message.js';
import { readBody } from './read-body.js';

const MIB = 1_048_576;
/** DynamoDB takes requests of 16 MiB, SNS and SQS of 1 MiB; nobody unsigned needs more than that. */
const DYNAMODB_LIMIT_BYTES = 16 * MIB;
const OTHER_LIMIT_BYTES = MIB;

/** Every path that is not another route's belongs to the AWS services; query clients post to a queue's path. */
export function registerAwsRoutes(app: FastifyInstance, endpoint: AwsEndpoint): void {
  app.removeAllContentTypeParsers();
  // The body stays a stream until its limit is known.
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  app.all('/*', (request, reply) => answerAwsCall(endpoint, request, reply));
}

async function answerAwsCall(
  endpoint: AwsEndpoint,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const limitBytes = toLimitBytes(request);
  const body = await readBody(request.raw, limitBytes);
  if (body === undefined) {
    // What was not read would be taken for the next request.
    void reply.header('connection', 'close');
    return send(reply, endpoint.refuseTooLarge(toApiRequest(request, Buffer.alloc(0)), limitBytes));
  }
  const client = new AbortController();
  // Also fires after the whole answer was sent, when nobody listens any more.
  reply.raw.once('close', () => client.abort());
  return send(reply, await endpoint.handle(toApiRequest(request, body), client.signal));
}

function toLimitBytes(request: FastifyRequest): number {
  const isDynamoDb = String(request.headers['x-amz-target']).startsWith('DynamoDB_');
  const isSigned = request.headers.authorization !== undefined;
  return isDynamoDb && isSigned ? DYNAMODB_LIMIT_BYTES : OTHER_LIMIT_BYTES;
}

function toApiRequest(request: FastifyRequest, body: Buffer): ApiRequest {
  const { raw } = request;
  const [path = '/', ...query] = (raw.url ?? '/').split('?');
  return {
    method: raw.method ?? 'POST',
    path,
    queryString: query.join('?'),
    rawHeaders: raw.rawHeaders,
    headers: raw.headers,
    body,
  };
}

/** As bytes: to a text Fastify would add a charset that AWS does not send. */
function send(reply: FastifyReply, response: ApiResponse): FastifyReply {
  return reply.code(response.statusCode).headers(response.headers).send(Buffer.from(response.body));
}
