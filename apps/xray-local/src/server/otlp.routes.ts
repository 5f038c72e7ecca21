import type { FastifyRequest } from 'fastify';
import { decodeOtlp } from '../ingest/decode-otlp.js';
import { decompressBody, parseContentEncoding, SUPPORTED_ENCODINGS } from '../ingest/decompress-body.js';
import { encodeExportAnswer, encodeRpcStatus, OTLP_CONTENT_TYPE, RpcCode } from '../ingest/otlp-answer.js';
import type { OtlpFormat } from '../ingest/otlp-answer.js';
import type { TraceIngest } from '../ingest/trace-ingest.js';
import { MAX_BODY_BYTES } from './http-edge.js';
import type { HttpEdge, RefusalWording } from './http-edge.js';
import { RefusedRequestError } from './refusal.js';

export const OTLP_TRACES_PATH = '/v1/traces';

/**
 * OTLP/HTTP for traces. Every answer has the encoding of its request, refusals as a `google.rpc.Status`.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
export function addOtlpRoutes(edge: HttpEdge, ingest: TraceIngest): void {
  edge.addRoutes(wordOtlpRefusal, (scope) => {
    scope.post(OTLP_TRACES_PATH, async (request, reply) => {
      const format = formatOf(request);
      if (format === undefined) {
        const types = Object.values(OTLP_CONTENT_TYPE).join(' or ');
        throw new RefusedRequestError(415, `content-type must be ${types}`);
      }
      const partialSuccess = ingest.ingestSpans(decodeOtlp(format, readBytes(request)));
      return reply.type(OTLP_CONTENT_TYPE[format]).send(encodeExportAnswer(format, partialSuccess));
    });
  });
}

/** A `google.rpc.Status` in the encoding of the request, JSON when it has none of OTLP's. */
export const wordOtlpRefusal: RefusalWording = ({ status, message }, request, reply) => {
  const format = formatOf(request) ?? 'json';
  if (status === 415) reply.header('accept-encoding', SUPPORTED_ENCODINGS.join(', '));
  const body = encodeRpcStatus(format, RPC_CODE_OF_STATUS[status] ?? RpcCode.INTERNAL, message);
  return reply.type(OTLP_CONTENT_TYPE[format]).send(body);
};

const RPC_CODE_OF_STATUS: Readonly<Record<number, RpcCode>> = {
  400: RpcCode.INVALID_ARGUMENT,
  403: RpcCode.PERMISSION_DENIED,
  404: RpcCode.NOT_FOUND,
  405: RpcCode.UNIMPLEMENTED,
  413: RpcCode.INVALID_ARGUMENT,
  415: RpcCode.INVALID_ARGUMENT,
  429: RpcCode.RESOURCE_EXHAUSTED,
  503: RpcCode.UNAVAILABLE,
};

function formatOf(request: FastifyRequest): OtlpFormat | undefined {
  const mediaType = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType === OTLP_CONTENT_TYPE.protobuf) return 'protobuf';
  return mediaType === OTLP_CONTENT_TYPE.json ? 'json' : undefined;
}

function readBytes(request: FastifyRequest): Buffer {
  const body = request.body instanceof Buffer ? request.body : Buffer.alloc(0);
  const layers = parseContentEncoding(request.headers['content-encoding'] ?? '');
  if (layers === undefined) {
    throw new RefusedRequestError(415, `content-encoding must be one of ${SUPPORTED_ENCODINGS.join(', ')}`);
  }
  return decompressBody(body, layers, MAX_BODY_BYTES);
}
