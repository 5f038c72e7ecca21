import { HttpException } from '@nestjs/common';
import { problemTypes } from '#contracts';
import { ProblemException, type KnownProblem, type ProblemInit } from './problem.exception.js';

/** The content types of a request body, as documentation and refusals name them. */
export const BODY_CONTENT_TYPES = ['application/json', 'application/x-www-form-urlencoded'] as const;

/**
 * Turns whatever a request ended with into the problem to answer.
 *
 * What is not known is a bug: its message stays in the log and the trace, and does not reach the client.
 */
export function toProblem(error: unknown): KnownProblem {
  const exception = error instanceof ProblemException ? error : new ProblemException(toInit(error));
  return exception.problem;
}

function toInit(error: unknown): ProblemInit {
  const status = statusOf(error);
  if (status === undefined || status >= 500) {
    return { type: problemTypes.internal, ...(status !== undefined && { status }) };
  }
  const reason = error instanceof Error ? error.message : 'the request was refused';
  switch (status) {
    case 404:
      return { type: problemTypes.notFound, detail: reason };
    case 413:
      return { type: problemTypes.payloadTooLarge, errors: [{ field: 'body', reason }] };
    case 415:
      return {
        type: problemTypes.unsupportedMediaType,
        errors: [{ field: 'content-type', reason: `use ${BODY_CONTENT_TYPES.join(' or ')}` }],
      };
    default:
      return { type: problemTypes.invalidRequest, status, errors: [{ field: 'body', reason }] };
  }
}

/** Nest's exceptions know their status; Fastify's errors (body too large, broken JSON) carry it as a field. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const statusCode = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode <= 599 ? statusCode : undefined;
}
