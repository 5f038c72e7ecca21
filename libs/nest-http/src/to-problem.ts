import { HttpException } from '@nestjs/common';
import { problemTypes } from '#contracts';
import { ProblemException, type ProblemInit } from './problem.exception.js';

/**
 * Turns whatever a request ended with into the problem to answer.
 *
 * What is not known is a bug: its message stays in the log and the trace, and does not reach the client.
 */
export function toProblem(error: unknown): ProblemInit {
  if (error instanceof ProblemException) return error.problem;
  const status = statusOf(error);
  if (status === undefined || status >= 500) {
    return { type: problemTypes.internal, status: status ?? 500, title: 'The service failed' };
  }
  const reason = error instanceof Error ? error.message : 'the request was refused';
  switch (status) {
    case 404:
      return { type: problemTypes.notFound, status, title: 'There is nothing here', detail: reason };
    case 413:
      return {
        type: problemTypes.payloadTooLarge,
        status,
        title: 'The body is too large',
        errors: [{ field: 'body', reason }],
      };
    case 415:
      return {
        type: problemTypes.unsupportedMediaType,
        status,
        title: 'This content type is not understood',
        errors: [
          { field: 'content-type', reason: 'use application/json or application/x-www-form-urlencoded' },
        ],
      };
    default:
      return {
        type: problemTypes.invalidRequest,
        status,
        title: 'The request is not valid',
        errors: [{ field: 'body', reason }],
      };
  }
}

/** Nest's exceptions know their status; Fastify's errors (body too large, broken JSON) carry it as a field. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const statusCode = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode <= 599 ? statusCode : undefined;
}
