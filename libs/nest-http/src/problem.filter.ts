import { Catch, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { currentTraceId, recordException } from '#telemetry';
import { problemTypes, type Problem } from '#contracts';
import type { ProblemInit } from './problem.exception.js';
import { toProblem } from './to-problem.js';

/**
 * Answers every failed request with a problem document that carries the trace id.
 *
 * A fault (5xx) is logged once, here, and noted on the segment; an error (4xx) is the caller's and is neither.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const init = toProblem(error);
    this.report(init, error);
    if (init.retryAfterSec !== undefined) void reply.header('retry-after', String(init.retryAfterSec));
    void reply.status(init.status).header('cache-control', 'no-store');
    await this.send(toProblemDocument(init, request), request, reply);
  }

  /** Sends the body; status and headers are set. A filter for people may send a page instead. */
  protected async send(problem: Problem, _request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await reply
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify(problem));
  }

  private report(init: ProblemInit, error: unknown): void {
    // A service that is not ready yet is asked every second and says so in its answer.
    if (init.status < 500 || init.type === problemTypes.notReady) return;
    recordException(error);
    this.logger.error({
      event: 'request failed',
      status: init.status,
      type: init.type,
      reason: String(error),
    });
  }
}

/** The document of a problem as it leaves, with the path that was asked for (without its query) and the trace. */
function toProblemDocument(init: ProblemInit, request: FastifyRequest): Problem {
  const { retryAfterSec: _header, ...problem } = init;
  const traceId = currentTraceId();
  return {
    ...problem,
    instance: request.url.split('?', 1)[0] ?? '/',
    ...(traceId === undefined ? {} : { traceId }),
  };
}
